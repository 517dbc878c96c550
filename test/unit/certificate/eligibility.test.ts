import { describe, expect, it } from 'vitest';
import type { EligibilityFacts } from '#app/certificate/application/eligibility.ts';
import { checkEligibility, unmetChecks } from '#app/certificate/application/eligibility.ts';
import { ESTABLISHMENTS } from '#app/organization/person/person.ts';

const DAY = '2026-11-23';

const whole: EligibilityFacts = {
  post: { unitName: '甲县城市管理局', establishment: 'admin', isEnforcementPost: true },
  entity: { name: '甲县城市管理局', entityType: 'organ', entrustingUnitName: null, confirmationNo: null },
  qualifications: [{ status: 'valid', obtainedDay: '2025-11-24', validUntilDay: DAY }],
  barredUntilDay: null,
  liveCardNo: null,
  hasOpenApplication: false,
};

const unmet = (change: Partial<EligibilityFacts>, day = DAY): string[] =>
  unmetChecks(checkEligibility({ ...whole, ...change }, day)).map((check) => check.code);

describe('who may apply for a card (T1)', () => {
  it('a person who meets everything', () => {
    expect(unmet({})).toEqual([]);
  });

  it.each([
    ['nobody in post', { post: null }, ['NOT_IN_POST', 'ESTABLISHMENT_NOT_ADMITTED', 'NOT_ENFORCEMENT_POST']],
    [
      'a desk post',
      { post: { unitName: '某局', establishment: 'admin', isEnforcementPost: false } },
      ['NOT_ENFORCEMENT_POST'],
    ],
    ['a unit that is no entity', { entity: null }, ['UNIT_IS_NO_ENTITY']],
    ['AJ1: no pass at all', { qualifications: [] }, ['NO_QUALIFICATION']],
    [
      'AJ1: a pass whose claim period ended yesterday',
      { qualifications: [{ status: 'valid', obtainedDay: '2024-11-23', validUntilDay: '2026-11-22' }] },
      ['NO_QUALIFICATION'],
    ],
    [
      'AJ1: a pass of tomorrow',
      { qualifications: [{ status: 'valid', obtainedDay: '2026-11-24', validUntilDay: '2028-11-23' }] },
      ['NO_QUALIFICATION'],
    ],
    [
      'AJ1: a qualification that became void',
      { qualifications: [{ status: 'void', obtainedDay: '2026-01-01', validUntilDay: '2027-12-31' }] },
      ['NO_QUALIFICATION'],
    ],
    ['a bar until tomorrow', { barredUntilDay: '2026-11-24' }, ['BARRED']],
    ['a card of the same field', { liveCardNo: '990101202600001' }, ['LIVE_CARD_IN_FIELD']],
    ['an application on its way', { hasOpenApplication: true }, ['APPLICATION_OPEN']],
  ] as const)('refuses %s by name', (_, change, codes) => {
    expect(unmet(change as Partial<EligibilityFacts>)).toEqual(codes);
  });

  it('admits again on the first day after the bar', () => {
    expect(unmet({ barredUntilDay: DAY })).toEqual([]);
  });

  it('an older pass that still holds counts beside a newer void one', () => {
    const qualifications = [
      { status: 'void', obtainedDay: '2026-06-01', validUntilDay: '2028-05-31' },
      { status: 'valid', obtainedDay: '2025-06-01', validUntilDay: '2027-05-31' },
    ] as const;
    expect(unmet({ qualifications })).toEqual([]);
  });

  it.each(ESTABLISHMENTS)('establishment %s is admitted or refused by its own name', (establishment) => {
    const post = { unitName: '某局', establishment, isEnforcementPost: true };
    const admitted = ['admin', 'civil_like', 'public_institution'].includes(establishment);
    expect(unmet({ post })).toEqual(admitted ? [] : ['ESTABLISHMENT_NOT_ADMITTED']);
  });

  it('every answer carries a sentence and the clause it rests on', () => {
    for (const facts of [whole, { ...whole, post: null, entity: null, qualifications: [] }]) {
      for (const check of checkEligibility(facts, DAY)) {
        expect(check.reason).toMatch(/。$/);
        expect(check.clause.citation).not.toBe('');
        expect(check.clause.text).not.toBe('');
      }
    }
  });

  it('names the entrusting organ of an entrusted body', () => {
    const entity = {
      name: '甲县执法大队',
      entityType: 'entrusted',
      entrustingUnitName: '甲县水务局',
      confirmationNo: null,
    } as const;
    const check = checkEligibility({ ...whole, entity }, DAY).find((one) => one.code === 'UNIT_IS_NO_ENTITY');
    expect(check?.reason).toContain('受 甲县水务局 委托');
  });
});

describe('who was spared the exam (免考, domain.md §5.5)', () => {
  const exempt = {
    status: 'valid',
    obtainedDay: '2026-06-01',
    validUntilDay: '2028-05-31',
    exemptedFor: '持有法律职业资格证书',
  } as const;
  const answer = (qualification: EligibilityFacts['qualifications'][number], day: string) => {
    const checks = checkEligibility({ ...whole, qualifications: [qualification] }, day);
    const check = checks.find((one) => one.code === 'NO_QUALIFICATION');
    return { isMet: check?.isMet, reason: check?.reason, basis: check?.clause.basis };
  };

  it('applies as who has passed does, and the check says why and since when', () => {
    expect(answer(exempt, DAY)).toEqual({
      isMet: true,
      reason: '免考：持有法律职业资格证书，2026年6月1日批准，申领期至2028年5月31日。',
      basis: 'search',
    });
  });
  it('not before the day of approval, nor after the period of claiming', () => {
    expect(answer(exempt, '2026-05-31').isMet).toBe(false);
    expect(answer(exempt, '2026-06-01').isMet).toBe(true);
    expect(answer(exempt, '2028-06-01').isMet).toBe(false);
  });
  it('until it is taken back, and not from that day on', () => {
    const ended = { ...exempt, status: 'void', endedDay: '2026-09-01' } as const;
    expect(answer(ended, '2026-08-31').isMet).toBe(true);
    expect(answer(ended, '2026-09-01')).toMatchObject({
      isMet: false,
      reason: '免考已于2026年9月1日撤销，需考试合格。',
    });
  });
});
