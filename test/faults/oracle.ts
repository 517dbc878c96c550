import { z } from 'zod';
import { foldAnswers } from '#app/exam/sitting/fold.ts';
import type { SentAnswer } from '#app/exam/sitting/wire.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import { fingerprintOf } from '#app/exam/sitting/save-answers.server.ts';
import type { Record } from './record.ts';
import { answerText } from './record.ts';

const eventRow = z.object({
  attemptId: z.string(),
  epoch: z.number(),
  seq: z.number(),
  position: z.number(),
  choice: z.string(),
  clientTime: z.string().nullable(),
  standing: z.enum(['counted', 'late', 'foreign', 'after_hand_in']),
  isInTime: z.boolean(),
  isBeforeStart: z.boolean(),
  /** Of the device the attempt ended on. */
  isLastEpoch: z.boolean(),
});
type EventRow = z.infer<typeof eventRow>;

const attemptRow = z.object({
  attemptId: z.string(),
  state: z.string(),
  isHandedIn: z.boolean(),
  results: z.number(),
  gradings: z.number(),
  regradings: z.number(),
  closings: z.number(),
  finalised: z.number(),
  facts: z.number(),
  files: z.number(),
  graded: z.array(z.object({ position: z.number(), choice: z.string() })).nullable(),
});

async function readEvents(pool: Pool, attemptIds: readonly string[]): Promise<EventRow[]> {
  const { rows } = await pool.query(
    `select e.attempt_id as "attemptId", e.epoch, e.seq, e.position, p.choice, p.client_time as "clientTime",
       e.standing, e.received_at <= a.close_at as "isInTime", e.received_at < a.started_at as "isBeforeStart",
       e.epoch = a.device_epoch as "isLastEpoch"
     from answer_event e join answer_payload p on p.answer_event_id = e.id join attempt a on a.id = e.attempt_id
     where e.attempt_id = any($1::uuid[])`,
    [attemptIds],
  );
  return z.array(eventRow).parse(rows);
}

async function readAttempts(pool: Pool, attemptIds: readonly string[]) {
  const { rows } = await pool.query(
    `select a.id as "attemptId", a.state, a.handed_in_at is not null as "isHandedIn",
       (select count(*)::int from exam_result r where r.attempt_id = a.id) as results,
       (select count(*)::int from exam_result r where r.attempt_id = a.id and r.reason_code = 'graded') as gradings,
       (select count(*)::int from attempt_event v where v.attempt_id = a.id and v.kind = 'regraded') as regradings,
       (select count(*)::int from attempt_event v where v.attempt_id = a.id and v.kind in ('handed_in', 'expired'))
         as closings,
       (select count(*)::int from attempt_event v where v.attempt_id = a.id and v.kind = 'finalised') as finalised,
       (select count(*)::int from outbox_event o where o.topic = 'exam.finalised' and o.key like a.id || ':%') as facts,
       (select count(*)::int from sealed_file f where f.attempt_id = a.id) as files,
       (select items from exam_result r where r.attempt_id = a.id order by version_no desc limit 1) as graded
     from attempt a where a.id = any($1::uuid[])`,
    [attemptIds],
  );
  return z.array(attemptRow).parse(rows);
}

/** What came under a number that something else had, by fingerprint: true when it came after the end of its attempt. */
async function readConflicts(pool: Pool, attemptIds: readonly string[]): Promise<Conflicts> {
  const { rows } = await pool.query(
    `select encode(c.fingerprint, 'hex') as hash,
       c.received_at > a.close_at or c.received_at >= a.finalised_at as "isAfterEnd"
     from answer_conflict c join attempt a on a.id = c.attempt_id where c.attempt_id = any($1::uuid[])`,
    [attemptIds],
  );
  return new Map(
    z
      .array(z.object({ hash: z.string(), isAfterEnd: z.boolean() }))
      .parse(rows)
      .map((row) => [row.hash, row.isAfterEnd]),
  );
}
type Conflicts = ReadonlyMap<string, boolean>;

/**
 * Whether an answer that is not in the journal may be evidence beside it: only one that a later answer of its position
 * has overtaken, that belongs to a device the attempt has left, or that came after the end.
 */
