import { createHash } from 'node:crypto';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import { isDatabaseAway } from '#app/platform/db/errors.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { findAttemptClock } from './attempt.store.server.ts';
import { noteContact } from './contact.store.server.ts';
import { countBelated } from './count-belated.server.ts';
import { isClosed } from './deadline.ts';
import { hashDeviceKey } from './device.server.ts';
import type { EventKey } from './fold.ts';
import { createGroupCommit } from '#app/platform/db/group-commit.ts';
import type { JudgedEvent, ReceivedEvent } from './journal.store.server.ts';
import {
  appendAnswers,
  appendConflicts,
  findCounted,
  findKnownEvents,
  findLastSeq,
} from './journal.store.server.ts';
import { createJournalRoom } from './journal-room.store.server.ts';
import type { AckBody, SentAnswer } from './wire.ts';

/** With more, statements only wait for each other's locks and log flushes (design.md §6, grouped saves). */
const MAX_IN_FLIGHT = 2;
const WORTH_ANOTHER = 40;
const MAX_EVENTS_PER_STATEMENT = 1_000;

/** What one request of one device brings for one attempt. */
export interface Submission {
  readonly attemptId: string;
  readonly accountId: string;
  readonly deviceKey: string;
  readonly receivedAt: Date;
  readonly events: readonly SentAnswer[];
}

/** The truth about a submission, after commit; see `AckBody` for what each part means to the device. */
export interface Ack extends Omit<AckBody, 'serverNowMs' | 'deadlineAtMs' | 'closeAtMs' | 'pausedAtMs'> {
  readonly deadlineAt: Date;
  readonly closeAt: Date;
  readonly pausedAt: Date | null;
}

/**
 * `NOT_BEGUN`: the bell of this attempt is still to come; nothing was stored, the device sends it again.
 * `TOO_MANY_ANSWERS`: the journal of the attempt takes no more (`journal-room.store.server.ts`); nothing was stored.
 */
export type SaveRefusal = 'NOT_FOUND' | 'NOT_BEGUN' | 'TOO_MANY_ANSWERS';
export type SaveAnswers = (submission: Submission) => Promise<Outcome<Ack, SaveRefusal>>;

/** What an event says, as 32 bytes: a repeat has the same, anything else another. */
export function fingerprintOf(attemptId: string, event: SentAnswer): Buffer {
  const { epoch, seq, position, choice, clientTime } = event;
  return createHash('sha256')
    .update(`${attemptId}\n${epoch}\n${seq}\n${position}\n${choice}\n${clientTime ?? ''}`)
    .digest();
}

interface KeyedSubmission extends Omit<Submission, 'deviceKey'> {
  readonly deviceKeyHash: Buffer;
}

function received(submission: KeyedSubmission): ReceivedEvent[] {
  const { attemptId, accountId, deviceKeyHash, receivedAt } = submission;
  return submission.events.map((event) => ({
    ...event,
    attemptId,
    accountId,
    deviceKeyHash,
    receivedAt,
    fingerprint: fingerprintOf(attemptId, event),
  }));
}

const keyText = (key: EventKey): string => `${key.epoch}.${key.seq}`;
const keyOf = ({ epoch, seq }: EventKey): EventKey => ({ epoch, seq });

/** Events whose keys were known: a repeat is as good as stored, anything else is a conflict and kept as evidence. */
async function sortKnown(
  pool: Pool,
  attemptId: string,
  events: readonly ReceivedEvent[],
): Promise<Pick<Ack, 'stored' | 'conflicts'>> {
  if (events.length === 0) return { stored: [], conflicts: [] };
  const rows = new Map((await findKnownEvents(pool, attemptId, events)).map((row) => [keyText(row), row]));
  const isRepeat = (event: ReceivedEvent): boolean =>
    rows.get(keyText(event))?.fingerprint.equals(event.fingerprint) ?? false;
  const stored = events.filter(isRepeat).flatMap((event) => {
    const row = rows.get(keyText(event));
    return row ? [{ ...keyOf(event), standing: row.standing }] : [];
  });
  const conflicts = events.filter((event) => !isRepeat(event));
  await appendConflicts(pool, conflicts);
  return { stored, conflicts: await withCounts(pool, attemptId, conflicts) };
}

