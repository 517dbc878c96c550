import { z } from 'zod';
import type { Db, Tx } from '#app/platform/db/db.server.ts';

const personKeys = z.array(z.object({ key: z.string() }));

/** The natural persons behind accounts (an account of nobody stands for itself): two accounts of one person are one
 *  person where two are needed. */
export async function personKeyOf(db: Db | Tx, accountId: string): Promise<string> {
  const rows = await db.$queryRaw`
    select coalesce(person_id, id)::text as key from account where id = ${accountId}::uuid`;
  return personKeys.parse(rows)[0]?.key ?? accountId;
}