function mayBeEvidence(
  record: Record,
  texts: ReadonlyMap<string, readonly EventRow[]>,
  conflicts: Conflicts,
): (text: string, event: SentAnswer) => boolean {
  // Also a later answer that died with its page's memory may have reached the server, and overtakes.
  const given = [...record.given];
  const lastEpoch = Math.max(...[...record.entered.values()].map((event) => event.epoch));
  return (text, event) => {
    const isAfterEnd = conflicts.get(fingerprintOf(record.attemptId, event).toString('hex'));
    if (isAfterEnd === undefined) return false;
    const place = given.findIndex(([other]) => other === text);
    const isOvertaken = given
      .slice(place + 1)
      .some(([other, later]) => later.position === event.position && texts.has(other));
    return isAfterEnd || isOvertaken || event.epoch < lastEpoch;
  };
}

/** What the run proved, in numbers; the list of wrongs has to be empty, and nobody's older answer may win. */
export interface Verdict {
  readonly attempts: number;
  /** Result versions that exist because something received by close_at was committed after the closing. */
  readonly regraded: number;
  readonly journal: number;
  readonly entered: number;
  readonly acknowledged: number;
  /** Came under a number that something else had: evidence beside the journal (design.md §3, Answer events). */
  readonly overtaken: number;
  readonly byStanding: { readonly [standing: string]: number };
  /** Positions where an answer counts though one that was given later counts, too, under a lower number. */
  readonly olderWins: number;
  readonly wrongs: readonly string[];
}

const told = (events: readonly EventRow[]): string =>
  events.map(({ epoch, seq, standing }) => `${epoch}.${seq} ${standing}`).join(', ');

function wrongsOfRecord(record: Record, events: readonly EventRow[], conflicts: Conflicts): string[] {
  const byKey = new Map(events.map((event) => [`${event.epoch}.${event.seq}`, event]));
  const texts = new Map<string, EventRow[]>();
  for (const event of events) texts.set(answerText(event), [...(texts.get(answerText(event)) ?? []), event]);
  const at = `attempt ${record.attemptId}`;
  const isEvidence = mayBeEvidence(record, texts, conflicts);
  const lost = [...record.acknowledged].filter(([key]) => !byKey.has(key));
  const changed = [...record.acknowledged].filter(
    ([key, standing]) => byKey.has(key) && byKey.get(key)?.standing !== standing,
  );
  const missing = [...record.entered].filter(([text, event]) => !texts.has(text) && !isEvidence(text, event));
  const twice = [...texts].filter(([, same]) => same.filter((one) => one.standing === 'counted').length > 1);
  return [
    ...lost.map(([key]) => `${at}: acknowledged ${key} is not in the journal`),
    ...changed.map(([key, standing]) => `${at}: ${key} was acknowledged as ${standing} and is not`),
    ...missing.map(
      ([text, event]) =>
        `${at}: entered “${text}” (${event.epoch}.${event.seq}) never reached the journal` +
        (conflicts.has(fingerprintOf(record.attemptId, event).toString('hex')) ? ', though beside it' : ''),
    ),
    ...twice.map(([text, same]) => `${at}: “${text}” counts twice (${told(same)})`),
    ...straying(record, events).map((text) => `${at}: “${text}” counts, of a machine that was left`),
    ...record.wrongs,
  ];
}

/**
 * Positions whose last counted answer is not the one that was given last, on the device the attempt ended on.
 */
function olderWins(record: Record, events: readonly EventRow[]): number {
  const counted = events.filter((event) => event.standing === 'counted' && event.isLastEpoch);
  const order = [...record.given.keys()];
  const lastOf = (compare: (a: EventRow, b: EventRow) => number) =>
    new Map([...counted].sort(compare).map((event) => [event.position, answerText(event)]));
  const byNumber = lastOf((a, b) => a.seq - b.seq);
  const byGiving = lastOf((a, b) => order.indexOf(answerText(a)) - order.indexOf(answerText(b)));
  return [...byNumber].filter(([position, text]) => byGiving.get(position) !== text).length;
}

