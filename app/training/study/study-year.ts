import { dayOf, startOfDay, yearOf } from '#app/platform/time/day.ts';
import type { Interval } from '../ledger/interval.ts';
import {
  instantOf,
  intersect,
  measureSeconds,
  secondOf,
  subtract,
  takeFirst,
  union,
} from '../ledger/interval.ts';
import { dwellSeconds } from './lesson-credit.ts';
import type { StudyPolicy } from './study.ts';

/**
 * A lesson counts once a year and version (domain.md §4.2 case 10): in each calendar year (Shanghai) at most its nominal
 * length. The first time is one piece of work, even over New Year: its dwell and its questions may lie in two years,
 * and it counts once. Whoever goes through the same text again in another year earns it again when dwell and questions
 * are both there within that year.
 */

export interface LessonStudy {
  /** Stretches the beats verified. */
  readonly verified: readonly Interval[];
  /** Time in closed classes: it occupies the person. */
  readonly occupied: readonly Interval[];
  readonly nominalSeconds: number;
  /** The second in which the questions were first passed in a calendar year. */
  readonly passes: ReadonlyMap<number, number>;
}

/** One calendar year of one lesson. */
export interface StudyYear {
  readonly year: number;
  /** What counts in it: at most the nominal length, the earliest first. */
  readonly counted: readonly Interval[];
  readonly seconds: number;
  /** The second in which dwell and questions were both there within this year; null as long as they are not. */
  readonly wholeAt: number | null;
}

type Dwell = Pick<StudyPolicy, 'readingDwellPercent'>;

/** The stretch of a calendar year in Shanghai. */
function yearStretch(year: number): Interval {
  const first = (of: number): number => secondOf(startOfDay(`${of}-01-01`));
  return { from: first(year), to: first(year + 1) };
}

const yearOfSecond = (second: number): number => yearOf(dayOf(instantOf(second)));

/** The second in which a set of stretches has run for so long; null when it never does. */
function reachedAt(stretches: readonly Interval[], seconds: number): number | null {
  const reached = takeFirst(stretches, seconds);
  return measureSeconds(reached) < seconds ? null : (reached.at(-1)?.to ?? null);
}

/** The later of both, when both are there. */
const bothAt = (one: number | null, other: number | null | undefined): number | null =>
  one === null || other === null || other === undefined ? null : Math.max(one, other);

/** Study of a lesson year by year, oldest first; years without any are left out. */
export function studyYears(study: LessonStudy, policy: Dwell): StudyYear[] {
  const { nominalSeconds, passes } = study;
  const free = subtract(study.verified, study.occupied);
  const years = new Set(free.flatMap((part) => [yearOfSecond(part.from), yearOfSecond(part.to - 1)]));
  return [...years]
    .sort((a, b) => a - b)
    .map((year) => {
      const counted = takeFirst(intersect(free, [yearStretch(year)]), nominalSeconds);
      const wholeAt = bothAt(reachedAt(counted, dwellSeconds(nominalSeconds, policy)), passes.get(year));
      return { year, counted, seconds: measureSeconds(counted), wholeAt };
    });
}

/** Study towards the first completion: over all years, once the nominal length. */
export function firstRound(years: readonly StudyYear[], nominalSeconds: number): Interval[] {
  const counted = years.flatMap((year) => year.counted);
  return takeFirst(counted, nominalSeconds);
}

/** The second in which the lesson was first complete: dwell and questions, in whichever years; null if it is not. */
export function firstCompleteAt(
  years: readonly StudyYear[],
  study: Pick<LessonStudy, 'nominalSeconds' | 'passes'>,
  policy: Dwell,
): number | null {
  const dwell = reachedAt(
    firstRound(years, study.nominalSeconds),
    dwellSeconds(study.nominalSeconds, policy),
  );
  const firstPass = study.passes.size === 0 ? null : Math.min(...study.passes.values());
  return bothAt(dwell, firstPass);
}

/**
 * What the ledger credits of a completed lesson: the first round, and every year that is whole by itself up to the
 * nominal length. Never more than the nominal length in one year.
 */
export function creditedStudy(years: readonly StudyYear[], nominalSeconds: number): Interval[] {
  const whole = years.filter((year) => year.wholeAt !== null).flatMap((year) => year.counted);
  return union([...firstRound(years, nominalSeconds), ...whole]);
}

/** What is kept of a lesson's study (`lesson_progress`). */
export interface StudyFigures {
  readonly verifiedSeconds: number;
  readonly year: number | null;
  readonly yearSeconds: number;
  readonly isCheckPassed: boolean;
  readonly passedYear: number | null;
  /** Year of the first completion, and of the last one. */
  readonly firstCompletedYear: number | null;
  readonly completedYear: number | null;
}

/** How a person stands in a lesson this year: still (or just) in the first round, or repeating it. */
export interface LessonStanding {
  readonly isRepeat: boolean;
  readonly verifiedSeconds: number;
  readonly isCheckPassed: boolean;
  readonly isComplete: boolean;
}

export function standingIn(year: number, figures: StudyFigures, nominalSeconds: number): LessonStanding {
  const { firstCompletedYear } = figures;
  if (firstCompletedYear === null || firstCompletedYear >= year)
    return {
      isRepeat: false,
      verifiedSeconds: Math.min(figures.verifiedSeconds, nominalSeconds),
      isCheckPassed: figures.isCheckPassed,
      isComplete: firstCompletedYear !== null,
    };
  return {
    isRepeat: true,
    verifiedSeconds: figures.year === year ? figures.yearSeconds : 0,
    isCheckPassed: figures.passedYear === year,
    isComplete: figures.completedYear === year,
  };
}

/** The last year a stretch touches and its seconds there: over New Year the rest belongs to the year before. */
export function lastYearOf(stretch: Interval): { year: number; seconds: number } {
  const year = yearOfSecond(stretch.to - 1);
  return { year, seconds: stretch.to - Math.max(stretch.from, yearStretch(year).from) };
}

/** The figures after a verified stretch, as the database adds them up. @param stretch null: nothing was verified */
export function figuresAfter(figures: StudyFigures, stretch: Interval | null): StudyFigures {
  if (stretch === null) return figures;
  const { year, seconds } = lastYearOf(stretch);
  return {
    ...figures,
    verifiedSeconds: figures.verifiedSeconds + (stretch.to - stretch.from),
    year,
    yearSeconds: (figures.year === year ? figures.yearSeconds : 0) + seconds,
  };
}
