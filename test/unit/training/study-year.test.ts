import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Interval } from '#app/training/ledger/interval.ts';
import {
  intersect,
  measureSeconds,
  secondOf,
  secondsByDay,
  subtract,
  union,
} from '#app/training/ledger/interval.ts';
import type { LessonStudy, StudyFigures } from '#app/training/study/study-year.ts';
import {
  creditedStudy,
  figuresAfter,
  firstCompleteAt,
  lastYearOf,
  standingIn,
  studyYears,
} from '#app/training/study/study-year.ts';

const DWELL = { readingDwellPercent: 60 };
const NOMINAL = 600;
/** Seconds of 10:00 in Shanghai on a day. */
const at = (day: string): number => secondOf(new Date(`${day}T10:00:00+08:00`));
const NEW_YEAR = secondOf(new Date('2027-01-01T00:00:00+08:00'));

const part = (day: string, seconds: number): Interval => ({ from: at(day), to: at(day) + seconds });
const passesOf = (...seconds: number[]): Map<number, number> =>
  new Map(seconds.map((second) => [second < NEW_YEAR ? 2026 : 2027, second]));

function credit(study: Omit<LessonStudy, 'occupied' | 'nominalSeconds'> & Partial<LessonStudy>) {
  const whole = { occupied: [], nominalSeconds: NOMINAL, ...study };
  const years = studyYears(whole, DWELL);
  const stretches = creditedStudy(years, whole.nominalSeconds);
  const sums = new Map<string, number>();
  for (const [day, seconds] of secondsByDay(stretches))
    sums.set(day.slice(0, 4), (sums.get(day.slice(0, 4)) ?? 0) + seconds);
  return {
    byYear: Object.fromEntries(sums),
    stretches,
    completeAt: firstCompleteAt(years, whole, DWELL),
    years,
  };
}

describe('an online course counts once per year per version (domain.md §4.2 case 10)', () => {
  it('the first time counts up to the nominal length, however long it is read', () => {
    const one = credit({ verified: [part('2026-05-04', 5000)], passes: passesOf(at('2026-05-05')) });
    expect(one.byYear).toEqual({ 2026: 600 });
  });

  it('the first time over New Year counts once, on the days of the study', () => {
    const one = credit({
      verified: [part('2026-12-30', 300), part('2027-01-02', 300)],
      passes: passesOf(at('2027-01-02') + 300),
    });
    expect(one.byYear).toEqual({ 2026: 300, 2027: 300 });
    expect(one.completeAt).toBe(at('2027-01-02') + 300);
  });

  it('gone through again in a new year, with dwell and questions, it counts again up to the nominal length', () => {
    const verified = [part('2026-05-04', 600), part('2027-03-01', 900)];
    const again = credit({ verified, passes: passesOf(at('2026-05-04'), at('2027-03-02')) });
    expect(again.byYear).toEqual({ 2026: 600, 2027: 600 });
  });

  it.each([
    ['too little dwell in the new year', [part('2026-05-04', 600), part('2027-03-01', 359)], true],
    ['questions not answered again', [part('2026-05-04', 600), part('2027-03-01', 600)], false],
  ])('%s: nothing counts again', (_, verified, isPassed) => {
    const passes = passesOf(at('2026-05-04'), ...(isPassed ? [at('2027-03-02')] : []));
    expect(credit({ verified, passes }).byYear).toEqual({ 2026: 600 });
  });

  it('what was left of the first time may be finished in the new year', () => {
    const verified = [part('2026-05-04', 400), part('2027-03-01', 300)];
    expect(credit({ verified, passes: passesOf(at('2026-05-04')) }).byYear).toEqual({ 2026: 400, 2027: 200 });
  });

  it('class time is taken out before years are judged', () => {
    const verified = [part('2026-05-04', 600), part('2027-03-01', 600)];
    const occupied = [part('2027-03-01', 300)];
    const passes = passesOf(at('2026-05-04'), at('2027-03-02'));
    expect(credit({ verified, occupied, passes }).byYear).toEqual({ 2026: 600 });
  });

  it.each([
    [359, null],
    [360, 360],
    [600, 360],
  ])(
    'studied %i of 600: dwell is there after %s seconds, and with the questions the lesson is complete',
    (seconds, reached) => {
      const passedBefore = passesOf(at('2026-05-04') + 10);
      const { completeAt } = credit({ verified: [part('2026-05-04', seconds)], passes: passedBefore });
      expect(completeAt).toBe(reached === null ? null : at('2026-05-04') + reached);
    },
  );

  const stretch = fc
    .tuple(fc.integer({ min: -40_000, max: 40_000 }), fc.integer({ min: 1, max: 3000 }))
    .map(([from, length]) => ({ from: NEW_YEAR + from, to: NEW_YEAR + from + length }));
  const study = fc.record({
    verified: fc.array(stretch, { maxLength: 8 }),
    occupied: fc.array(stretch, { maxLength: 3 }),
    nominalSeconds: fc.integer({ min: 1, max: 4000 }),
    isPassedIn: fc.tuple(fc.boolean(), fc.boolean()),
  });

  it('credit is the measure of what was accepted, never more than the nominal length a year, in any order', () => {
    fc.assert(
      fc.property(study, ({ verified, occupied, nominalSeconds, isPassedIn }) => {
        const passes = passesOf(
          ...(isPassedIn[0] ? [NEW_YEAR - 50_000] : []),
          ...(isPassedIn[1] ? [NEW_YEAR + 50_000] : []),
        );
        const one = credit({ verified, occupied, nominalSeconds, passes });
        const free = subtract(union(verified), occupied);
        for (const seconds of Object.values(one.byYear)) expect(seconds).toBeLessThanOrEqual(nominalSeconds);
        expect(measureSeconds(intersect(one.stretches, free))).toBe(measureSeconds(one.stretches));
        const atLeast = Math.min(measureSeconds(free), nominalSeconds);
        expect(measureSeconds(one.stretches)).toBeGreaterThanOrEqual(atLeast);
        const shuffled = credit({
          verified: [...verified, ...verified].reverse(),
          occupied: [...occupied].reverse(),
          nominalSeconds,
          passes,
        });
        expect(shuffled.stretches).toEqual(one.stretches);
      }),
      { numRuns: 500 },
    );
  });

  it('more study never takes credit away', () => {
    fc.assert(
      fc.property(study, stretch, ({ verified, nominalSeconds }, more) => {
        const passes = passesOf(NEW_YEAR - 50_000, NEW_YEAR + 50_000);
        const before = credit({ verified, nominalSeconds, passes });
        const after = credit({ verified: [...verified, more], nominalSeconds, passes });
        expect(measureSeconds(after.stretches)).toBeGreaterThanOrEqual(measureSeconds(before.stretches));
      }),
      { numRuns: 300 },
    );
  });
});

