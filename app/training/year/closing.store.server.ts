import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Reader } from '../rows.store.server.ts';
import { readRows } from '../rows.store.server.ts';
import type { Closing, ClosingEventKind, ClosingWay } from './closing.ts';
import { CLOSING_STATES, CLOSING_WAYS, EVENT_KINDS } from './closing.ts';
import type { ListRow } from './year-list.ts';
import { listSchema } from './year-list.ts';

const closingRow = z.object({
  id: z.string(),
  unitId: z.string(),
  year: z.number(),
  state: z.enum(CLOSING_STATES),
  dueDay: z.string(),
  round: z.number(),
  way: z.enum(CLOSING_WAYS).nullable(),
  publishedDay: z.string().nullable(),
  objectionsUntilDay: z.string().nullable(),
  openedBy: z.string(),
  confirmedBy: z.string().nullable(),
  confirmedAt: z.date().nullable(),
  frozenAt: z.date().nullable(),
  version: z.number(),
}) satisfies z.ZodType<Closing>;

const COLUMNS = `c.id::text, c.unit_id::text as "unitId", c.year, c.state, c.due_day::text as "dueDay", c.round, c.way,
  c.published_day::text as "publishedDay", c.objections_until_day::text as "objectionsUntilDay",
  c.opened_by::text as "openedBy", c.confirmed_by::text as "confirmedBy", c.confirmed_at as "confirmedAt",
  c.frozen_at as "frozenAt", c.version`;

/** The closing of a unit's year; null when nobody has begun. */
export async function findClosing(reader: Reader, unitId: string, year: number): Promise<Closing | null> {
  const rows = await readRows(
    reader,
    `select ${COLUMNS} from year_closing c where c.unit_id = $1::uuid and c.year = $2::int`,
    [unitId, year],
  );
  return z.array(closingRow).parse(rows)[0] ?? null;
}

export async function findClosingById(reader: Reader, closingId: string): Promise<Closing | null> {
  const rows = await readRows(reader, `select ${COLUMNS} from year_closing c where c.id = $1::uuid`, [
    closingId,
  ]);
  return z.array(closingRow).parse(rows)[0] ?? null;
}

/** The closings of these units, by unit, their rows held in one order until the transaction ends. */
export async function lockClosings(
  tx: Tx,
  unitIds: readonly string[],
  year: number,
): Promise<Map<string, Closing>> {
  const rows = await readRows(
    tx,
    `select ${COLUMNS} from year_closing c where c.unit_id = any($1::uuid[]) and c.year = $2::int
     order by c.id for update`,
    [[...unitIds], year],
  );
  return new Map(
    z
      .array(closingRow)
      .parse(rows)
      .map((closing) => [closing.unitId, closing]),
  );
}

/** The closing, its row held until the transaction ends. */
export async function lockClosing(tx: Tx, unitId: string, year: number): Promise<Closing | null> {
  const rows = await readRows(
    tx,
    `select ${COLUMNS} from year_closing c where c.unit_id = $1::uuid and c.year = $2::int for update`,
    [unitId, year],
  );
  return z.array(closingRow).parse(rows)[0] ?? null;
}

const withObjections = closingRow.extend({ openObjections: z.number(), sealNo: z.string().nullable() });
export type ClosingLine = z.infer<typeof withObjections>;

/** Closings of these units, of one year or of all, with how many objections wait; newest year first. */
export async function listClosings(
  reader: Reader,
  unitIds: readonly string[],
  year: number | null,
): Promise<ClosingLine[]> {
  const rows = await readRows(
    reader,
    `select ${COLUMNS}, s.seal_no as "sealNo", coalesce(o.open, 0)::int as "openObjections"
     from year_closing c
     left join year_snapshot s on s.closing_id = c.id
     left join (select o.closing_id, count(*) as open from year_objection o
                left join year_objection_answer a on a.objection_id = o.id
                where a.objection_id is null group by o.closing_id) o on o.closing_id = c.id
     where c.unit_id = any($1::uuid[]) and ($2::int is null or c.year = $2) order by c.year desc, c.id`,
    [[...unitIds], year],
  );
  return z.array(withObjections).parse(rows);
}

export interface NewClosing {
  readonly unitId: string;
  readonly year: number;
  readonly dueDay: Day;
  readonly openedBy: string;
  readonly openedAt: Date;
}

/** Begins the closings that are not there yet. @returns the new ones; a unit begun meanwhile is left as it is */
export async function insertClosings(
  tx: Tx,
  closings: readonly NewClosing[],
): Promise<{ id: string; unitId: string }[]> {
  const rows = closings.map((closing) => ({ id: newId<'YearClosing'>(), ...closing }));
  const written = await tx.yearClosing.createManyAndReturn({
    data: rows.map((row) => ({ ...row, state: 'opened', dueDay: dayToDb(row.dueDay) })),
    skipDuplicates: true,
    select: { id: true, unitId: true },
  });
  return written;
}