/** What counts though it was given at a machine without network that the attempt had left by the time it came. */
function straying({ stray }: Record, events: readonly EventRow[]): string[] {
  if (stray === null) return [];
  return events
    .filter(({ epoch, standing }) => epoch === stray.epoch && standing === 'counted')
    .map(answerText)
    .filter((text) => !stray.before.has(text));
}

function wrongsOfAttempt(
  attempt: z.infer<typeof attemptRow>,
  events: readonly EventRow[],
  files: number,
): string[] {
  const at = `attempt ${attempt.attemptId}`;
  // What was received in time but judged after the closing is graded in a version of its own, with a fact of its own.
  const { gradings, regradings } = attempt;
  const versions = [attempt.results - regradings, attempt.facts - regradings];
  const once = [gradings, ...versions, attempt.closings, attempt.finalised];
  const wrongs: string[] = [];
  if (attempt.state !== 'finalised' || once.some((count) => count !== 1))
    wrongs.push(
      `${at}: closed ${attempt.state} with ${once.join('/')} gradings/results/facts/closings/finalisings`,
    );
  if (attempt.files !== files) wrongs.push(`${at}: ${attempt.files} sealed files are kept of ${files}`);
  for (const event of events) {
    const key = `${event.epoch}.${event.seq}`;
    if (event.isBeforeStart) wrongs.push(`${at}: ${key} was stored before the exam had begun`);
    if (event.standing === 'foreign' && event.isLastEpoch)
      wrongs.push(`${at}: ${key} does not count though it is of the device of the attempt`);
    if (event.standing === 'counted' && !event.isInTime) wrongs.push(`${at}: ${key} counts but came late`);
    if (event.standing === 'late' && event.isInTime) wrongs.push(`${at}: ${key} came in time but is late`);
    if (event.standing === 'after_hand_in' && !attempt.isHandedIn)
      wrongs.push(`${at}: ${key} is after a hand-in that was none`);
  }
  const counted = Object.fromEntries(foldAnswers(events));
  const graded = Object.fromEntries(
    (attempt.graded ?? []).filter(({ choice }) => choice !== '').map((item) => [item.position, item.choice]),
  );
  if (JSON.stringify(counted) !== JSON.stringify(graded))
    wrongs.push(`${at}: graded is not what was counted`);
  return wrongs;
}

/**
 * The oracle of issue 5: every acknowledged event is in the journal as acknowledged; graded is exactly what was received
 * by close_at; every entered event of a surviving device is there, late ones as late; none counts twice; every attempt
 * is closed exactly once. Nothing is stored before the bell; what a machine without network holds of an attempt that has
 * moved on never counts; every sealed file is kept once.
 */
export async function judge(pool: Pool, records: readonly Record[]): Promise<Verdict> {
  const attemptIds = records.map((record) => record.attemptId);
  const events = await readEvents(pool, attemptIds);
  const attempts = await readAttempts(pool, attemptIds);
  const conflicts = await readConflicts(pool, attemptIds);
  const byAttempt = new Map(attemptIds.map((id) => [id, events.filter((event) => event.attemptId === id)]));
  const filesOf = new Map(records.map((record) => [record.attemptId, record.files]));
  const byStanding: { [standing: string]: number } = {};
  for (const event of events) byStanding[event.standing] = (byStanding[event.standing] ?? 0) + 1;
  return {
    attempts: attempts.length,
    regraded: attempts.reduce((sum, attempt) => sum + attempt.regradings, 0),
    journal: events.length,
    entered: records.reduce((sum, record) => sum + record.entered.size, 0),
    acknowledged: records.reduce((sum, record) => sum + record.acknowledged.size, 0),
    overtaken: conflicts.size,
    byStanding,
    olderWins: records.reduce(
      (sum, record) => sum + olderWins(record, byAttempt.get(record.attemptId) ?? []),
      0,
    ),
    wrongs: [
      ...records.flatMap((record) =>
        wrongsOfRecord(record, byAttempt.get(record.attemptId) ?? [], conflicts),
      ),
      ...attempts.flatMap((attempt) =>
        wrongsOfAttempt(attempt, byAttempt.get(attempt.attemptId) ?? [], filesOf.get(attempt.attemptId) ?? 0),
      ),
    ],
  };
}
