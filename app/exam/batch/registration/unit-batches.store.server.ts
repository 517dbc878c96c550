import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { BATCH_STATUSES } from '../batch.ts';

const unitBatchRow = z.object({
  id: z.string(),
  title: z.string(),
  regionId: z.string(),
  status: z.enum(BATCH_STATUSES),
  registerFrom: z.date(),
  registerUntil: z.date(),
  lateUntil: z.date().nullable(),
  withdrawUntil: z.date(),
  registered: z.number(),
  approved: z.number(),
  returned: z.number(),
  unchecked: z.number(),
});
export type UnitBatch = z.infer<typeof unitBatchRow>;

const MOST_BATCHES = 100;

/**
 * Batches of these regions that are no drafts, the newest first, with what these units have in them. `unchecked`: waits
 * for the first check.
 */
export async function listUnitBatches(
  pool: Pool,
  regionIds: readonly string[],
  unitIds: readonly string[],
): Promise<UnitBatch[]> {
  const { rows } = await pool.query({
    name: 'exam-unit-batches',
    text: `select b.id, b.title, b.region_id as "regionId", b.status, b.register_from as "registerFrom",
        b.register_until as "registerUntil", b.late_until as "lateUntil", b.withdraw_until as "withdrawUntil",
        f.registered, f.approved, f.returned, f.unchecked
      from exam_batch b left join lateral (
        select count(*) filter (where r.status <> 'withdrawn')::int as registered,
          count(*) filter (where r.status = 'approved')::int as approved,
          count(*) filter (where r.status = 'returned')::int as returned,
          count(*) filter (where r.status = 'registered' and b.status <> 'cancelled')::int as unchecked
        from exam_registration r where r.batch_id = b.id and r.unit_id = any($2::uuid[])) f on true
      where b.region_id = any($1::uuid[]) and b.status <> 'draft'
      order by b.status <> 'open', b.register_from desc, b.id limit ${MOST_BATCHES}`,
    values: [[...regionIds], [...unitIds]],
  });
  return z.array(unitBatchRow).parse(rows);
}