/**
 * A number that two tabs of a full device gave out is sorted out twice where a sealed file was uploaded in between, or a page
 * was killed between the new number and the end of the old one: the answer would count under both (found by the fault run).
 */
async function withCounts(
  pool: Pool,
  attemptId: string,
  conflicts: readonly ReceivedEvent[],
): Promise<Ack['conflicts']> {
  if (conflicts.length === 0) return [];
  const found = await findCounted(pool, attemptId, conflicts);
  return conflicts.map((event, index) => {
    const counts = found[index];
    return counts ? { ...keyOf(event), counts } : keyOf(event);
  });
}

type AttemptNow = Omit<JudgedEvent, 'standing' | 'isBelated' | 'isEarly'>;

/** How the attempt stands, as the device has to know it. */
const standOf = (attempt: AttemptNow, receivedAt: Date) => ({
  deadlineAt: attempt.deadlineAt,
  closeAt: attempt.closeAt,
  pausedAt: attempt.pausedAt,
  noticeNo: attempt.noticeNo,
  isOpen: attempt.state === 'in_progress' && !isClosed(receivedAt, attempt.closeAt, attempt.pausedAt),
  isThisDevice: attempt.isThisDevice,
  deviceEpoch: attempt.deviceEpoch,
});

/** The answer to a submission of which nothing could be judged: without events, or with none that is on the paper. */
async function ackFromAttempt(pool: Pool, submission: Submission): Promise<Outcome<Ack, SaveRefusal>> {
  const clock = await findAttemptClock(pool, submission.attemptId, submission.accountId, undefined);
  if (!clock) return refused('NOT_FOUND');
  const isThisDevice = clock.deviceKeyHash.equals(hashDeviceKey(submission.deviceKey));
  if (isThisDevice && clock.state === 'in_progress')
    await noteContact(pool, submission.attemptId, submission.receivedAt);
  return done({
    stored: [],
    conflicts: [],
    notOnPaper: submission.events.map(keyOf),
    nextSeq: null,
    ...standOf({ ...clock, isThisDevice }, submission.receivedAt),
  });
}

/** Counts what was received in time but judged after the closing; without events it does nothing. */
type CountLater = (events: readonly ReceivedEvent[]) => Promise<void>;

/**
 * A few at a time: where a database stalled across the end, hundreds come at once, and each needs a transaction of its
 * own. Whoever waits keeps the moment of arrival.
 */
function createCountLater(ctx: Ctx): CountLater {
  const inTurn = createGroupCommit<readonly ReceivedEvent[], null>({
    maxInFlight: MAX_IN_FLIGHT,
    maxWeight: 1,
    weigh: () => 1,
    run: async (groups) => {
      for (const events of groups) await countBelated(ctx, events);
      return groups.map(() => null);
    },
  });
  return async (events) => {
    if (events.length > 0) await inTurn(events);
  };
}

/** What became of every event: stored now or before, in conflict with what is stored, or not on the paper. */
async function sortJudged(
  ctx: Ctx,
  countLater: CountLater,
  attemptId: string,
  events: readonly ReceivedEvent[],
  judged: readonly (JudgedEvent | null)[],
): Promise<Pick<Ack, 'stored' | 'conflicts' | 'notOnPaper'>> {
  await countLater(events.filter((_, index) => judged[index]?.isBelated));
  const fresh = events.flatMap((event, index) => {
    const standing = judged[index]?.standing;
    return standing ? [{ ...keyOf(event), standing }] : [];
  });
  const known = await sortKnown(
    ctx.pool,
    attemptId,
    events.filter((_, index) => judged[index]?.standing === null && !judged[index]?.isEarly),
  );
  return {
    stored: [...fresh, ...known.stored],
    conflicts: known.conflicts,
    notOnPaper: events.filter((_, index) => judged[index] === null).map(keyOf),
  };
}

