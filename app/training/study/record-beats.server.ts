import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { isRetryable } from '#app/platform/db/errors.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, dayOf, startOfDay, yearOf } from '#app/platform/time/day.ts';
import { secondOf } from '../ledger/interval.ts';
import { loadStudyPolicies } from './credit-context.server.ts';
import { isDwellEnough } from './lesson-credit.ts';
import { settleLesson } from './settle-lesson.server.ts';
import type {
  Beat,
  BeatDecision,
  Ignored,
  Standing,
  StoredBeat,
  StudyPolicy,
  StudyRoom,
  Visit,
} from './study.ts';
import { figuresAfter, standingIn } from './study-year.ts';
import { decideBeat } from './study.ts';
import { openQuestion } from './open-question.server.ts';
import type { KeyedQuestion, PresenceQuestion } from './presence-question.ts';
import type { BeatWrite, VisitRecord } from './study.store.server.ts';
import { loadVisits, storeBeats } from './study.store.server.ts';

/** What the page is told: from this and from nothing else it says what counts. */
export interface BeatReply {
  /** How the stretch since the last stored beat stands, or why nothing was stored. */
  readonly result: Standing | Ignored;
  readonly lastSeq: number;
  /** Counted in this lesson: in its first round over all years, when it is repeated in this year. */
  readonly verifiedSeconds: number;
  readonly nominalSeconds: number;
  readonly isComplete: boolean;
  /** Seconds left to answer 「您还在学习吗」; null when it is not asked. */
  readonly answerWithinSeconds: number | null;
  /** What is asked; null where there is only something to confirm. */
  readonly question: PresenceQuestion | null;
}

/** What the page sends: a beat, the word chosen for an open question, and signs of a person at work. */
export interface SentBeat extends Omit<Beat, 'isRight'> {
  readonly choice?: number | null | undefined;
  readonly positionPermille?: number | undefined;
  readonly signs?: Readonly<Record<'touches' | 'moves' | 'scrolls', number>> | undefined;
}

export interface BeatInput {
  readonly personId: string;
  readonly visitId: string;
  readonly beat: SentBeat;
}

export type BeatOutcome = Outcome<BeatReply, 'NOT_FOUND'>;

export interface BeatRecorder {
  record(input: BeatInput): Promise<BeatOutcome>;
}

/** Beats of one group at most; the rest waits for the next. */
const MAX_GROUP = 200;
/**
 * Groups under way at the same time: one is decided here while the database writes the other. The second begins only
 * when so many wait for it: many small groups cost more than they save.
 */
const MAX_GROUPS = 2;
const WORTH_A_SECOND_GROUP = 40;
const MAX_TRIES = 3;
/** A visit keeps the rules it began with for this long; rules change by the day, not by the minute. */
const POLICY_SECONDS = 600;
const SWEEP_SECONDS = 60;

interface Waiting {
  readonly input: BeatInput;
  resolve(outcome: BeatOutcome): void;
  reject(error: unknown): void;
}

/** Rules of the visits this process has heard of lately, until which second each holds, and when to clear up. */
interface Policies {
  readonly known: Map<string, { readonly policy: StudyPolicy; readonly until: number }>;
  sweepAt: number;
}

/**
 * Takes beats and answers each after it is committed. While one group is being written the next gathers, so that a
 * thousand readers cost a few statements, not thousands. One recorder a process; several processes are fine, because
 * the statement itself lets only one beat of a visit through.
 */
