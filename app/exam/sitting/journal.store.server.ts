import { z } from 'zod';
import { askTogether } from '#app/platform/db/ask-together.server.ts';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { fewRows } from '#app/platform/db/few-rows.ts';
import { newId } from '#app/platform/ids/id.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { EventKey, JournalEvent } from './fold.ts';

const STANDINGS = ['counted', 'late', 'foreign', 'after_hand_in'] as const;

/** One answer event on its way into the journal, with what decides its standing. */
export interface ReceivedEvent extends EventKey {
  readonly attemptId: string;
  readonly accountId: string;
  /** Hash of the key the sending device showed. */
  readonly deviceKeyHash: Buffer;
  readonly position: number;
  readonly choice: string;
  readonly clientTime: string | null;
  /** SHA-256 of what the event says. */
  readonly fingerprint: Buffer;
  readonly receivedAt: Date;
}

/**
 * Standing (design.md §3): what is not received before a hand-in counts no more; received after close_at, or not before
 * the moment at which an invigilator ended the attempt, is late, unless the exam rests; from another device or an older
 * epoch is foreign; everything else counts. The attempt is locked (for share) while its events are judged: whoever closes
 * it waits for them and then grades them, and who comes after sees it closed. Locked in the order of the attempts' ids, as
 * an invigilator's act on a room does, and inserted in the order of keys, so that two statements never wait for each other.
 *
 * Belated is what was received in time, before a hand-in, but is judged only after the closing: it counts, so it may only
 * be stored together with a new grading (`count-belated.server.ts`); this statement leaves it out and says so.
 *
 * Early is what comes before the bell of an attempt that waits for it: it is not stored and not named, so it stays on its
 * device and comes again.
 */
const APPEND_SQL = `
  with sent as (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[], $5::int[], $6::int[], $7::int[],
      $8::bytea[], $9::text[], $10::text[], $11::timestamptz[])
      as s(id, attempt_id, account_id, device_key_hash, epoch, seq, position, fingerprint, choice, client_time,
           received_at)
  ), locked as (
    select s.*, a.deadline_at, a.close_at, a.state, a.device_epoch, a.paused_at, a.notice_no,
      s.device_key_hash = a.device_key_hash as is_this_device,
      case when a.handed_in_at is not null and s.received_at >= a.handed_in_at then 'after_hand_in'
           when a.state not in ('in_progress', 'finalised') then 'late'
           when a.state = 'in_progress' and a.paused_at is null and s.received_at > a.close_at then 'late'
           when a.state = 'finalised' and (s.received_at > a.close_at or s.received_at >= a.finalised_at) then 'late'
           when s.epoch <> a.device_epoch or s.device_key_hash <> a.device_key_hash then 'foreign'
           else 'counted' end as standing,
      a.state = 'in_progress' and s.received_at < a.started_at as is_early
    from sent s join attempt a on a.id = s.attempt_id and a.account_id = s.account_id
      and s.position between 1 and a.item_count
    order by s.attempt_id for share of a
  ), judged as (
    select *, standing = 'counted' and state <> 'in_progress' as is_belated from locked
  ), stored as (
    insert into answer_event (id, attempt_id, epoch, seq, position, fingerprint, standing, received_at)
    select id, attempt_id, epoch, seq, position, fingerprint, standing, received_at from judged
    where not is_belated and not is_early order by attempt_id, epoch, seq
    on conflict (attempt_id, epoch, seq) do nothing
    returning id, standing
  ), payload as (
    insert into answer_payload (answer_event_id, choice, client_time)
    select stored.id, judged.choice, judged.client_time from stored join judged on judged.id = stored.id
  )
  select judged.id, stored.standing, judged.deadline_at as "deadlineAt", judged.close_at as "closeAt", judged.state,
    judged.device_epoch as "deviceEpoch", judged.is_this_device as "isThisDevice", judged.paused_at as "pausedAt",
    judged.notice_no as "noticeNo", judged.is_belated as "isBelated",
    judged.is_early as "isEarly"
  from judged left join stored on stored.id = judged.id`;

