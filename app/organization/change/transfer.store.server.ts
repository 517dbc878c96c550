import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Reader } from '../person/rows.store.server.ts';
import { readRows } from '../person/rows.store.server.ts';
import type { TransferState } from './transfer.ts';
import { TRANSFER_STATES } from './transfer.ts';

const transferRow = z.object({
  id: z.string(),
  personId: z.string(),
  fromUnitId: z.string(),
  toUnitId: z.string(),
  effectiveDay: z.string(),
  documentNo: z.string().nullable(),
  reason: z.string(),
  state: z.enum(TRANSFER_STATES),
  note: z.string().nullable(),
  version: z.number(),
  filedBy: z.string(),
  filedAt: z.date(),
  decidedBy: z.string().nullable(),
  decidedAt: z.date().nullable(),
});
export type TransferRecord = z.infer<typeof transferRow>;

const COLUMNS = `t.id::text, t.person_id::text as "personId", t.from_unit_id::text as "fromUnitId",
  t.to_unit_id::text as "toUnitId", t.effective_day::text as "effectiveDay", t.document_no as "documentNo", t.reason,
  t.state, t.note, t.version, t.filed_by::text as "filedBy", t.filed_at as "filedAt",
  t.decided_by::text as "decidedBy", t.decided_at as "decidedAt"`;

export async function findTransfer(reader: Reader, transferId: string): Promise<TransferRecord | null> {
  const rows = await readRows(reader, `select ${COLUMNS} from person_transfer t where t.id = $1::uuid`, [
    transferId,
  ]);
  return z.array(transferRow).parse(rows)[0] ?? null;
}

/** The transfer that still waits for an answer; a person has at most one, because filing locks the person. */
export async function findOpenTransfer(reader: Reader, personId: string): Promise<TransferRecord | null> {
  const rows = await readRows(
    reader,
    `select ${COLUMNS} from person_transfer t where t.person_id = $1::uuid and t.state = 'filed'`,
    [personId],
  );
  return z.array(transferRow).parse(rows)[0] ?? null;
}

export interface NewTransfer {
  readonly id: string;
  readonly personId: string;
  readonly fromUnitId: string;
  readonly toUnitId: string;
  readonly effectiveDay: Day;
  readonly documentNo: string | null;
  readonly reason: string;
  readonly filedBy: string;
  readonly filedAt: Date;
}

export async function insertTransfer(tx: Tx, transfer: NewTransfer): Promise<void> {
  const { effectiveDay, ...rest } = transfer;
  await tx.personTransfer.create({ data: { ...rest, effectiveDay: dayToDb(effectiveDay), state: 'filed' } });
  await appendTransferEvent(tx, {
    transferId: transfer.id,
    kind: 'filed',
    note: null,
    actorId: transfer.filedBy,
    occurredAt: transfer.filedAt,
  });
}

/** A move that a file brings, filed and accepted at once by who took it over: the history reads like any other's. */
export async function insertAcceptedTransfer(tx: Tx, transfer: NewTransfer): Promise<void> {
  await insertTransfer(tx, transfer);
  const { id, filedBy, filedAt } = transfer;
  const isOpen = await answerTransfer(tx, id, {
    state: 'accepted',
    note: null,
    actorId: filedBy,
    at: filedAt,
  });
  invariant(isOpen, 'the transfer was written a moment ago');
}

async function appendTransferEvent(
  tx: Tx,
  event: {
    transferId: string;
    kind: TransferState;
    note: string | null;
    actorId: string | null;
    occurredAt: Date;
  },
): Promise<void> {
  await tx.personTransferEvent.create({ data: { id: newId<'PersonTransferEvent'>(), ...event } });
}

export interface TransferAnswer {
  readonly state: Exclude<TransferState, 'filed'>;
  readonly note: string | null;
  readonly actorId: string | null;
  readonly at: Date;
}

/** Answers an open transfer. @returns false when it has been answered already */
export async function answerTransfer(tx: Tx, transferId: string, answer: TransferAnswer): Promise<boolean> {
  const { state, note, actorId, at } = answer;
  const moved = await tx.personTransfer.updateMany({
    where: { id: transferId, state: 'filed' },
    data: { state, note, decidedBy: actorId, decidedAt: at, version: { increment: 1 } },
  });
  if (moved.count === 0) return false;
  await appendTransferEvent(tx, { transferId, kind: state, note, actorId, occurredAt: at });
  return true;
}

const idRows = z.array(z.object({ id: z.string() }));

/** What can no longer happen goes back to where it came from, with the reason. @returns ids of those transfers */
async function returnOpen(
  tx: Tx,
  ids: readonly string[],
  why: { note: string; at: Date },
): Promise<string[]> {
  for (const id of ids) await answerTransfer(tx, id, { state: 'returned', actorId: null, ...why });
  return [...ids];
}

/** Open transfers from or to units that end. */
export async function returnTransfersOf(
  tx: Tx,
  unitIds: readonly string[],
  why: { note: string; at: Date },
): Promise<string[]> {
  const rows = await tx.$queryRaw`
    select id::text from person_transfer where state = 'filed'
      and (from_unit_id = any(${[...unitIds]}::uuid[]) or to_unit_id = any(${[...unitIds]}::uuid[])) order by id`;
  return returnOpen(
    tx,
    idRows.parse(rows).map((row) => row.id),
    why,
  );
}

/** The open transfer of somebody who has left. */
export async function returnTransferOfPerson(
  tx: Tx,
  personId: string,
  why: { note: string; at: Date },
): Promise<string[]> {
  const open = await findOpenTransfer(tx, personId);
  return open === null ? [] : returnOpen(tx, [open.id], why);
}

/** Open transfers from or to these units. */
export async function countOpenTransfers(reader: Reader, unitIds: readonly string[]): Promise<number> {
  const rows = await readRows(
    reader,
    `select count(*)::int as count from person_transfer
     where state = 'filed' and (from_unit_id = any($1::uuid[]) or to_unit_id = any($1::uuid[]))`,
    [[...unitIds]],
  );
  return z.array(z.object({ count: z.number() })).parse(rows)[0]?.count ?? 0;
}

/** Transfers from or to these units that went back to where they came from. */
export async function listReturnedTransfers(reader: Reader, unitIds: readonly string[]): Promise<string[]> {
  const rows = await readRows(
    reader,
    `select id::text from person_transfer
     where state = 'returned' and (from_unit_id = any($1::uuid[]) or to_unit_id = any($1::uuid[]))`,
    [[...unitIds]],
  );
  return idRows.parse(rows).map((row) => row.id);
}
