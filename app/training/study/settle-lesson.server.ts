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
import { instantOf, measureSeconds, secondsByDay } from '../ledger/interval.ts';
import { listOccupiedStretches } from '../session/attended.store.server.ts';
import { appendCompletion, countCompletedLessons } from './completion.store.server.ts';
import type { CreditPlace } from './credit-context.server.ts';
import { loadCreditPlaces, loadStudyPolicies } from './credit-context.server.ts';
import { acceptedStretches, decideSettlement, isDwellEnough } from './lesson-credit.ts';
import type { LessonFacts, Progress } from './progress.store.server.ts';
import { loadLessonFacts, lockProgress, saveProgress } from './progress.store.server.ts';
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

export interface Settled {
  readonly verifiedSeconds: number;
  readonly isComplete: boolean;
  readonly isCheckPassed: boolean;
}

export async function loadSettleContext(
  ctx: Pick<Ctx, 'pool' | 'clock'>,
  key: LessonKey,
): Promise<SettleContext> {
  const now = ctx.clock.now();
  const days = await listStudyDays(ctx.pool, key.personId, key.lessonVersionId);
  const policies = await loadStudyPolicies(ctx, [key.personId]);
  const policy = policies.get(key.personId);
  invariant(policy, 'a policy is loaded for every person asked for');
  return { policy, places: await loadCreditPlaces(ctx.pool, key.personId, [...days, dayOf(now)]), now };
}

/** `settleInTx` in a transaction of its own. */
export async function settleLesson(ctx: Ctx, key: LessonKey): Promise<Settled> {
  const context = await loadSettleContext(ctx, key);
  const outcome = await inTransaction(ctx, 'settle-lesson', (tx) => settleInTx(tx, key, context));
  invariant(outcome.ok, 'settling refuses nothing');
  return outcome.value;
}

/**
 * Brings one person's lesson into line: what counts (verified stretches less class time), whether it is complete
 * (dwell and questions), what the ledger must hold. Doing it again changes nothing; two at once come one after the
 * other by the lock on the progress row.
 */
export async function settleInTx(tx: Tx, key: LessonKey, context: SettleContext): Promise<Settled> {
  const { personId, lessonVersionId } = key;
  const progress = await lockProgress(tx, personId, lessonVersionId, context.now);
  const facts = await loadLessonFacts(tx, lessonVersionId);
  const accepted = await loadAccepted(tx, key, facts);
  const verifiedSeconds = measureSeconds(accepted);
  const isCheckPassed = progress.checkPassedAt !== null;
  const isNewlyComplete =
    progress.completedAt === null &&
    isCheckPassed &&
    isDwellEnough(verifiedSeconds, facts.nominalSeconds, context.policy);
  const isComplete = isNewlyComplete || progress.completedAt !== null;
  if (isComplete && facts.statedCreditSeconds === null)
    await settleEntries(tx, key, facts, accepted, context);
  await saveProgress(tx, key, nextProgress(progress, verifiedSeconds, isComplete, context.now), context.now);
  if (isNewlyComplete) await completeCourse(tx, key, context);
  return { verifiedSeconds, isComplete, isCheckPassed };
}

function nextProgress(progress: Progress, verifiedSeconds: number, isComplete: boolean, now: Date) {
  return {
    verifiedSeconds,
    creditedSeconds: isComplete ? verifiedSeconds : progress.creditedSeconds,
    completedAt: isComplete ? (progress.completedAt ?? now) : null,
  };
}

async function loadAccepted(tx: Tx, key: LessonKey, facts: LessonFacts): Promise<Interval[]> {
  const verified = await listVerifiedStretches(tx, key.personId, key.lessonVersionId);
  const [first] = verified;
  const last = verified[verified.length - 1];
  if (!first || !last) return [];
  const range = { from: instantOf(first.from), to: instantOf(last.to) };
  const occupied = await listOccupiedStretches(tx, key.personId, range);
  return acceptedStretches(verified, occupied, facts.nominalSeconds);
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

/** When this was the last lesson: the course is completed, once per version and year; stated hours are credited. */
async function completeCourse(tx: Tx, key: LessonKey, context: SettleContext): Promise<void> {
  const course = courseOfLesson(currentLibrary(), key.lessonVersionId);
  if (!course || course.broken.length > 0) return;
  const lessonIds = course.lessons.map((lesson) => lesson.lessonVersionId);
  if ((await countCompletedLessons(tx, key.personId, lessonIds)) < lessonIds.length) return;
  const { courseVersionId } = course;
  const { personId } = key;
  const year = yearOf(dayOf(context.now));
  const isNew = await appendCompletion(tx, { personId, courseVersionId, year, now: context.now });
  if (!isNew) return;
  const entry = statedEntry(course, personId, context);
  if (entry) await appendHourEntries(tx, [entry], context.now);
  await appendOutbox(tx, [
    {
      topic: 'training.course_completed',
      key: `${personId}:${courseVersionId}:${year}`,
      payload: { personId, courseSlug: course.slug, courseVersionId, year, at: context.now.toISOString() },
      occurredAt: context.now,
    },
  ]);
}

function statedEntry(course: LibraryCourse, personId: string, context: SettleContext): NewEntry | null {
  const today = dayOf(context.now);
  const place = context.places.get(today);
  if (course.statedHundredths === null || !place) return null;
  return {
    entryKey: `course:${course.courseVersionId}:${personId}:${yearOf(today)}:credit`,
    personId,
    unitId: place.unitId,
    creditSeconds: statedHoursToSeconds(course.statedHundredths),
    category: course.category,
    occurredDay: today,
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
