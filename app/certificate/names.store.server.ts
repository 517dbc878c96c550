import { z } from 'zod';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';

const nameRow = z.object({ id: z.string(), name: z.string() });

/** The newest name of units as known now, also of those that no longer exist. */
export async function unitNames(pool: Pool, unitIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await pool.query({
    name: 'certificate-unit-names',
    text: `select distinct on (unit_id) unit_id as id, name from unit_version
           where unit_id = any($1::uuid[]) and superseded_at is null order by unit_id, valid_from desc`,
    values: [[...new Set(unitIds)]],
  });
  return new Map(
    z
      .array(nameRow)
      .parse(rows)
      .map((row) => [row.id, row.name]),
  );
}

/** 执法领域 by code; an unknown code reads as itself. */
export async function fieldNames(pool: Pool): Promise<(code: string) => string> {
  const fields = await listFields(pool);
  const names = new Map(fields.map((field) => [field.code, field.name]));
  return (code) => names.get(code) ?? code;
}
