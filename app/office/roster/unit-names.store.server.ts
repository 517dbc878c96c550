import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';

/** What units are called now, or were last called: histories name units that ended. */
export async function listUnitNames(
  pool: Pool,
  unitIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query({
    name: 'office-roster-unit-names',
    text: `select distinct on (unit_id) unit_id as id, name from unit_version
           where unit_id = any($1::uuid[]) and superseded_at is null order by unit_id, valid_from desc`,
    values: [[...new Set(unitIds)]],
  });
  return new Map(
    z
      .array(z.object({ id: z.string(), name: z.string() }))
      .parse(rows)
      .map((row) => [row.id, row.name]),
  );
}