describe('how a person stands in a lesson this year', () => {
  const figures = (over: Partial<StudyFigures>): StudyFigures => ({
    verifiedSeconds: 0,
    year: null,
    yearSeconds: 0,
    isCheckPassed: false,
    passedYear: null,
    firstCompletedYear: null,
    completedYear: null,
    ...over,
  });

  it('not completed yet: all study so far counts towards it, also last year’s', () => {
    const halfDone = figures({
      verifiedSeconds: 500,
      year: 2027,
      yearSeconds: 200,
      isCheckPassed: true,
      passedYear: 2026,
    });
    expect(standingIn(2027, halfDone, 600)).toEqual({
      isRepeat: false,
      verifiedSeconds: 500,
      isCheckPassed: true,
      isComplete: false,
    });
  });

  it('completed in an earlier year: this year begins anew', () => {
    const done = {
      verifiedSeconds: 600,
      isCheckPassed: true,
      passedYear: 2026,
      firstCompletedYear: 2026,
      completedYear: 2026,
    };
    expect(standingIn(2026, figures(done), 600)).toMatchObject({ isRepeat: false, isComplete: true });
    expect(standingIn(2027, figures({ ...done, year: 2026, yearSeconds: 600 }), 600)).toEqual({
      isRepeat: true,
      verifiedSeconds: 0,
      isCheckPassed: false,
      isComplete: false,
    });
    const again = { ...done, year: 2027, yearSeconds: 400, passedYear: 2027, completedYear: 2027 };
    expect(standingIn(2027, figures(again), 600)).toEqual({
      isRepeat: true,
      verifiedSeconds: 400,
      isCheckPassed: true,
      isComplete: true,
    });
  });

  it('a stretch over New Year leaves to each year its own seconds', () => {
    const night = { from: NEW_YEAR - 20, to: NEW_YEAR + 10 };
    expect(lastYearOf(night)).toEqual({ year: 2027, seconds: 10 });
    expect(lastYearOf({ from: NEW_YEAR - 20, to: NEW_YEAR })).toEqual({ year: 2026, seconds: 20 });
    const after = figuresAfter(figures({ verifiedSeconds: 100, year: 2026, yearSeconds: 100 }), night);
    expect(after).toMatchObject({ verifiedSeconds: 130, year: 2027, yearSeconds: 10 });
    expect(figuresAfter(after, { from: NEW_YEAR + 10, to: NEW_YEAR + 40 })).toMatchObject({
      year: 2027,
      yearSeconds: 40,
    });
  });
});

describe('the arithmetic of 学时', () => {
  it('45 pieces of 60 minutes are exactly 60.00 学时', () => {
    const hours = Array.from({ length: 45 }, (_, index) => ({
      from: at('2026-01-05') + index * 7200,
      to: at('2026-01-05') + index * 7200 + 3600,
    }));
    const { stretches } = credit({
      verified: hours,
      nominalSeconds: 45 * 3600,
      passes: passesOf(at('2026-11-01')),
    });
    expect(measureSeconds(stretches) / 2700).toBe(60);
  });
});
