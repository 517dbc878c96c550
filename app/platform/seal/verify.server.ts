import { z } from 'zod';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { GENESIS_HASH, listSealedTables, rootOf, sealHashOf, tableRoot } from './sealer.server.ts';

const VERIFY_TIMEOUT_MS = 30 * 60_000;

const sealRow = z.object({
  no: z.coerce.number(),
  from_tx: z.coerce.number(),
  to_tx: z.coerce.number(),
  table_counts: z.array(z.object({ table: z.string(), rows: z.number(), root: z.string() })),
  previous_hash: z.instanceof(Uint8Array),
  root_hash: z.instanceof(Uint8Array),
  seal_hash: z.instanceof(Uint8Array),
});
type SealRow = z.infer<typeof sealRow>;

export type Finding =
  | { readonly kind: 'row_altered'; readonly table: string; readonly rowId: string }
  | { readonly kind: 'chain_broken'; readonly sealNo: number }
  | {
      readonly kind: 'window_altered';
      readonly sealNo: number;
      readonly table: string;
      readonly sealedRows: number;
      readonly foundRows: number;
    };

export interface Verification {
  readonly seals: number;
  readonly rowsChecked: number;
  readonly rowsUnsealed: number;
  /** Newest seal's hash: whoever holds a printed copy can tell that nothing before it was changed. */
  readonly headHash: string;
  /** The first thing found wrong; null when everything holds. */
  readonly finding: Finding | null;
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** The first row whose content no longer gives its hash. */
async function firstAlteredRow(tx: Tx, table: string): Promise<string | null> {
  const rows = await tx.$queryRawUnsafe(
    `select id::text as id from "${table}" t where row_hash <> row_hash_of(to_jsonb(t)) order by recorded_tx, id limit 1`,
  );
  return z.array(z.object({ id: z.string() })).parse(rows)[0]?.id ?? null;
}

function checkLink(seal: SealRow, before: SealRow | undefined): Finding | null {
  const previous = before?.seal_hash ?? GENESIS_HASH;
  const expected = sealHashOf({
    no: seal.no,
    fromTx: seal.from_tx,
    toTx: seal.to_tx,
    previousHash: previous,
    rootHash: seal.root_hash,
  });
  const holds =
    seal.no === (before?.no ?? 0) + 1 &&
    seal.from_tx === (before?.to_tx ?? 0) &&
    same(seal.previous_hash, previous) &&
    same(seal.root_hash, rootOf(seal.table_counts)) &&
    same(seal.seal_hash, expected);
  return holds ? null : { kind: 'chain_broken', sealNo: seal.no };
}

/** Rows added to, or missing from, a sealed window. */
async function checkWindow(tx: Tx, seal: SealRow, tables: readonly string[]): Promise<Finding | null> {
  for (const table of tables) {
    const sealed = seal.table_counts.find((entry) => entry.table === table);
    const found = await tableRoot(tx, table, seal.from_tx, seal.to_tx);
    if (found.rows === (sealed?.rows ?? 0) && (found.rows === 0 || found.root === sealed?.root)) continue;
    return {
      kind: 'window_altered',
      sealNo: seal.no,
      table,
      sealedRows: sealed?.rows ?? 0,
      foundRows: found.rows,
    };
  }
  return null;
}

async function firstFinding(
  tx: Tx,
  seals: readonly SealRow[],
  tables: readonly string[],
): Promise<Finding | null> {
  for (const table of tables) {
    const rowId = await firstAlteredRow(tx, table);
    if (rowId !== null) return { kind: 'row_altered', table, rowId };
  }
  for (const [index, seal] of seals.entries()) {
    const finding = checkLink(seal, seals[index - 1]) ?? (await checkWindow(tx, seal, tables));
    if (finding) return finding;
  }
  return null;
}

/**
 * Walks every seal from the first: rows against their own hashes, windows against their roots, seals against the chain.
 * Read only, in one snapshot. Names the first thing that does not hold; states how many rows are not sealed yet.
 * @param tables restricts the walk to these tables (`audit:verify`); all append-only tables otherwise
 */
export async function verifySeals(
  ctx: Pick<Ctx, 'db' | 'log'>,
  only?: readonly string[],
): Promise<Verification> {
  const outcome = await inTransaction(
    ctx,
    'verify',
    async (tx) => {
      await tx.$executeRaw`set local timezone = 'UTC'`;
      await tx.$executeRaw`set local statement_timeout = 0`;
      const tables = (await listSealedTables(tx)).filter((table) => !only || only.includes(table));
      const seals = z.array(sealRow).parse(
        await tx.$queryRaw`
        select no, from_tx, to_tx, table_counts, previous_hash, root_hash, seal_hash from seal order by no`,
      );
      const finding = await firstFinding(tx, seals, tables);
      const head = seals.at(-1);
      let rowsUnsealed = 0;
      for (const table of tables)
        rowsUnsealed += (await tableRoot(tx, table, head?.to_tx ?? 0, Number.MAX_SAFE_INTEGER)).rows;
      const sealedRows = seals
        .flatMap((seal) => seal.table_counts)
        .filter((entry) => tables.includes(entry.table));
      return {
        seals: seals.length,
        rowsChecked: sealedRows.reduce((sum, entry) => sum + entry.rows, 0) + rowsUnsealed,
        rowsUnsealed,
        headHash: Buffer.from(head?.seal_hash ?? GENESIS_HASH).toString('hex'),
        finding,
      };
    },
    { timeoutMs: VERIFY_TIMEOUT_MS },
  );
  invariant(outcome.ok, 'verification refuses nothing');
  return outcome.value;
}
