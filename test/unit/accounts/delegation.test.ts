import { describe, expect, it } from 'vitest';
import type { DelegationCase, DelegationInput } from '#app/accounts/delegation/delegation.ts';
import { decideDelegation, isDelegable } from '#app/accounts/delegation/delegation.ts';
import { ROLES } from '#app/accounts/role.ts';

const absence: DelegationInput = { kind: 'absence', fromDay: '2026-11-23', untilDay: '2026-12-01' };
const usual: DelegationCase = {
  principal: { accountId: 'a', isActive: true, roles: ['unit_liaison'], homeUnitIds: ['office'] },
  deputy: { accountId: 'b', isActive: true, roles: ['officer'], homeUnitIds: ['office'] },
  reachedUnitIds: new Set(['office']),
  standing: [],
  today: '2026-11-23',
};
const codeOf = (input: Partial<DelegationInput>, change: Partial<DelegationCase> = {}) => {
  const outcome = decideDelegation({ ...absence, ...input }, { ...usual, ...change });
  return outcome.ok ? 'ok' : outcome.code;
};

describe('who may stand in for whom', () => {
  it('a colleague of the unit, from today on, for a time', () => {
    expect(codeOf({})).toBe('ok');
  });

  it('lends the work of an office, not what belongs to a person or to the three administrators', () => {
    expect(ROLES.filter(isDelegable)).toEqual([
      'unit_liaison',
      'unit_leader',
      'system_department',
      'justice_office',
      'justice_bureau',
    ]);
    expect(codeOf({}, { principal: { ...usual.principal, roles: ['supervisor', 'officer'] } })).toBe(
      'NOTHING_TO_DELEGATE',
    );
  });

  it.each([
    ['oneself', { deputy: { ...usual.deputy, accountId: 'a' } }, 'SAME_PERSON'],
    ['a closed account', { deputy: { ...usual.deputy, isActive: false } }, 'DEPUTY_NOT_ACTIVE'],
    [
      'one of the three administrators',
      { deputy: { ...usual.deputy, roles: ['audit_admin' as const] } },
      'DEPUTY_IS_ADMINISTRATOR',
    ],
    [
      'somebody of another unit',
      { deputy: { ...usual.deputy, homeUnitIds: ['else'] } },
      'DEPUTY_NOT_OF_THE_UNIT',
    ],
    [
      'an account without a person',
      { deputy: { ...usual.deputy, homeUnitIds: [] } },
      'DEPUTY_NOT_OF_THE_UNIT',
    ],
  ] as const)('not %s', (_, change, code) => {
    expect(codeOf({}, change)).toBe(code);
  });

  it.each([
    [{ fromDay: '2026-11-22' }, 'STARTS_IN_THE_PAST'],
    [{ untilDay: '2026-11-23' }, 'DAYS_NOT_IN_ORDER'],
    [{ untilDay: '2026-11-24' }, 'ok'],
    [{ untilDay: null }, 'END_NEEDED'],
    [{ untilDay: '2027-05-23' }, 'ok'],
    [{ untilDay: '2027-05-24' }, 'TOO_LONG'],
    [{ kind: 'deputy', untilDay: null }, 'ok'],
    [{ kind: 'deputy', untilDay: '2028-11-23' }, 'ok'],
  ] as const)('days %o: %s', (input, code) => {
    expect(codeOf(input)).toBe(code);
  });

  it('two stretches with one deputy do not overlap, and may follow each other', () => {
    const with1 = (fromDay: string, untilDay: string | null) => ({ standing: [{ fromDay, untilDay }] });
    expect(codeOf({}, with1('2026-11-30', null))).toBe('OVERLAPS');
    expect(codeOf({}, with1('2026-11-01', '2026-11-24'))).toBe('OVERLAPS');
    expect(codeOf({}, with1('2026-12-01', null))).toBe('ok');
    expect(codeOf({}, with1('2026-11-01', '2026-11-23'))).toBe('ok');
  });
});
