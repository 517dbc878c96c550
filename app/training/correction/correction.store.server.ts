import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Reader } from '../rows.store.server.ts';
import { readRows } from '../rows.store.server.ts';
import type { CorrectionState } from './correction.ts';
import { CORRECTION_ORIGINS, CORRECTION_REASONS, CORRECTION_STATES } from './correction.ts';

const correctionRow = z.object({
  id: z.string(),
  entryId: z.string(),
  personId: z.string(),
  personName: z.string(),
  unitId: z.string(),
  origin: z.enum(CORRECTION_ORIGINS),
  state: z.enum(CORRECTION_STATES),
  objection: z.string().nullable(),
  wantedSeconds: z.number().nullable(),
  reasonCode: z.enum(CORRECTION_REASONS).nullable(),
  reason: z.string().nullable(),
  objectedBy: z.string().nullable(),
  objectedByKey: z.string().nullable(),
  filedBy: z.string().nullable(),
  filedByKey: z.string().nullable(),
  filedAt: z.date(),
  decidedAt: z.date().nullable(),
  note: z.string().nullable(),
  version: z.number(),
  entryTitle: z.string(),
  entryDay: z.string(),
  entrySeconds: z.number(),
});
export type HourCorrection = z.infer<typeof correctionRow>;

const SELECT = `select c.id::text, c.entry_id::text as "entryId", c.person_id::text as "personId", p.name as "personName",
    c.unit_id::text as "unitId", c.origin, c.state, c.objection, c.wanted_seconds as "wantedSeconds",
    c.reason_code as "reasonCode", c.reason, c.objected_by::text as "objectedBy",
    coalesce(o.person_id, o.id)::text as "objectedByKey", c.filed_by::text as "filedBy",
    coalesce(f.person_id, f.id)::text as "filedByKey", c.filed_at as "filedAt", c.decided_at as "decidedAt", c.note,
    c.version, e.title as "entryTitle", e.occurred_day::text as "entryDay", e.credit_seconds as "entrySeconds"
  from hour_correction c join person p on p.id = c.person_id join hour_entry e on e.id = c.entry_id
    left join account o on o.id = c.objected_by left join account f on f.id = c.filed_by`;

export async function findCorrection(reader: Reader, correctionId: string): Promise<HourCorrection | null> {
  const rows = await readRows(reader, `${SELECT} where c.id = $1::uuid`, [correctionId]);
  return z.array(correctionRow).parse(rows)[0] ?? null;
}

/** Locked until the transaction ends. */
export async function lockCorrection(tx: Tx, correctionId: string): Promise<HourCorrection | null> {
  const rows = await readRows(tx, `${SELECT} where c.id = $1::uuid for update of c`, [correctionId]);
  return z.array(correctionRow).parse(rows)[0] ?? null;
}

/** Requests and objections about one person's entries, newest first. */
export async function listCorrectionsOfPerson(
  reader: Reader,
  personId: string,
  limit: number,
): Promise<HourCorrection[]> {
  const rows = await readRows(
    reader,
    `${SELECT} where c.person_id = $1::uuid order by c.filed_at desc, c.id desc limit $2`,
    [personId, limit],
  );
  return z.array(correctionRow).parse(rows);
}

export interface CorrectionQuery {
  readonly page: number;
  readonly size: number;
  readonly direction: 'asc' | 'desc';
  /** Part of name or title; empty for all. */
  readonly text: string;
  readonly state?: CorrectionState | undefined;
}

const MATCHES = `where c.unit_id = any($1::uuid[]) and ($2 = '' or p.name like $2 or e.title like $2)
  and ($3::text is null or c.state = $3)`;

const valuesOf = (unitIds: readonly string[], { text, state }: CorrectionQuery): unknown[] => [
  [...unitIds],
  text === '' ? '' : `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`,
  state ?? null,
];

