import { describe, expect, it } from 'vitest';
import { CORRECTION_STATES, decideCorrectionStep } from '#app/training/correction/correction.ts';

const ACTS = ['request', 'apply', 'decline', 'withdraw'] as const;

function tableFor(hands: { objectedByKey: string | null; filedByKey: string | null }, byKey: string) {
  return Object.fromEntries(
    CORRECTION_STATES.map((state) => [
      state,
      ACTS.map((act) => {
        const step = decideCorrectionStep(
          { ...hands, state, personId: 'officer' },
          { act, byKey, note: '已核' },
        );
        return step.ok ? step.value : step.code;
      }),
    ]),
  );
}

const OVER = Array<string>(4).fill('CORRECTION_ANSWERED');

describe('the steps of a correction (domain.md §4.2 case 13)', () => {
  it('by a second person: an objection is taken up or turned down, a request decided', () => {
    expect(tableFor({ objectedByKey: 'officer', filedByKey: 'liaison' }, 'leader')).toEqual({
      objected: ['filed', 'CORRECTION_NOT_FILED', 'declined', 'NOT_YOURS'],
      filed: ['CORRECTION_ANSWERED', 'applied', 'declined', 'NOT_YOURS'],
      applied: OVER,
      declined: OVER,
      withdrawn: OVER,
    });
  });

  it('by its maker: taken back, never decided', () => {
    expect(tableFor({ objectedByKey: null, filedByKey: 'liaison' }, 'liaison').filed).toEqual([
      'MAKER_IS_CHECKER',
      'MAKER_IS_CHECKER',
      'MAKER_IS_CHECKER',
      'withdrawn',
    ]);
  });

  it('by the person whose hours they are: an objection taken back, nothing decided', () => {
    const table = tableFor({ objectedByKey: 'officer', filedByKey: 'liaison' }, 'officer');
    expect(table.objected).toEqual(['ENTRY_OF_ONESELF', 'ENTRY_OF_ONESELF', 'ENTRY_OF_ONESELF', 'withdrawn']);
    expect(table.filed).toEqual(['ENTRY_OF_ONESELF', 'ENTRY_OF_ONESELF', 'ENTRY_OF_ONESELF', 'NOT_YOURS']);
  });

  it('is never turned down without a reason', () => {
    const hands = {
      state: 'filed' as const,
      personId: 'officer',
      objectedByKey: null,
      filedByKey: 'liaison',
    };
    expect(decideCorrectionStep(hands, { act: 'decline', byKey: 'leader', note: ' ' })).toMatchObject({
      code: 'REASON_REQUIRED',
    });
  });
});