const judgedRow = z.object({
  id: z.string(),
  standing: z.enum(STANDINGS).nullable(),
  deadlineAt: z.date(),
  closeAt: z.date(),
  state: z.string(),
  deviceEpoch: z.number(),
  isThisDevice: z.boolean(),
  pausedAt: z.date().nullable(),
  noticeNo: z.number(),
  isBelated: z.boolean(),
  isEarly: z.boolean(),
});

/**
 * What became of one event, and how its attempt stands: `standing` null = its (epoch, seq) was there already, or it is
 * belated and waits for its grading, or early and waits for the bell.
 */
export type JudgedEvent = Omit<z.infer<typeof judgedRow>, 'id'>;

/**
 * Appends events of any number of attempts in one statement and returns after its commit. The result has one entry per
 * event, in their order; null = no such attempt of this account, or no such position on its paper.
 */
export async function appendAnswers(
  pool: Pool,
  events: readonly ReceivedEvent[],
): Promise<(JudgedEvent | null)[]> {
  const ids = events.map(() => newId<'AnswerEvent'>());
  const column = <T>(pick: (event: ReceivedEvent) => T): T[] => events.map(pick);
  const { rows } = await pool.query({
    name: 'exam-journal-append',
    text: APPEND_SQL,
    values: [
      ids,
      column((event) => event.attemptId),
      column((event) => event.accountId),
      column((event) => event.deviceKeyHash),
      column((event) => event.epoch),
      column((event) => event.seq),
      column((event) => event.position),
      column((event) => event.fingerprint),
      column((event) => event.choice),
      column((event) => event.clientTime),
      column((event) => event.receivedAt),
    ],
  });
  const judged = new Map(
    z
      .array(judgedRow)
      .parse(rows)
      .map((row) => [row.id, row]),
  );
  return ids.map((id) => judged.get(id) ?? null);
}

const knownRow = z.object({
  epoch: z.number(),
  seq: z.number(),
  fingerprint: z.instanceof(Buffer),
  standing: z.enum(STANDINGS),
});

/** The events already stored under these keys. */
export async function findKnownEvents(
  pool: Pool,
  attemptId: string,
  keys: readonly EventKey[],
): Promise<z.infer<typeof knownRow>[]> {
  const { rows } = await pool.query({
    name: 'exam-journal-known',
    text: `select e.epoch, e.seq, e.fingerprint, e.standing from answer_event e
           join unnest($2::int[], $3::int[]) as k(epoch, seq) on k.epoch = e.epoch and k.seq = e.seq
           where e.attempt_id = $1`,
    values: [attemptId, keys.map((key) => key.epoch), keys.map((key) => key.seq)],
  });
  return z.array(knownRow).parse(rows);
}

/** A page has a few at most; more are a program's, and one is as good as another. */
const MOST_CONFLICTS = 10_000;

/**
 * Keeps, as evidence, what came under a known key of one attempt but says something else: a repeat of the same once, and
 * nothing above `MOST_CONFLICTS`.
 */
export async function appendConflicts(pool: Pool, events: readonly ReceivedEvent[]): Promise<void> {
  if (events.length === 0) return;
  await pool.query({
    name: 'exam-journal-conflict',
    text: `insert into answer_conflict (id, attempt_id, epoch, seq, position, fingerprint, received_at)
           select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::int[], $6::bytea[], $7::timestamptz[])
           where (select count(*) from answer_conflict where attempt_id = any($2::uuid[])) < ${MOST_CONFLICTS}
           on conflict (attempt_id, epoch, seq, fingerprint) do nothing`,
    values: [
      events.map(() => newId()),
      events.map((event) => event.attemptId),
      events.map((event) => event.epoch),
      events.map((event) => event.seq),
      events.map((event) => event.position),
      events.map((event) => event.fingerprint),
      events.map((event) => event.receivedAt),
    ],
  });
}

/**
 * Stores events of one attempt whose standing is known, in the transaction that has locked the attempt; what is there
 * already stays. Returns how many were new.
 */
