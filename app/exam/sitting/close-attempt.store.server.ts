import { z } from 'zod';
import type { JsonInput, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { GradedPaper } from '../result/grading.ts';
import { SECTIONS } from '../bank/question.ts';
import type { MarkedPaper } from '../paper/frozen-paper.ts';

const idRow = z.object({ id: z.string() });

/** A candidate's own closing, from the device on which the attempt goes on. */
export interface OwnClosing {
  readonly attemptId: string;
  readonly accountId: string;
  readonly deviceKeyHash: Buffer;
  /** Null when the time was over: then nobody handed in. */
  readonly handedInAt: Date | null;
}

/**
 * Compare-and-set: closes running attempts of these accounts on these devices, in the order of their ids, so that two
 * transactions never wait for each other. Returns the ids it closed: one is missing when it is closed already, whoever
 * was first (another hand-in, the sweep, the invigilator), or when it goes on elsewhere.
 */
export async function closeOwnAll(
  tx: Tx,
  closings: readonly OwnClosing[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const given = closings.map(({ deviceKeyHash, ...rest }) => ({
    ...rest,
    key: deviceKeyHash.toString('hex'),
  }));
  const rows = await tx.$queryRaw`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        as g("attemptId" uuid, "accountId" uuid, key text, "handedInAt" timestamptz)
    ), mine as (
      select a.id, g."handedInAt" from attempt a join given g on g."attemptId" = a.id and g."accountId" = a.account_id
      where a.state = 'in_progress' and a.device_key_hash = decode(g.key, 'hex')
      order by a.id for update of a
    )
    update attempt set state = 'finalised', handed_in_at = mine."handedInAt", finalised_at = ${now}
    from mine where attempt.id = mine.id returning attempt.id::text`;
  return new Set(
    z
      .array(idRow)
      .parse(rows)
      .map((row) => row.id),
  );
}

/** The same for one attempt. False when it was closed already or goes on elsewhere. */
export async function closeOwn(tx: Tx, closing: OwnClosing & { readonly now: Date }): Promise<boolean> {
  const { now, ...own } = closing;
  return (await closeOwnAll(tx, [own], now)).has(closing.attemptId);
}

/**
 * The same for attempts whose close_at has passed and that do not rest by an act of the invigilator; those another
 * process is closing are left to it, and so are those of `except`. Returns their ids.
 */
export async function closeDue(
  tx: Tx,
  input: { closedBefore: Date; now: Date; limit: number; except: readonly string[] },
): Promise<string[]> {
  const rows = await tx.$queryRaw`
    update attempt set state = 'finalised', finalised_at = ${input.now}
    where id in (select id from attempt where state = 'in_progress' and paused_at is null
        and close_at < ${input.closedBefore} and id <> all(${[...input.except]}::uuid[]) order by close_at limit ${input.limit} for update skip locked)
    returning id::text`;
  return z
    .array(idRow)
    .parse(rows)
    .map((row) => row.id);
}

const closedRow = z.object({
  attemptId: z.string(),
  epoch: z.number(),
  registrationId: z.string(),
  sittingId: z.string(),
  regionId: z.string(),
  personId: z.string(),
  unitId: z.string(),
  passMarkHundredths: z.number(),
  /** The bureau releases the results of this sitting and has not yet. */
  isWithheld: z.boolean(),
  multipleRule: z.literal('all_or_nothing'),
  /** Columns of the paper's items; a paper without one of them cannot be graded. */
  positions: z.array(z.int()).min(1),
  sections: z.array(z.enum(SECTIONS)),
  keys: z.array(z.array(z.string())),
  marks: z.array(z.int()),
});
type ClosedRow = z.infer<typeof closedRow>;
export type ClosedAttempt = Omit<ClosedRow, 'multipleRule' | 'positions' | 'sections' | 'keys' | 'marks'> & {
  readonly paper: MarkedPaper;
};

function closedAttempt({
  multipleRule,
  positions,
  sections,
  keys,
  marks,
  ...attempt
}: ClosedRow): ClosedAttempt {
  const items = positions.map((position, index) => {
    const [section, key, markHundredths] = [sections[index], keys[index], marks[index]];
    invariant(section && key && markHundredths !== undefined, 'every item of a paper has all of its parts');
    return { position, section, key, markHundredths };
  });
  return { ...attempt, paper: { multipleRule, items } };
}

/** SQL: one part of all items of the paper, in their order; the texts, most of a paper, stay where they are. */
const column = (part: string): string => `jsonb_path_query_array(i.items, '$[*].${part}')`;

const CLOSED_SQL = `
  select a.id::text as "attemptId", a.device_epoch as epoch, r.id::text as "registrationId",
    s.id::text as "sittingId", s.region_id::text as "regionId", r.person_id::text as "personId",
    r.unit_id::text as "unitId", p.pass_mark_hundredths as "passMarkHundredths",
    (s.result_release = 'by_bureau' and s.results_released_at is null) as "isWithheld",
    p.content ->> 'multipleRule' as "multipleRule", ${column('position')} as positions,
    ${column('section')} as sections, ${column('key')} as keys, ${column('markHundredths')} as marks
  from attempt a join paper p on p.id = a.paper_id
  cross join lateral (select p.content -> 'items' as items offset 0) i
  join exam_registration r on r.id = a.registration_id join exam_sitting s on s.id = r.sitting_id
  where a.id = any($1::uuid[]) order by a.id`;

export async function listClosed(tx: Tx, attemptIds: readonly string[]): Promise<ClosedAttempt[]> {
  const rows = await tx.$queryRawUnsafe(CLOSED_SQL, attemptIds);
  return z.array(closedRow).parse(rows).map(closedAttempt);
}

/** One version of a result, as graded. */
export interface GradedAttempt {
  readonly attempt: ClosedAttempt;
  readonly graded: GradedPaper;
  readonly passed: boolean;
  /** 1 with the closing; each later grading is the next. */
  readonly versionNo: number;
}

/** Why a result version is there: the closing itself, or what made it worth grading anew. */
export type ResultReason = 'graded' | 'received_in_time' | 'late_counted' | 'keyed_in';

/** Writes result versions; the same version of the same attempt twice breaks the unique key and with it the transaction. */
export async function insertResults(
  tx: Tx,
  results: readonly GradedAttempt[],
  how: { readonly reasonCode: ResultReason; readonly decidedBy: string | null; readonly gradedAt: Date },
): Promise<void> {
  const rows = results.map(({ attempt, graded, passed, versionNo }) => ({
    ...{ id: newId<'ExamResult'>(), attemptId: attempt.attemptId, versionNo, passed },
    score: graded.scoreHundredths,
    fullMark: graded.fullMarkHundredths,
    passMark: attempt.passMarkHundredths,
    sections: graded.sections,
    items: graded.items,
  }));
  await tx.$executeRaw`
    insert into exam_result (id, attempt_id, version_no, score_hundredths, full_mark_hundredths, pass_mark_hundredths,
      passed, sections, items, reason_code, decided_by, graded_at)
    select id, "attemptId", "versionNo", score, "fullMark", "passMark", passed, sections, items, ${how.reasonCode},
      ${how.decidedBy}::uuid, ${how.gradedAt}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id uuid, "attemptId" uuid, "versionNo" int, score int,
      "fullMark" int, "passMark" int, passed boolean, sections jsonb, items jsonb)`;
}

const lockedRow = z.object({ state: z.string(), lastVersion: z.number() });
export type LockedResult = z.infer<typeof lockedRow>;

/**
 * Waits for a release of the sitting's results that is under way, before anything of the attempt is locked or written:
 * what is told of a result comes whole before or whole after the release, in the order of the transactions.
 */
export async function holdSittingOf(tx: Tx, attemptId: string): Promise<void> {
  await tx.$executeRaw`
    select 1 from exam_sitting where id = (select r.sitting_id from attempt a
      join exam_registration r on r.id = a.registration_id where a.id = ${attemptId}::uuid) for share`;
}

/** Locks an attempt, so that its result versions are given one after the other; null when it is unknown. */
export async function lockResult(tx: Tx, attemptId: string): Promise<LockedResult | null> {
  await holdSittingOf(tx, attemptId);
  await tx.$queryRaw`select 1 from attempt where id = ${attemptId}::uuid for update`;
  const rows = await tx.$queryRaw`
    select a.state, coalesce((select max(r.version_no) from exam_result r where r.attempt_id = a.id), 0)::int
      as "lastVersion" from attempt a where a.id = ${attemptId}::uuid`;
  return z.array(lockedRow).parse(rows)[0] ?? null;
}

export async function appendAttemptEvents(
  tx: Tx,
  events: readonly {
    attemptId: string;
    kind: string;
    epoch: number;
    detail: JsonInput;
    actorId: string | null;
    occurredAt: Date;
  }[],
): Promise<void> {
  const rows = events.map((event) => ({ id: newId(), ...event }));
  await tx.$executeRaw`
    insert into attempt_event (id, attempt_id, kind, epoch, detail, actor_id, occurred_at)
    select id, "attemptId", kind, epoch, detail, "actorId", "occurredAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id uuid, "attemptId" uuid, kind text, epoch int,
      detail jsonb, "actorId" uuid, "occurredAt" timestamptz)`;
}
