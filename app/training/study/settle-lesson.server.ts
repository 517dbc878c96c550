import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import type { LibraryCourse } from '../course/library.server.ts';
import { courseOfLesson, currentLibrary } from '../course/library.server.ts';
import { appendHourEntries, listEntriesOfSource } from '../ledger/hour-entry.store.server.ts';
import type { NewEntry } from '../ledger/entry.ts';
import { measuredCredit, statedHoursToSeconds } from '../ledger/hours.ts';
import type { Interval } from '../ledger/interval.ts';
import { instantOf, secondsByDay } from '../ledger/interval.ts';
import { listOccupiedStretches } from '../session/attended.store.server.ts';
import { appendCompletion, countCompletedLessons, hasCompletionOf } from './completion.store.server.ts';
import type { CreditPlace } from './credit-context.server.ts';
import { loadCreditPlaces, loadStudyPolicies } from './credit-context.server.ts';
import { decideSettlement } from './lesson-credit.ts';
import type { LessonFacts, Progress } from './progress.store.server.ts';
import {
  figuresOf,
  listPasses,
  loadLessonFacts,
  lockProgress,
  saveProgress,
} from './progress.store.server.ts';
import type { LessonStanding, LessonStudy, StudyYear } from './study-year.ts';
import { creditedStudy, firstCompleteAt, standingIn, studyYears } from './study-year.ts';
import type { StudyPolicy } from './study.ts';
import { listStudyDays, listVerifiedStretches } from './study.store.server.ts';

export interface LessonKey {
  readonly personId: string;
  readonly lessonVersionId: string;
}

/** What is read before the transaction, so that it stays short. */
export interface SettleContext {
  readonly policy: StudyPolicy;
  readonly places: ReadonlyMap<Day, CreditPlace>;
  readonly now: Date;
}

export type Settled = LessonStanding;

export async function loadSettleContext(
  ctx: Pick<Ctx, 'pool' | 'clock'>,
  key: LessonKey,
): Promise<SettleContext> {
  const now = ctx.clock.now();
  const days = await listStudyDays(ctx.pool, key.personId, key.lessonVersionId);
  const passes = await listPasses(ctx.pool, key.personId, key.lessonVersionId);
  const passDays = [...passes.values()].map((second) => dayOf(instantOf(second)));
  const policies = await loadStudyPolicies(ctx, [key.personId]);
  const policy = policies.get(key.personId);
  invariant(policy, 'a policy is loaded for every person asked for');
  return {
    policy,
    places: await loadCreditPlaces(ctx.pool, key.personId, [...days, ...passDays, dayOf(now)]),
    now,
  };
}

/** `settleInTx` in a transaction of its own. */
export async function settleLesson(ctx: Ctx, key: LessonKey): Promise<Settled> {
  const context = await loadSettleContext(ctx, key);
  const outcome = await inTransaction(ctx, 'settle-lesson', (tx) => settleInTx(tx, key, context));
  invariant(outcome.ok, 'settling refuses nothing');
  return outcome.value;
}

/**
 * Brings one person's lesson into line: what counts (verified stretches less class time, each year at most the nominal
 * length), whether it is complete (dwell and questions), what the ledger must hold. Doing it again changes nothing; two
 * at once come one after the other by the lock on the progress row.
 */
export async function settleInTx(tx: Tx, key: LessonKey, context: SettleContext): Promise<Settled> {
  const { personId, lessonVersionId } = key;
  const { policy, now } = context;
  const progress = await lockProgress(tx, personId, lessonVersionId, now);
  const facts = await loadLessonFacts(tx, lessonVersionId);
  const study = await loadStudy(tx, key, facts);
  const years = studyYears(study, policy);
  const after = progressAfter(progress, study, years, policy);
  if (after.completedAt !== null && facts.statedCreditSeconds === null)
    await settleEntries(tx, key, facts, creditedStudy(years, facts.nominalSeconds), context);
  await saveProgress(tx, key, after, now);
  const completedIn = after.completedYear;
  if (after.completedAt !== null && completedIn !== null && completedIn !== progress.completedYear)
    await completeCourse(tx, key, context, completionMoment(progress, after, years));
  return standingIn(yearOf(dayOf(now)), figuresOf(after), facts.nominalSeconds);
}

type After = Omit<Progress, 'lessonVersionId'>;

/** Where the person stands once everything is counted. A completion once reached stays, whatever is taken back later. */
function progressAfter(
  progress: Progress,
  study: LessonStudy,
  years: readonly StudyYear[],
  policy: StudyPolicy,
): After {
  const firstAt = firstCompleteAt(years, study, policy);
  const completedAt = progress.completedAt ?? (firstAt === null ? null : instantOf(firstAt));
  const completedYears = [
    progress.completedYear,
    completedAt && yearOf(dayOf(completedAt)),
    ...years.map((year) => (year.wholeAt === null ? null : year.year)),
  ].filter((year) => year !== null);
  const last = years.at(-1);
  return {
    ...progress,
    verifiedSeconds: years.reduce((sum, year) => sum + year.seconds, 0),
    year: last?.year ?? null,
    yearSeconds: last?.seconds ?? 0,
    completedAt,
    completedYear: completedAt === null ? null : Math.max(...completedYears),
  };
}

