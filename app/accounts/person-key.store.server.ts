import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';

/** A client or a transaction; no more of it than statements. */
type Asked = Pick<Tx, '$queryRaw'>;

const personKeys = z.array(z.object({ accountId: z.string(), key: z.string() }));

/** The natural persons behind accounts (an account of nobody stands for itself), by account: two accounts of one person are
 *  one person where two are needed. */
export async function personKeysOf(
  db: Asked,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (accountIds.length === 0) return new Map();
  const rows = await db.$queryRaw`
    select id::text as "accountId", coalesce(person_id, id)::text as key from account
    where id = any(${[...accountIds]}::uuid[])`;
  return new Map(personKeys.parse(rows).map(({ accountId, key }) => [accountId, key]));
}

/** The natural person behind one account. */
export async function personKeyOf(db: Asked, accountId: string): Promise<string> {
  return (await personKeysOf(db, [accountId])).get(accountId) ?? accountId;
}
