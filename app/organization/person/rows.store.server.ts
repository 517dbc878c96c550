import type { Db, Pool, Tx } from '#app/platform/db/db.server.ts';

/** The pool outside a transaction, Prisma's client inside one. */
export type Reader = Pool | Db | Tx;

/** The same statement for both; the caller parses the rows. */
export async function readRows(reader: Reader, text: string, values: readonly unknown[]): Promise<unknown[]> {
  if ('$queryRawUnsafe' in reader) return reader.$queryRawUnsafe<unknown[]>(text, ...values);
  const { rows } = await reader.query<Record<string, unknown>>(text, [...values]);
  return rows;
}