/** When the lesson became complete (again): that moment's day and year are the course's. */
function completionMoment(before: Progress, after: After, years: readonly StudyYear[]): Date {
  const whole = years.find((year) => year.year === after.completedYear)?.wholeAt ?? null;
  const at = before.completedAt === null ? after.completedAt : whole === null ? null : instantOf(whole);
  invariant(at !== null, 'a completion has its moment');
  return at;
}

async function loadStudy(tx: Tx, key: LessonKey, facts: LessonFacts): Promise<LessonStudy> {
  const { personId, lessonVersionId } = key;
  const { nominalSeconds } = facts;
  const passes = await listPasses(tx, personId, lessonVersionId);
  const verified = await listVerifiedStretches(tx, personId, lessonVersionId);
  const [first] = verified;
  const last = verified[verified.length - 1];
  if (!first || !last) return { verified: [], occupied: [], nominalSeconds, passes };
  const range = { from: instantOf(first.from), to: instantOf(last.to) };
  const occupied = await listOccupiedStretches(tx, personId, range);
  return { verified, occupied, nominalSeconds, passes };
}

async function settleEntries(
  tx: Tx,
  key: LessonKey,
  facts: LessonFacts,
  accepted: readonly Interval[],
  context: SettleContext,
): Promise<void> {
  const { personId, lessonVersionId } = key;
  const wanted = new Map<Day, number>();
  for (const [day, seconds] of secondsByDay(accepted)) {
    // A day without a home unit has no ledger to stand in; the time stays verified.
    const place = context.places.get(day);
    if (place) wanted.set(day, measuredCredit(seconds, place.minutesPerCreditHour));
  }
  const posted = await listEntriesOfSource(tx, personId, 'lesson_version', lessonVersionId);
  const settlement = decideSettlement(wanted, posted);
  const additions = settlement.additions.map(({ day, seconds, ordinal }): NewEntry => {
    const place = context.places.get(day);
    invariant(place, 'only days with a home unit are wanted');
    return {
      entryKey: `lesson:${lessonVersionId}:${personId}:${day}:${ordinal}`,
      personId,
      unitId: place.unitId,
      creditSeconds: seconds,
      category: facts.category,
      occurredDay: day,
      kind: 'lesson',
      sourceKind: 'lesson_version',
      sourceId: lessonVersionId,
      title: `${facts.courseTitle} · ${facts.title}`,
      basis: {
        rule: 'verified_study',
        nominalSeconds: facts.nominalSeconds,
        dwellPercent: context.policy.readingDwellPercent,
        checkPercent: context.policy.checkPassPercent,
        minutesPerCreditHour: place.minutesPerCreditHour,
      },
      reversesEntryId: null,
      reasonCode: null,
      recordedBy: null,
      approvedBy: null,
    };
  });
  await appendHourEntries(tx, [...additions, ...settlement.corrections], context.now);
}

/**
 * When this was the last lesson: the course is completed, once per version and year (domain.md §4.2 cases 10 and 15), and
 * stated hours are credited. The first time, lessons of earlier years stand; a further completion, of a new year or a
 * new version, takes every lesson within its year.
 */
async function completeCourse(tx: Tx, key: LessonKey, context: SettleContext, at: Date): Promise<void> {
  const course = courseOfLesson(currentLibrary(), key.lessonVersionId);
  if (!course || course.broken.length > 0) return;
  const { personId } = key;
  const { courseVersionId } = course;
  const year = yearOf(dayOf(at));
  const lessonIds = course.lessons.map((lesson) => lesson.lessonVersionId);
  const within = (await hasCompletionOf(tx, personId, courseVersionId)) ? year : null;
  if ((await countCompletedLessons(tx, personId, lessonIds, within)) < lessonIds.length) return;
  const isNew = await appendCompletion(tx, { personId, courseVersionId, year, now: at });
  if (!isNew) return;
  const entry = statedEntry(course, personId, dayOf(at), context);
  if (entry) await appendHourEntries(tx, [entry], context.now);
  await appendOutbox(tx, [
    {
      topic: 'training.course_completed',
      key: `${personId}:${courseVersionId}:${year}`,
      payload: { personId, courseSlug: course.slug, courseVersionId, year, at: at.toISOString() },
      occurredAt: at,
    },
  ]);
}

function statedEntry(
  course: LibraryCourse,
  personId: string,
  day: Day,
  context: SettleContext,
): NewEntry | null {
  const place = context.places.get(day);
  if (course.statedHundredths === null || !place) return null;
  return {
    entryKey: `course:${course.courseVersionId}:${personId}:${yearOf(day)}:credit`,
    personId,
    unitId: place.unitId,
    creditSeconds: statedHoursToSeconds(course.statedHundredths),
    category: course.category,
    occurredDay: day,
    kind: 'course',
    sourceKind: 'course_version',
    sourceId: course.courseVersionId,
    title: course.title,
    basis: { rule: 'stated_hours', statedHundredths: course.statedHundredths },
    reversesEntryId: null,
    reasonCode: null,
    recordedBy: null,
    approvedBy: null,
  };
}
