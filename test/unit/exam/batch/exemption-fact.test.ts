import { describe, expect, it } from 'vitest';
import { exemptedFacts, exemptionEndedFacts } from '#app/exam/batch/registration/exemption-fact.ts';

// 00:30 of the 24th in Shanghai.
const AT = new Date('2026-11-23T16:30:00Z');
const granted = {
  ...{ exemptionId: 'e', registrationId: 'r', personId: 'p', unitId: 'u', reason: '持有证书' },
  decidedBy: 'a',
};
const batch = (blueprintCode: string) => ({ title: '第一批', blueprintCode });

describe('what is told of a 免考', () => {
  it('is the day of approval here, the reason, who decided, and nothing else of the registration', () => {
    expect(exemptedFacts(batch('P1'), { ...granted, ...{ idNumberMasked: '1404' } }, AT)).toEqual([
      {
        topic: 'exam.exempted',
        key: 'e',
        payload: { ...granted, subject: 'public_law', batchTitle: '第一批', approvedDay: '2026-11-24' },
        occurredAt: AT,
      },
    ]);
    expect(exemptionEndedFacts(batch('P1'), granted, AT)).toMatchObject([
      {
        topic: 'exam.exemption_ended',
        key: 'e',
        payload: { endedDay: '2026-11-24', registrationId: 'r', decidedBy: 'a' },
      },
    ]);
  });
  it('is nothing where holders of a card renew it: they have the qualification', () => {
    expect(exemptedFacts(batch('P2'), granted, AT)).toEqual([]);
    expect(exemptionEndedFacts(batch('P2'), granted, AT)).toEqual([]);
  });
});