export async function appendJudged(
  tx: Tx,
  events: readonly ReceivedEvent[],
  standing: (typeof STANDINGS)[number],
): Promise<number> {
  const rows = events.map((event) => ({ id: newId<'AnswerEvent'>(), event }));
  await tx.answerEvent.createMany({
    data: rows.map(({ id, event: { attemptId, epoch, seq, position, fingerprint, receivedAt } }) => ({
      ...{ id, attemptId, epoch, seq, position, standing, receivedAt },
      fingerprint: new Uint8Array(fingerprint),
    })),
    skipDuplicates: true,
  });
  const fresh = await tx.answerEvent.findMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    select: { id: true },
  });
  const isFresh = new Set(fresh.map(({ id }) => id));
  await tx.answerPayload.createMany({
    data: rows
      .filter(({ id }) => isFresh.has(id))
      .map(({ id, event: { choice, clientTime } }) => ({ answerEventId: id, choice, clientTime })),
  });
  return isFresh.size;
}

/** Highest sequence number stored for an epoch; 0 when there is none. */
export async function findLastSeq(pool: Pool, attemptId: string, epoch: number): Promise<number> {
  const { rows } = await pool.query({
    name: 'exam-journal-last-seq',
    text: `select coalesce(max(seq), 0)::int as seq from answer_event where attempt_id = $1 and epoch = $2`,
    values: [attemptId, epoch],
  });
  return z.array(z.object({ seq: z.number() })).parse(rows)[0]?.seq ?? 0;
}

const countedRow = z.object({ seq: z.number().nullable(), choice: z.string().nullable() });

/**
 * What counts for an answer's question in its epoch, where the very same answer, told by the device's clock, is among the
 * counted ones, whether or not a later one has overtaken it; null where it is none of them. In the order asked.
 */
export async function findCounted(
  pool: Pool,
  attemptId: string,
  events: readonly ReceivedEvent[],
): Promise<({ readonly seq: number; readonly choice: string } | null)[]> {
  const { rows } = await pool.query({
    name: 'exam-journal-counts-now',
    text: `with counted as materialized (
             select e.epoch, e.position, e.seq, p.choice, p.client_time
             from answer_event e join answer_payload p on p.answer_event_id = e.id
             where e.attempt_id = $1 and e.epoch = any($2::int[]) and e.position = any($3::int[])
               and e.standing = 'counted'),
           newest as (
             select distinct on (epoch, position) epoch, position, seq, choice from counted
             order by epoch, position, seq desc)
           select n.seq, n.choice
           from unnest($2::int[], $3::int[], $4::text[], $5::text[])
             with ordinality as q(epoch, position, choice, client_time, n_asked)
           left join (select distinct epoch, position, choice, client_time from counted) same
             on same.epoch = q.epoch and same.position = q.position and same.choice = q.choice
               and same.client_time = q.client_time
           left join newest n on n.epoch = same.epoch and n.position = same.position
           order by q.n_asked`,
    values: [
      attemptId,
      events.map((event) => event.epoch),
      events.map((event) => event.position),
      events.map((event) => event.choice),
      events.map((event) => event.clientTime),
    ],
  });
  return z
    .array(countedRow)
    .parse(rows)
    .map(({ seq, choice }) => (seq === null || choice === null ? null : { seq, choice }));
}

/** Columns of events rather than events: epochs, numbers, positions, choices; null where there are none. */
const columns = <T extends z.ZodType>(of: T) => z.array(of).nullable();
const eventColumns = z.tuple([
  columns(z.number()),
  columns(z.number()),
  columns(z.number()),
  columns(z.string()),
]);

function eventsOf([epochs, seqs, positions, choices]: z.infer<typeof eventColumns>): JournalEvent[] {
  return (epochs ?? []).flatMap((epoch, index): JournalEvent[] => {
    const [seq, position, choice] = [seqs?.[index], positions?.[index], choices?.[index]];
    invariant(seq !== undefined && position !== undefined && choice !== undefined, 'columns of one length');
    return [{ epoch, seq, position, choice, standing: 'counted' }];
  });
}

/**
 * SQL: the events of one attempt, each with its choice. The choice is looked up event by event, whatever the planner knows
 * of the tables: on a first exam day it knows nothing yet, and would read the answers of everybody for those of a few.
 * @param attemptId SQL expression
 */
const eventsSql = (attemptId: string): string => `
  select e.id, e.epoch, e.seq, e.position, e.standing, e.received_at, p.choice from answer_event e
  left join lateral (select choice from answer_payload where answer_event_id = e.id limit 1) p on true
  where e.attempt_id = ${attemptId}`;

