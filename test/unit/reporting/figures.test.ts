import { describe, expect, it } from 'vitest';
import {
  NOBODY,
  countOfficer,
  isBehind,
  lastDayOfYear,
  meanCreditSecondsFloor,
  ownTargetSeconds,
  paceFloorBasisPoints,
  sumCounts,
} from '#app/reporting/completion/figures.ts';
import type { YearTarget } from '#app/reporting/completion/figures.ts';

const HOUR = 2700;
const target: YearTarget = {
  yearlyCreditSeconds: 60 * HOUR,
  keyFieldCreditSeconds: 30 * HOUR,
  isKeyFieldInsideYearly: true,
  keyFields: ['ECO', 'WATER'],
};
const outside: YearTarget = { ...target, isKeyFieldInsideYearly: false };

const officer = (publicLaw: number, specialised: number, fieldCode: string | null = 'URBAN', done = 0) => ({
  seconds: { public_law: publicLaw, specialised_law: specialised, business: 0, skill: 0 },
  fieldCode,
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
    expect(ownTargetSeconds(target, true)).toBe(60 * HOUR);
    expect(ownTargetSeconds(outside, true)).toBe(90 * HOUR);
    expect(ownTargetSeconds(outside, false)).toBe(60 * HOUR);
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

describe('人均学时 (M5)', () => {
  it('is the sum over those due, cut; nobody due has no mean', () => {
    const three = [100, 100, 101].map((seconds) => countOfficer(officer(seconds, 0), target, 0));
    expect(meanCreditSecondsFloor(sumCounts(three))).toBe(100);
    expect(meanCreditSecondsFloor(NOBODY)).toBeNull();
  });
});

describe('序时进度', () => {
  it.each([
    ['2026-01-01', 27],
    ['2026-07-02', 5013],
    ['2026-11-22', 8931],
    ['2026-12-31', 10_000],
    ['2028-12-31', 10_000],
    ['2028-02-29', 1639],
  ])('on %s is %i basis points', (day, basisPoints) => {
    expect(paceFloorBasisPoints(day)).toBe(basisPoints);
  });

  it('a unit exactly at the pace is not behind, and neither is one where nobody is due', () => {
    expect(isBehind({ ...NOBODY, due: 10, met: 5 }, 5000)).toBe(false);
    expect(isBehind({ ...NOBODY, due: 10, met: 5 }, 5001)).toBe(true);
    expect(isBehind(NOBODY, 10_000)).toBe(false);
  });

  it('a past year is asked about at its end, the running one today', () => {
    expect(lastDayOfYear(2025, '2026-11-22')).toBe('2025-12-31');
    expect(lastDayOfYear(2026, '2026-11-22')).toBe('2026-11-22');
  });
});
