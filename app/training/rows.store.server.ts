import type { Pool, Tx } from '#app/platform/db/db.server.ts';

/** The pool outside a transaction, Prisma's client inside one: the same statement serves a page and a command. */
export type Reader = Pool | Pick<Tx, '$queryRawUnsafe'>;

/** Rows of one statement, still to be parsed. @param values bound as `$1`, `$2`, … */
export async function readRows(reader: Reader, text: string, values: readonly unknown[]): Promise<unknown[]> {
  if ('$queryRawUnsafe' in reader) return reader.$queryRawUnsafe<unknown[]>(text, ...values);
  const { rows } = await reader.query<Record<string, unknown>>(text, [...values]);
  return rows;
}
