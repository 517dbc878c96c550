import { z } from 'zod';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { canonicalJson } from '#app/platform/result/canonical.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';

/** Advisory lock of the sealer: one at a time over all processes. */
const SEALER_LOCK = 7_261_001;
const SEAL_TIMEOUT_MS = 300_000;
export const GENESIS_HASH: Buffer = sha256('zhifa-academy seal 0');

/** Rows of one table inside one window: how many, and the hash over their row hashes in the order of their ids. */
export interface TableRoot {
  readonly table: string;
  readonly rows: number;
  readonly root: string;
}

const tableRow = z.object({ table_name: z.string() });
const rootRow = z.object({ rows: z.number(), root: z.string() });
const headRow = z.object({
  no: z.coerce.number(),
  to_tx: z.coerce.number(),
  seal_hash: z.instanceof(Uint8Array),
});

/** Every append-only table, found by its stamping trigger; a new one is sealed without being registered anywhere. */
export async function listSealedTables(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw`
    select c.relname as table_name from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where t.tgname = 'append_only_stamp' and not t.tgisinternal order by c.relname`;
  return z
    .array(tableRow)
    .parse(rows)
    .map((row) => row.table_name);
}

/** Hash over the row hashes of one table in the window [fromTx, toTx). The table name comes from the catalogue. */
export async function tableRoot(tx: Tx, table: string, fromTx: number, toTx: number): Promise<TableRoot> {
  const rows = await tx.$queryRawUnsafe(
    `select count(*)::int as rows,
       encode(sha256(coalesce(string_agg(row_hash, ''::bytea order by id), ''::bytea)), 'hex') as root
     from "${table.replaceAll('"', '""')}" where recorded_tx >= $1::bigint and recorded_tx < $2::bigint`,
    fromTx,
    toTx,
  );
  const [row] = z.array(rootRow).parse(rows);
  return { table, rows: row?.rows ?? 0, root: row?.root ?? '' };
}

/** One hash over all tables of a window; empty tables are left out, so a table added later changes no old root. */
export function rootOf(tables: readonly TableRoot[]): Buffer {
  return sha256(canonicalJson(tables.filter((table) => table.rows > 0)));
}

/** Chains a seal to the one before it. */
export function sealHashOf(seal: {
  no: number;
  fromTx: number;
  toTx: number;
  previousHash: Uint8Array;
  rootHash: Uint8Array;
}): Buffer {
  return sha256(
    canonicalJson({
      no: seal.no,
      fromTx: seal.fromTx,
      toTx: seal.toTx,
      previous: Buffer.from(seal.previousHash).toString('hex'),
      root: Buffer.from(seal.rootHash).toString('hex'),
    }),
  );
}

/**
 * Seals everything that is certain: all append-only rows of transactions below the horizon, which have ended. A window
 * is half open and starts where the last one ended, so every row falls into exactly one seal and nobody waits for a
 * chain. Does nothing when another process seals, or when nothing was written.
 * @returns the number of rows sealed
 */
export async function sealDue(ctx: Pick<Ctx, 'db' | 'log' | 'clock'>): Promise<number> {
  const outcome = await inTransaction(ctx, 'seal', (tx) => sealWindow(tx, ctx.clock.now()), {
    timeoutMs: SEAL_TIMEOUT_MS,
  });
  return outcome.ok ? outcome.value : 0;
}

async function sealWindow(tx: Tx, now: Date): Promise<number> {
  const lock = await tx.$queryRaw`select pg_try_advisory_xact_lock(${SEALER_LOCK}) as held`;
  if (!z.array(z.object({ held: z.boolean() })).parse(lock)[0]?.held) return 0;
  const heads = z
    .array(headRow)
    .parse(await tx.$queryRaw`select no, to_tx, seal_hash from seal order by no desc limit 1`);
  const horizonRows = await tx.$queryRaw`select ledger_horizon() as horizon`;
  const toTx = z.array(z.object({ horizon: z.coerce.number() })).parse(horizonRows)[0]?.horizon ?? 0;
  const head = heads[0];
  const fromTx = head?.to_tx ?? 0;
  if (toTx <= fromTx) return 0;
  const tables: TableRoot[] = [];
  for (const table of await listSealedTables(tx)) tables.push(await tableRoot(tx, table, fromTx, toTx));
  const filled = tables.filter((table) => table.rows > 0);
  const rowCount = filled.reduce((sum, table) => sum + table.rows, 0);
  if (rowCount === 0) return 0;
  const previousHash = head?.seal_hash ?? GENESIS_HASH;
  const rootHash = rootOf(filled);
  const no = (head?.no ?? 0) + 1;
  await tx.seal.create({
    data: {
      no: BigInt(no),
      fromTx: BigInt(fromTx),
      toTx: BigInt(toTx),
      rowCount,
      tableCounts: filled.map((table) => ({ ...table })),
      previousHash: new Uint8Array(previousHash),
      rootHash: new Uint8Array(rootHash),
      sealHash: new Uint8Array(sealHashOf({ no, fromTx, toTx, previousHash, rootHash })),
      sealedAt: now,
    },
  });
  return rowCount;
}
