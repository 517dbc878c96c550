import { describe, expect, it } from 'vitest';
import {
  NOBODY,
  countOfficer,
  isBehind,
  lastDayOfYear,
  meanCreditSecondsFloor,
  paceSecondsFloor,
  referenceLine,
  sumCounts,
} from '#app/reporting/completion/figures.ts';
import type { TargetRules, YearFacts } from '#app/training/target/year-target.ts';

const HOUR = 2700;
const target: TargetRules = {
  yearlyCreditSeconds: 60 * HOUR,
  keyFieldCreditSeconds: 30 * HOUR,
  isKeyFieldInsideYearly: true,
  keyFields: ['ECO', 'WATER'],
  isProRata: true,
  isKeyFieldProRata: false,
};
const outside: TargetRules = { ...target, isKeyFieldInsideYearly: false };

const factsOf = (fieldCode: string | null): YearFacts => ({
  year: 2026,
  day: '2026-11-22',
  homes: [{ validFrom: '2020-01-01', validTo: null, fieldCode, isBeginUnknown: false }],
  holdsCard: true,
  exemptions: [],
});

const officer = (publicLaw: number, specialised: number, fieldCode: string | null = 'URBAN', done = 0) => ({
  seconds: { public_law: publicLaw, specialised_law: specialised, business: 0, skill: 0 },
  facts: factsOf(fieldCode),
  requiredCoursesDone: done,
});

describe('年度学时达标 (M3, ZY1, HY2)', () => {
  it.each([
    ['exactly 60 学时', 60 * HOUR, 1],
    ['one second less', 60 * HOUR - 1, 0],
    ['nothing', 0, 0],
  ])('%s', (_, seconds, met) => {
    expect(countOfficer(officer(seconds, 0), target, 0)).toMatchObject({ due: 1, met });
  });

  it('an officer with the hours but without a required course has not completed the year (ZY13)', () => {
    expect(countOfficer(officer(60 * HOUR, 0, 'URBAN', 1), target, 2).met).toBe(0);
    expect(countOfficer(officer(60 * HOUR, 0, 'URBAN', 2), target, 2).met).toBe(1);
  });

  it('key-field hours lie inside the 60 or on top of them, as the region says (ZY2)', () => {
    expect(countOfficer(officer(30 * HOUR, 30 * HOUR, 'ECO'), target, 0)).toMatchObject({
      met: 1,
      keyMet: 1,
    });
    expect(countOfficer(officer(30 * HOUR, 30 * HOUR, 'ECO'), outside, 0)).toMatchObject({
      met: 0,
      keyMet: 1,
    });
  });

  it('only officers of a key field count for the key-field share (M4)', () => {
    expect(countOfficer(officer(0, 40 * HOUR, 'URBAN'), target, 0)).toMatchObject({ keyDue: 0, keyMet: 0 });
    expect(countOfficer(officer(0, 40 * HOUR, null), target, 0)).toMatchObject({ keyDue: 0, keyMet: 0 });
    expect(countOfficer(officer(0, 29 * HOUR, 'WATER'), target, 0)).toMatchObject({ keyDue: 1, keyMet: 0 });
  });
});

describe('应训 (denominator of M3 and M5)', () => {
  it('leaves out who is exempt and who holds no card', () => {
    const held = officer(60 * HOUR, 0);
    const exemption = {
      requestId: 'r',
      effect: 'exempt' as const,
      reason: 'maternity' as const,
      fromDay: '2026-02-01',
      toDay: '2026-08-31',
      months: 12,
      documentNo: null,
    };
    const exempt = { ...held, facts: { ...held.facts, exemptions: [exemption] } };
    const withoutCard = { ...held, facts: { ...held.facts, holdsCard: false } };
    expect(countOfficer(exempt, target, 0)).toEqual(NOBODY);
    expect(countOfficer(withoutCard, target, 0)).toEqual(NOBODY);
  });
});

describe('人均学时 (M5)', () => {
  it('is the sum over those due, cut; nobody due has no mean', () => {
    const three = [100, 100, 101].map((seconds) => countOfficer(officer(seconds, 0), target, 0));
    expect(meanCreditSecondsFloor(sumCounts(three))).toBe(100);
    expect(meanCreditSecondsFloor(NOBODY)).toBeNull();
  });
});

describe('序时应达 and the line of the chart', () => {
  it.each([
    ['2026-01-01', 443],
    ['2026-06-30', 80_334],
    ['2026-12-31', 162_000],
    ['2028-02-29', 26_557],
    ['2028-12-31', 162_000],
  ])('at an even pace 60 学时 make on %s %i seconds', (day, seconds) => {
    expect(paceSecondsFloor(60 * HOUR, day)).toBe(seconds);
  });

  const total = { ...NOBODY, due: 3, met: 2 };

  it('while the year runs a unit is held against the average of the place, at its end against everybody', () => {
    expect(referenceLine(total, '2026-11-22')).toEqual({ kind: 'average', basisPoints: 6666 });
    expect(referenceLine(total, '2026-12-31')).toEqual({ kind: 'everybody', basisPoints: 10_000 });
    expect(referenceLine(NOBODY, '2026-11-22')).toEqual({ kind: 'average', basisPoints: 0 });
  });

  it('a unit exactly at the line is not behind, and neither is one where nobody is due', () => {
    const line = referenceLine({ ...NOBODY, due: 10, met: 5 }, '2026-11-22');
    expect(isBehind({ ...NOBODY, due: 4, met: 2 }, line)).toBe(false);
    expect(isBehind({ ...NOBODY, due: 4, met: 1 }, line)).toBe(true);
    expect(isBehind(NOBODY, { kind: 'everybody', basisPoints: 10_000 })).toBe(false);
  });

  it('a past year is asked about at its end, the running one today', () => {
    expect(lastDayOfYear(2025, '2026-11-22')).toBe('2025-12-31');
    expect(lastDayOfYear(2026, '2026-11-22')).toBe('2026-11-22');
  });
});
