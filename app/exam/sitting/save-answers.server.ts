import { createHash } from 'node:crypto';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { findAttemptClock } from './attempt.store.server.ts';
import { isClosed } from './deadline.ts';
import { hashDeviceKey } from './device.server.ts';
import type { EventKey, Standing } from './fold.ts';
import { createGroupCommit } from './group-commit.ts';
import type { JudgedEvent, ReceivedEvent } from './journal.store.server.ts';
import { appendAnswers, appendConflicts, findKnownEvents, findLastSeq } from './journal.store.server.ts';

/** With more, statements only wait for each other's locks and log flushes (design.md §6, grouped saves). */
const MAX_IN_FLIGHT = 2;
const MAX_EVENTS_PER_STATEMENT = 1_000;

export interface SentAnswer extends EventKey {
  readonly position: number;
  readonly choice: string;
  readonly clientTime: string | null;
}

/** What one request of one device brings for one attempt. */
export interface Submission {
  readonly attemptId: string;
  readonly accountId: string;
  readonly deviceKey: string;
  readonly receivedAt: Date;
  readonly events: readonly SentAnswer[];
}

/** The truth about a submission, after commit. */
export interface Ack {
  /** Every event that lies in the journal now, and what it is worth there. Only these may leave the device. */
  readonly stored: readonly (EventKey & { readonly standing: Standing })[];
  /** Known under the same key with other content; kept as evidence, not counted, to be sent again under a new key. */
  readonly conflicts: readonly EventKey[];
  /** First free sequence number of the epoch; only with conflicts. */
  readonly nextSeq: number | null;
  readonly deadlineAt: Date;
  readonly closeAt: Date;
  readonly isOpen: boolean;
  /** False when the attempt goes on elsewhere: this page must stop writing. */
  readonly isThisDevice: boolean;
}

export type SaveRefusal = 'NOT_FOUND' | 'NOT_ON_PAPER';
export type SaveAnswers = (submission: Submission) => Promise<Outcome<Ack, SaveRefusal>>;

/** What an event says, as 32 bytes: a repeat has the same, anything else another. */
export function fingerprintOf(attemptId: string, event: SentAnswer): Buffer {
  const { epoch, seq, position, choice, clientTime } = event;
  return createHash('sha256')
    .update(`${attemptId}\n${epoch}\n${seq}\n${position}\n${choice}\n${clientTime ?? ''}`)
    .digest();
}

function received(submission: Submission): ReceivedEvent[] {
  const { attemptId, accountId, receivedAt } = submission;
  const deviceKeyHash = hashDeviceKey(submission.deviceKey);
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

/** Sorts out events whose keys were known: repeats are saved, others are conflicts and kept as evidence. */
async function resolveKnown(pool: Pool, attemptId: string, known: readonly ReceivedEvent[]) {
  const rows = new Map(
    (await findKnownEvents(pool, attemptId, known)).map((row) => [keyText(row), row]),
  );
  const same = known.flatMap((event) => {
    const row = rows.get(keyText(event));
    const isRepeat = row?.fingerprint.equals(event.fingerprint) ?? false;
    return row && isRepeat ? [{ epoch: row.epoch, seq: row.seq, standing: row.standing }] : [];
  });
  const sameKeys = new Set(same.map(keyText));
  const conflicting = known.filter((event) => !sameKeys.has(keyText(event)));
  await appendConflicts(pool, conflicting);
  return { same, conflicting };
}

async function ackOf(
  pool: Pool,
  submission: Submission,
  events: readonly ReceivedEvent[],
  judged: readonly JudgedEvent[],
): Promise<Ack> {
  const stored = events.flatMap((event, index) => {
    const standing = judged[index]?.standing;
    return standing ? [{ epoch: event.epoch, seq: event.seq, standing }] : [];
  });
  const known = events.filter((_, index) => judged[index]?.standing === null);
  const { same, conflicting } =
    known.length > 0
      ? await resolveKnown(pool, submission.attemptId, known)
      : { same: [], conflicting: [] };
  const [first] = conflicting;
  const all = [...stored, ...same];
  // Every event of a submission was judged against the same attempt row.
  const { deadlineAt, closeAt, state } = judged[0] ?? failWithoutEvents();
  return {
    stored: all,
    conflicts: conflicting.map(({ epoch, seq }) => ({ epoch, seq })),
    nextSeq: first ? (await findLastSeq(pool, submission.attemptId, first.epoch)) + 1 : null,
    deadlineAt,
    closeAt,
    isOpen: state === 'in_progress' && !isClosed(submission.receivedAt, closeAt),
    isThisDevice: all.every((event) => event.standing !== 'foreign'),
  };
}

function failWithoutEvents(): never {
  throw new Error('a submission without events is answered from the attempt itself');
}

/** A submission without events asks for the time and the state. */
async function ackOfNothing(pool: Pool, submission: Submission): Promise<Outcome<Ack, SaveRefusal>> {
  const clock = await findAttemptClock(pool, submission.attemptId, submission.accountId);
  if (!clock) return refused('NOT_FOUND');
  return done({
    stored: [],
    conflicts: [],
    nextSeq: null,
    deadlineAt: clock.deadlineAt,
    closeAt: clock.closeAt,
    isOpen: clock.state === 'in_progress' && !isClosed(submission.receivedAt, clock.closeAt),
    isThisDevice: clock.deviceKeyHash.equals(hashDeviceKey(submission.deviceKey)),
  });
}

/**
 * The way every answer takes into the journal, from the exam page and from the plain form alike: concurrent submissions
 * share a statement, and each is answered only after its commit. Refuses NOT_FOUND for an attempt that is unknown or
 * another account's, NOT_ON_PAPER when a position does not exist (its other events are stored and acknowledged on repeat).
 */
export function createSaveAnswers(pool: Pool): SaveAnswers {
  const append = createGroupCommit<readonly ReceivedEvent[], readonly (JudgedEvent | null)[]>({
    maxInFlight: MAX_IN_FLIGHT,
    maxWeight: MAX_EVENTS_PER_STATEMENT,
    weigh: (events) => events.length,
    run: async (groups) => {
      const judged = await appendAnswers(pool, groups.flat());
      let at = 0;
      return groups.map((group) => judged.slice(at, (at += group.length)));
    },
  });
  return async (submission) => {
    if (submission.events.length === 0) return ackOfNothing(pool, submission);
    const events = received(submission);
    const results = await append(events);
    const judged = results.flatMap((one) => (one ? [one] : []));
    if (judged.length === events.length) return done(await ackOf(pool, submission, events, judged));
    const owned = await findAttemptClock(pool, submission.attemptId, submission.accountId);
    return refused(owned ? 'NOT_ON_PAPER' : 'NOT_FOUND');
  };
}

const savers = new WeakMap<Pool, SaveAnswers>();

/** The one saver of this process for a database. */
export function saveAnswers(pool: Pool, submission: Submission): Promise<Outcome<Ack, SaveRefusal>> {
  const known = savers.get(pool);
  if (known) return known(submission);
  const made = createSaveAnswers(pool);
  savers.set(pool, made);
  return made(submission);
}