async function ackOf(
  ctx: Ctx,
  countLater: CountLater,
  submission: Submission,
  events: readonly ReceivedEvent[],
  judged: readonly (JudgedEvent | null)[],
): Promise<Outcome<Ack, SaveRefusal>> {
  const [attempt] = judged.flatMap((one) => (one ? [one] : []));
  if (!attempt) return ackFromAttempt(ctx.pool, submission);
  if (attempt.isEarly) return refused('NOT_BEGUN');
  const sorted = await sortJudged(ctx, countLater, submission.attemptId, events, judged);
  const [conflict] = sorted.conflicts;
  return done({
    ...sorted,
    nextSeq: conflict ? (await findLastSeq(ctx.pool, submission.attemptId, conflict.epoch)) + 1 : null,
    ...standOf(attempt, submission.receivedAt),
  });
}

/**
 * The way every answer takes into the journal, from the exam page and from the plain form alike: concurrent submissions
 * share a statement, and each is answered only after its commit. Refuses NOT_FOUND for an attempt that is unknown or
 * another account's, NOT_BEGUN before its bell, TOO_MANY_ANSWERS above what the journal takes of one attempt.
 */
export function createSaveAnswers(ctx: Ctx): SaveAnswers {
  const append = createGroupCommit<readonly ReceivedEvent[], readonly (JudgedEvent | null)[]>({
    maxInFlight: MAX_IN_FLIGHT,
    worthAnother: WORTH_ANOTHER,
    maxWeight: MAX_EVENTS_PER_STATEMENT,
    weigh: (events) => events.length,
    mayBeOneBadItem: (error) => !isDatabaseAway(error),
    run: async (groups) => {
      const judged = await appendAnswers(ctx.pool, groups.flat());
      let at = 0;
      return groups.map((group) => judged.slice(at, (at += group.length)));
    },
  });
  const countLater = createCountLater(ctx);
  const hasRoom = createJournalRoom(ctx.pool);
  return async (submission) => {
    if (submission.events.length === 0) return ackFromAttempt(ctx.pool, submission);
    if (!(await hasRoom(submission.attemptId, submission.events))) return refused('TOO_MANY_ANSWERS');
    const events = received({ ...submission, deviceKeyHash: hashDeviceKey(submission.deviceKey) });
    return ackOf(ctx, countLater, submission, events, await append(events));
  };
}

const savers = new WeakMap<Pool, SaveAnswers>();

/** The one saver of this process for a database: requests share its statements, whoever sends them. */
export function saveAnswers(ctx: Ctx, submission: Submission): Promise<Outcome<Ack, SaveRefusal>> {
  const known = savers.get(ctx.pool);
  if (known) return known(submission);
  const made = createSaveAnswers({ ...ctx, actorId: null, requestId: 'shared-save' });
  savers.set(ctx.pool, made);
  return made(submission);
}

/**
 * The same way for answers that come without the device itself (a sealed file), in statements of their own. The caller
 * has authorised it and says whose key the answers stand under. What is stored, known and in conflict, as for any save.
 */
export async function journalAnswers(
  ctx: Ctx,
  submission: KeyedSubmission,
): Promise<Pick<AckBody, 'stored' | 'conflicts' | 'notOnPaper'>> {
  const events = received(submission);
  const countNow: CountLater = (some) => countBelated(ctx, some);
  const parts: Pick<AckBody, 'stored' | 'conflicts' | 'notOnPaper'>[] = [];
  for (let from = 0; from < events.length; from += MAX_EVENTS_PER_STATEMENT) {
    const some = events.slice(from, from + MAX_EVENTS_PER_STATEMENT);
    parts.push(
      await sortJudged(ctx, countNow, submission.attemptId, some, await appendAnswers(ctx.pool, some)),
    );
  }
  return {
    stored: parts.flatMap((part) => part.stored),
    conflicts: parts.flatMap((part) => part.conflicts),
    notOnPaper: parts.flatMap((part) => part.notOnPaper),
  };
}
