import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';

/** Names behind accounts, for 「谁办的」 on pages. Null ids (the system itself) are left out. */
export async function accountNames(
  pool: Pool,
  accountIds: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(accountIds.filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  const { rows } = await pool.query({
    name: 'accounts-names',
    text: `select id, display_name as name from account where id = any($1::uuid[])`,
    values: [ids],
  });
  return new Map(
    z
      .array(z.object({ id: z.string(), name: z.string() }))
      .parse(rows)
      .map((row) => [row.id, row.name]),
  );
}