export function createBeatRecorder(ctx: Ctx): BeatRecorder {
  const policies: Policies = { known: new Map(), sweepAt: 0 };
  let waiting: Waiting[] = [];
  /** Visits of the groups under way. */
  const underWay = new Set<string>();
  let groups = 0;
  let isStarting = false;

  /** Begins after everything that has come in with this turn of the event loop is waiting: one group, not one of one. */
  const start = (): void => {
    const isNeeded = groups === 0 || waiting.length >= WORTH_A_SECOND_GROUP;
    if (isStarting || groups >= MAX_GROUPS || !isNeeded) return;
    isStarting = true;
    setImmediate(() => {
      isStarting = false;
      void work();
    });
  };

  const work = async (): Promise<void> => {
    groups += 1;
    for (let group = takeGroup(); group.length > 0; group = takeGroup()) {
      for (const one of group) underWay.add(one.input.visitId);
      try {
        const outcomes = await recordGroupAgain(
          ctx,
          policies,
          group.map((one) => one.input),
        );
        group.forEach((one, index) => one.resolve(outcomes[index] ?? refused('NOT_FOUND')));
      } catch (error) {
        group.forEach((one) => one.reject(error));
      }
      for (const one of group) underWay.delete(one.input.visitId);
    }
    groups -= 1;
  };

  /** The oldest beats, one a visit: a second one of the same visit must see what the first has done. */
  const takeGroup = (): Waiting[] => {
    const group = new Map<string, Waiting>();
    const rest: Waiting[] = [];
    for (const one of waiting) {
      const { visitId } = one.input;
      const isFree = !group.has(visitId) && !underWay.has(visitId);
      if (group.size < MAX_GROUP && isFree) group.set(visitId, one);
      else rest.push(one);
    }
    waiting = rest;
    return [...group.values()];
  };

  return {
    record: (input) =>
      new Promise((resolve, reject) => {
        waiting.push({ input, resolve, reject });
        start();
      }),
  };
}

/**
 * A class that is being closed may hold a progress row of the group while it waits for another: the database then ends
 * one of the two. Nothing of the group was written, so it is simply recorded again.
 */
async function recordGroupAgain(
  ctx: Ctx,
  policies: Policies,
  inputs: readonly BeatInput[],
): Promise<BeatOutcome[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await recordGroup(ctx, policies, inputs);
    } catch (error) {
      if (!isRetryable(error) || attempt >= MAX_TRIES) throw error;
    }
  }
}

interface Judged {
  readonly input: BeatInput;
  readonly record: VisitRecord;
  readonly policy: StudyPolicy;
  readonly decision: BeatDecision;
  /** Calendar year in which it was received. */
  readonly year: number;
}

async function recordGroup(
  ctx: Ctx,
  policies: Policies,
  inputs: readonly BeatInput[],
): Promise<BeatOutcome[]> {
  const now = ctx.clock.now();
  const judged = await judge(ctx, policies, inputs, now);
  const writes = judged.flatMap((one) => (one && writeOf(one, now)) ?? []);
  const stored = writes.length > 0 ? await storeBeats(ctx.pool, writes) : new Set<string>();
  return Promise.all(
    judged.map(async (one): Promise<BeatOutcome> => {
      if (one === null) return refused('NOT_FOUND');
      if (one.decision.kind === 'ignored') return done(replyOf(one, one.record.visit, one.decision.why));
      // Another process or a newer page was faster between reading and writing; the page asks again with the next beat.
      if (!stored.has(one.input.visitId)) return done(replyOf(one, one.record.visit, 'out_of_order'));
      return done(await storedReply(ctx, one, one.decision));
    }),
  );
}

/** Each beat judged by the rules; null where the page does not exist or belongs to somebody else. */
async function judge(
  ctx: Ctx,
  policies: Policies,
  inputs: readonly BeatInput[],
  now: Date,
): Promise<(Judged | null)[]> {
  const days = { today: dayOf(now), yesterday: addDays(dayOf(now), -1) };
  const ids = inputs.map((input) => input.visitId);
  const records = await loadVisits(ctx.pool, ids, {
    today: startOfDay(days.today),
    yesterday: startOfDay(days.yesterday),
  });
  await learnPolicies(ctx, policies, [...records.values()], secondOf(now));
  return inputs.map((input) => {
    const record = records.get(input.visitId);
    const policy = policies.known.get(input.visitId)?.policy;
    if (!record || !policy || record.personId !== input.personId) return null;
    const beat = { ...input.beat, isRight: isRight(record, input.beat) };
    const decision = decideBeat(record.visit, beat, roomOf(record, days), policy, secondOf(now));
    return { input, record, policy, decision, year: yearOf(days.today) };
  });
}

/** The question that is open on a page as it stands in the database. */
function askedOn(record: VisitRecord, visit: Visit, positionPermille: number): KeyedQuestion | null {
  const { id: visitId, lessonVersionId } = record;
  return openQuestion({ visitId, lessonVersionId, seq: visit.lastSeq, positionPermille });
}