const journalRow = z.object({
  attemptId: z.string(),
  epoch: z.number(),
  seq: z.number(),
  position: z.number(),
  choice: z.string(),
  standing: z.enum(STANDINGS),
  receivedAt: z.date(),
});
export type StoredEvent = JournalEvent & { readonly attemptId: string; readonly receivedAt: Date };

/** The counted events of one attempt. */
export async function listCountedEvents(pool: Pool, attemptId: string): Promise<StoredEvent[]> {
  const { rows } = await pool.query({
    name: 'exam-journal-counted',
    text: `select $1::text as "attemptId", e.epoch, e.seq, e.position, e.choice, e.standing,
             e.received_at as "receivedAt"
           from (${eventsSql('$1::uuid')} and e.standing = 'counted') e where e.choice is not null`,
    values: [attemptId],
  });
  return z.array(journalRow).parse(rows);
}

/** SQL: `eventColumns` of those events of `e` for which the condition holds. */
const columnsSql = (condition: string): string =>
  `json_build_array(${['epoch', 'seq', 'position', 'choice']
    .map((column) => `array_agg(e.${column}) filter (where ${condition} and e.choice is not null)`)
    .join(', ')})`;

const journalRowOfPage = z.object({
  events: eventColumns,
  lastSeq: z.number(),
  savedAt: z.date().nullable(),
});

/** What a page shows of the journal. */
export interface PageJournal {
  /** The counted events. */
  readonly events: readonly JournalEvent[];
  /** Highest sequence number stored for the epoch, whatever it is worth; 0 when there is none. */
  readonly lastSeq: number;
  /** When the last counted event was received. */
  readonly savedAt: Date | null;
}

interface PageAsked {
  readonly attemptId: string;
  /** The device's that is shown. */
  readonly epoch: number;
}

/** Pages in one statement; their journals are some ten kilobytes each. */
const MAX_PAGES = 32;

const askPageJournals = askTogether<PageAsked, PageJournal>(MAX_PAGES, async (pool, asked) => {
  const { rows } = await pool.query({
    name: 'exam-journal-page',
    text: `select x.* from ${fewRows('unnest($1::uuid[], $2::int[]) with ordinality', '$3')} as g(id, epoch, n)
           cross join lateral (
             select g.n, ${columnsSql(`e.standing = 'counted'`)} as events,
               coalesce(max(e.seq) filter (where e.epoch = g.epoch), 0)::int as "lastSeq",
               max(e.received_at) filter (where e.standing = 'counted') as "savedAt"
             from (${eventsSql('g.id')}) e) x order by x.n`,
    values: [asked.map(({ attemptId }) => attemptId), asked.map(({ epoch }) => epoch), asked.length],
  });
  return z
    .array(journalRowOfPage)
    .parse(rows)
    .map(({ events, ...row }) => ({ ...row, events: eventsOf(events) }));
});

/** The journal of one attempt as its page is rendered from it. @param epoch the device's that is shown */
export const findPageJournal = (pool: Pool, attemptId: string, epoch: number): Promise<PageJournal> =>
  askPageJournals(pool, { attemptId, epoch });

const COUNTED_SQL = `
  select g.id::text as "attemptId", x.events from unnest($1::uuid[]) as g(id) cross join lateral (
    select ${columnsSql('true')} as events from (${eventsSql('g.id')} and (e.standing = 'counted' or exists (
      select 1 from late_decision_answer l join late_decision d on d.id = l.late_decision_id
      where l.answer_event_id = e.id and d.state = 'confirmed'))) e) x`;

const gradedRow = z.object({ attemptId: z.string(), events: eventColumns });

/**
 * What counts of these attempts, inside the transaction that has closed or locked them: the counted events, and the late
 * ones that a decision has counted (断网补传). By attempt.
 */
export async function listCountedEventsOf(
  tx: Tx,
  attemptIds: readonly string[],
): Promise<ReadonlyMap<string, readonly JournalEvent[]>> {
  const rows = await tx.$queryRawUnsafe(COUNTED_SQL, attemptIds);
  return new Map(
    z
      .array(gradedRow)
      .parse(rows)
      .map(({ attemptId, events }) => [attemptId, eventsOf(events)]),
  );
}
