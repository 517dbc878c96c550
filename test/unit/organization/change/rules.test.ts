import { describe, expect, it } from 'vitest';
import { decideMove, decideSuccession } from '#app/accounts/grants/grant-moves.ts';
import type { GrantStretch } from '#app/accounts/grants/grant-moves.ts';
import {
  absenceStanding,
  decideBegin,
  decideExtension,
  decideReturn,
} from '#app/organization/change/absence.ts';
import type { Absence } from '#app/organization/change/absence.ts';
import { isSuspectedOfAge, suspectedRetirementMonth } from '#app/organization/change/leaving.ts';

describe('疑似到龄: the statutory age rises step by step since 2025-01', () => {
  it.each([
    ['1964-12', 'male', 'admin', '2024-12'],
    ['1965-01', 'male', 'admin', '2025-02'],
    ['1965-04', 'male', 'admin', '2025-05'],
    ['1965-05', 'male', 'admin', '2025-07'],
    ['1976-09', 'male', 'admin', '2039-09'],
    ['1990-01', 'male', 'admin', '2053-01'],
    ['1970-01', 'female', 'admin', '2025-02'],
    ['1981-09', 'female', 'admin', '2039-09'],
    ['1975-01', 'female', 'worker', '2025-02'],
    ['1975-03', 'female', 'worker', '2025-05'],
    ['1984-11', 'female', 'worker', '2039-11'],
  ] as const)('born %s (%s, %s): %s', (birth, sex, establishment, month) => {
    expect(suspectedRetirementMonth(birth, sex, establishment)).toBe(month);
  });

  it('is told from the month on, not before', () => {
    expect(isSuspectedOfAge('2026-11', '2026-11-01')).toBe(true);
    expect(isSuspectedOfAge('2026-12', '2026-11-30')).toBe(false);
  });
});

const away: Absence = {
  absenceId: 'a',
  personId: 'p',
  kind: 'secondment',
  destination: '某局',
  documentNo: null,
  cardKeeper: '某局',
  expectedReturnDay: '2026-06-01',
  validFrom: '2026-03-01',
  validTo: null,
};

describe('a temporary absence', () => {
  it('does not begin inside another one', () => {
    const next = { validFrom: '2026-05-01', expectedReturnDay: '2026-08-01' };
    expect(decideBegin([away], next)).toMatchObject({ code: 'AWAY_ALREADY' });
    expect(decideBegin([{ ...away, validTo: '2026-05-01' }], next).ok).toBe(true);
    expect(decideBegin([], { validFrom: '2026-05-01', expectedReturnDay: '2026-05-01' })).toMatchObject({
      code: 'RETURN_BEFORE_BEGIN',
    });
  });

  it('is extended to a later day and ends on a past one', () => {
    expect(decideExtension(away, '2026-06-01')).toMatchObject({ code: 'NOT_LATER' });
    expect(decideExtension(away, '2026-06-02').ok).toBe(true);
    expect(decideReturn(away, '2026-03-01', '2026-07-01')).toMatchObject({ code: 'RETURN_BEFORE_BEGIN' });
    expect(decideReturn(away, '2026-07-02', '2026-07-01')).toMatchObject({ code: 'RETURN_IN_FUTURE' });
    expect(decideReturn(away, '2026-05-20', '2026-07-01')).toMatchObject({
      ok: true,
      value: { validTo: '2026-05-20' },
    });
  });

  it('is overdue from the day after the expected return', () => {
    expect(absenceStanding(away, '2026-02-01')).toBe('coming');
    expect(absenceStanding(away, '2026-06-01')).toBe('away');
    expect(absenceStanding(away, '2026-06-02')).toBe('overdue');
    expect(absenceStanding({ ...away, validTo: '2026-06-02' }, '2026-06-02')).toBe('back');
  });
});

const grant = (over: Partial<GrantStretch>): GrantStretch => ({
  grantId: 'g',
  accountId: 'x',
  role: 'unit_liaison',
  scopeKind: 'unit',
  unitId: 'a',
  regionId: null,
  fieldCode: null,
  validFrom: '2020-01-01',
  validTo: null,
  ...over,
});

describe('rights', () => {
  it('over two units that merge become one over the successor', () => {
    const { insert } = decideSuccession(
      [grant({}), grant({ grantId: 'h', unitId: 'b' }), grant({ grantId: 'i', unitId: 'z' })],
      {
        units: new Map([
          ['a', 'c'],
          ['b', 'c'],
        ]),
        regions: new Map(),
      },
      '2026-11-23',
    );
    expect(insert.filter((one) => one.unitId === 'c')).toHaveLength(1);
    expect(insert.some((one) => one.unitId === 'z')).toBe(false);
  });

  it('end where nothing takes the place', () => {
    const change = decideSuccession(
      [grant({})],
      { units: new Map([['a', null]]), regions: new Map() },
      '2026-11-23',
    );
    expect(change.insert).toMatchObject([{ unitId: 'a', validTo: '2026-11-23' }]);
  });

  it('of somebody who moves: own learning stays, the office over the old unit ends', () => {
    const grants = [
      grant({}),
      grant({ grantId: 's', role: 'officer', scopeKind: 'self', unitId: null }),
      grant({ grantId: 'p', unitId: 'bureau' }),
    ];
    const change = decideMove(grants, new Set(['team', 'bureau']), '2026-11-23');
    expect(change.supersede).toEqual(['g']);
  });
});