function isRight(record: VisitRecord, beat: SentBeat): boolean {
  if (record.visit.promptOpened === null || !beat.isPresent) return false;
  const asked = askedOn(record, record.visit, record.positionPermille);
  return asked === null || asked.rightIndex === beat.choice;
}

function roomOf(record: VisitRecord, days: { today: Day; yesterday: Day }): StudyRoom {
  return {
    nominalSeconds: record.nominalSeconds,
    studiedSecondsByYear: new Map(record.year === null ? [] : [[record.year, record.yearSeconds]]),
    usedSecondsByDay: new Map([
      [days.today, record.usedToday],
      [days.yesterday, record.usedYesterday],
    ]),
  };
}

/** Loads the rules of visits this process does not know yet, all in one go, and forgets those it knew for long. */
async function learnPolicies(
  ctx: Ctx,
  policies: Policies,
  records: readonly VisitRecord[],
  now: number,
): Promise<void> {
  const unknown = records.filter((record) => (policies.known.get(record.id)?.until ?? 0) <= now);
  if (unknown.length === 0) return;
  if (policies.sweepAt <= now) {
    for (const [id, { until }] of policies.known) if (until <= now) policies.known.delete(id);
    policies.sweepAt = now + SWEEP_SECONDS;
  }
  const loaded = await loadStudyPolicies(ctx, [...new Set(unknown.map((record) => record.personId))]);
  for (const record of unknown) {
    const policy = loaded.get(record.personId);
    invariant(policy, 'a policy is loaded for every person asked for');
    policies.known.set(record.id, { policy, until: now + POLICY_SECONDS });
  }
}

function writeOf(one: Judged, receivedAt: Date): BeatWrite | null {
  const { decision, input, record } = one;
  if (decision.kind === 'ignored') return null;
  const { isVisible: visible, isActive: active, isPresent: present, choice, signs } = input.beat;
  const at = input.beat.positionPermille ?? record.positionPermille;
  return {
    visitId: input.visitId,
    standing: decision.standing,
    stretch: decision.stretch,
    visit: decision.visit,
    receivedAt,
    positionPermille: at,
    evidence: { visible, active, present, at, ...signs, ...(typeof choice === 'number' ? { choice } : {}) },
  };
}

function replyOf(one: Judged, visit: Visit, result: BeatReply['result']): BeatReply {
  const { record, policy, input } = one;
  const isAsked = visit.promptOpened !== null && visit.isLive;
  const isNews = visit !== record.visit;
  const at = (isNews ? input.beat.positionPermille : undefined) ?? record.positionPermille;
  const asked = isAsked ? askedOn(record, visit, at) : null;
  const standing = standingIn(one.year, record, record.nominalSeconds);
  return {
    result,
    lastSeq: visit.lastSeq,
    verifiedSeconds: standing.verifiedSeconds,
    nominalSeconds: record.nominalSeconds,
    isComplete: standing.isComplete,
    answerWithinSeconds: isAsked ? policy.presenceAnswerSeconds : null,
    question: asked && { stem: asked.stem, options: asked.options },
  };
}

/** A stored beat may be the one that completes the lesson or fills it: then the ledger is settled before the answer. */
async function storedReply(ctx: Ctx, one: Judged, decision: StoredBeat): Promise<BeatReply> {
  const { record, policy } = one;
  const { nominalSeconds } = record;
  const figures = figuresAfter(record, decision.stretch);
  const standing = standingIn(one.year, figures, nominalSeconds);
  const reply = {
    ...replyOf(one, decision.visit, decision.standing),
    verifiedSeconds: standing.verifiedSeconds,
  };
  const isDone =
    standing.isCheckPassed &&
    !standing.isComplete &&
    isDwellEnough(standing.verifiedSeconds, nominalSeconds, policy);
  const isFull = standing.isComplete && decision.stretch !== null && figures.yearSeconds >= nominalSeconds;
  if (!isDone && !isFull) return reply;
  const settled = await settleLesson(ctx, record);
  return { ...reply, verifiedSeconds: settled.verifiedSeconds, isComplete: settled.isComplete };
}