/** A publication of this round; the projection follows. The caller holds the closing. */
export async function insertPublication(
  tx: Tx,
  closing: Closing,
  publication: {
    readonly way: ClosingWay;
    readonly publishedDay: Day;
    readonly untilDay: Day | null;
    readonly rows: readonly ListRow[];
    readonly actorId: string;
    readonly at: Date;
  },
): Promise<number> {
  const { way, publishedDay, untilDay, rows, actorId, at } = publication;
  const round = closing.round + 1;
  await tx.yearPublication.create({
    data: {
      id: newId<'YearPublication'>(),
      closingId: closing.id,
      round,
      way,
      publishedDay: dayToDb(publishedDay),
      untilDay: untilDay === null ? null : dayToDb(untilDay),
      rows: listSchema.parse(rows),
      actorId,
      occurredAt: at,
    },
  });
  await tx.yearClosing.update({
    where: { id: closing.id },
    data: {
      state: 'published',
      round,
      way,
      publishedDay: dayToDb(publishedDay),
      objectionsUntilDay: untilDay === null ? null : dayToDb(untilDay),
      version: { increment: 1 },
    },
  });
  return round;
}

/** The list as it was last put up; empty before the first time. */
export async function publishedRows(reader: Reader, closingId: string): Promise<ListRow[]> {
  const rows = await readRows(
    reader,
    `select p.rows from year_publication p where p.closing_id = $1::uuid order by p.round desc limit 1`,
    [closingId],
  );
  return z.array(z.object({ rows: listSchema })).parse(rows)[0]?.rows ?? [];
}

/** One person's row of the last list. */
export async function publishedRowOf(
  reader: Reader,
  closingId: string,
  personId: string,
): Promise<ListRow | null> {
  return (await publishedRows(reader, closingId)).find((row) => row.personId === personId) ?? null;
}

/** Appends what happened. The caller holds the closing, so that the numbers follow each other. */
export async function appendClosingEvent(
  tx: Tx,
  event: {
    readonly closingId: string;
    readonly kind: ClosingEventKind;
    readonly note: string | null;
    readonly actorId: string;
    readonly at: Date;
  },
): Promise<void> {
  await tx.$executeRaw`
    insert into year_closing_event (id, closing_id, seq, kind, note, actor_id, occurred_at)
    select ${newId<'YearClosingEvent'>()}::uuid, ${event.closingId}::uuid,
      coalesce(max(e.seq), 0) + 1, ${event.kind}, ${event.note}, ${event.actorId}::uuid, ${event.at}
    from year_closing_event e where e.closing_id = ${event.closingId}::uuid`;
}

/** First events of closings that have just begun. */
export async function appendOpenings(
  tx: Tx,
  closings: readonly { readonly id: string }[],
  actorId: string,
  at: Date,
): Promise<void> {
  await tx.yearClosingEvent.createMany({
    data: closings.map(({ id }) => ({
      id: newId<'YearClosingEvent'>(),
      closingId: id,
      seq: 1,
      kind: 'opened' satisfies ClosingEventKind,
      actorId,
      occurredAt: at,
    })),
  });
}

const eventRow = z.object({
  id: z.string(),
  kind: z.enum(EVENT_KINDS),
  note: z.string().nullable(),
  byName: z.string().nullable(),
  at: z.date(),
});
export type ClosingEvent = z.infer<typeof eventRow>;

/** What happened with the closing, newest first. */
export async function listClosingEvents(reader: Reader, closingId: string): Promise<ClosingEvent[]> {
  const rows = await readRows(
    reader,
    `select e.id::text, e.kind, e.note, a.display_name as "byName", e.occurred_at as at
     from year_closing_event e left join account a on a.id = e.actor_id
     where e.closing_id = $1::uuid order by e.seq desc`,
    [closingId],
  );
  return z.array(eventRow).parse(rows);
}

/** The unit has confirmed. The caller holds the closing and has decided. */
export async function setConfirmed(tx: Tx, closingId: string, by: string, at: Date): Promise<void> {
  await tx.yearClosing.update({
    where: { id: closingId },
    data: { state: 'confirmed', confirmedBy: by, confirmedAt: at, version: { increment: 1 } },
  });
}

/** Back to the unit. */
export async function setReturned(tx: Tx, closingId: string): Promise<void> {
  await tx.yearClosing.update({
    where: { id: closingId },
    data: { state: 'published', confirmedBy: null, confirmedAt: null, version: { increment: 1 } },
  });
}

export async function setFrozen(tx: Tx, closingId: string, by: string, at: Date): Promise<void> {
  await tx.yearClosing.update({
    where: { id: closingId },
    data: { state: 'frozen', frozenBy: by, frozenAt: at, version: { increment: 1 } },
  });
}