/** Requests of the units, one page of them. */
export async function listCorrections(
  pool: Pool,
  unitIds: readonly string[],
  query: CorrectionQuery,
): Promise<HourCorrection[]> {
  const rows = await readRows(
    pool,
    `${SELECT} ${MATCHES} order by c.filed_at ${query.direction === 'asc' ? 'asc' : 'desc'}, c.id limit $4 offset $5`,
    [...valuesOf(unitIds, query), query.size, (query.page - 1) * query.size],
  );
  return z.array(correctionRow).parse(rows);
}

export async function countCorrections(
  pool: Pool,
  unitIds: readonly string[],
  query: CorrectionQuery,
): Promise<number> {
  const rows = await readRows(
    pool,
    `select count(*)::int as count from hour_correction c join person p on p.id = c.person_id
     join hour_entry e on e.id = c.entry_id ${MATCHES}`,
    valuesOf(unitIds, query),
  );
  return z.array(z.object({ count: z.number() })).parse(rows)[0]?.count ?? 0;
}

export interface NewCorrection {
  readonly id: string;
  readonly entryId: string;
  readonly personId: string;
  readonly unitId: string;
  readonly origin: HourCorrection['origin'];
  readonly state: 'objected' | 'filed';
  readonly objection: string | null;
  readonly wantedSeconds: number | null;
  readonly reasonCode: string | null;
  readonly reason: string | null;
  readonly objectedBy: string | null;
  readonly filedBy: string | null;
  readonly filedAt: Date;
}

/** @returns false when another request about the entry waits */
export async function insertCorrection(tx: Tx, correction: NewCorrection): Promise<boolean> {
  const { count } = await tx.hourCorrection.createMany({ data: [correction], skipDuplicates: true });
  return count === 1;
}

export interface CorrectionMove {
  readonly to: CorrectionState;
  readonly set: Partial<
    Pick<NewCorrection, 'wantedSeconds' | 'reasonCode' | 'reason' | 'filedBy' | 'filedAt'>
  >;
  readonly decided: {
    readonly by: string;
    readonly personId: string | null;
    readonly at: Date;
    readonly note: string | null;
  } | null;
}

/** Moves a request by condition: of two who decide at once one wins. @returns false when it moved meanwhile */
export async function moveCorrection(
  tx: Tx,
  correction: Pick<HourCorrection, 'id' | 'state' | 'version'>,
  { to, set, decided }: CorrectionMove,
): Promise<boolean> {
  const { count } = await tx.hourCorrection.updateMany({
    where: { id: correction.id, state: correction.state, version: correction.version },
    data: {
      ...set,
      state: to,
      version: { increment: 1 },
      ...(decided === null
        ? {}
        : {
            decidedBy: decided.by,
            decidedPersonId: decided.personId,
            decidedAt: decided.at,
            note: decided.note,
          }),
    },
  });
  return count === 1;
}

export async function appendCorrectionEvent(
  tx: Tx,
  correctionId: string,
  event: {
    readonly kind: CorrectionState;
    readonly note: string | null;
    readonly actorId: string | null;
    readonly at: Date;
  },
): Promise<void> {
  const { kind, note, actorId, at } = event;
  await tx.hourCorrectionEvent.create({
    data: { id: newId<'HourCorrectionEvent'>(), correctionId, kind, note, actorId, occurredAt: at },
  });
}

const eventRow = z.object({
  id: z.string(),
  kind: z.enum([...CORRECTION_STATES, 'moved']),
  note: z.string().nullable(),
  actorName: z.string().nullable(),
  occurredAt: z.date(),
});
export type CorrectionEvent = z.infer<typeof eventRow>;

export async function listCorrectionEvents(reader: Reader, correctionId: string): Promise<CorrectionEvent[]> {
  const rows = await readRows(
    reader,
    `select e.id::text, e.kind, e.note, a.display_name as "actorName", e.occurred_at as "occurredAt"
     from hour_correction_event e left join account a on a.id = e.actor_id
     where e.correction_id = $1::uuid order by e.occurred_at, e.id`,
    [correctionId],
  );
  return z.array(eventRow).parse(rows);
}
