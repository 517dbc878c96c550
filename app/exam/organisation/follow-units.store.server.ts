import type { Tx } from '#app/platform/db/db.server.ts';

/**
 * Batches and then sittings, each in the order of their ids, that a merger of these units or regions touches. Everybody
 * else takes them in this order and registrations afterwards; with the sittings held, nobody is laid out meanwhile.
 */
export async function lockExamsOf(
  tx: Tx,
  merged: { readonly unitIds: readonly string[]; readonly regionIds: readonly string[] },
): Promise<void> {
  const [unitIds, regionIds] = [[...merged.unitIds], [...merged.regionIds]];
  await tx.$executeRaw`
    select 1 from exam_batch b where b.region_id = any(${regionIds}::uuid[]) or b.id in (
      select r.batch_id from exam_registration r where r.unit_id = any(${unitIds}::uuid[]))
    order by b.id for update`;
  await tx.$executeRaw`
    select 1 from exam_sitting s where s.region_id = any(${regionIds}::uuid[]) or s.id in (
      select r.sitting_id from exam_registration r where r.unit_id = any(${unitIds}::uuid[]))
      or s.batch_id in (select r.batch_id from exam_registration r where r.unit_id = any(${unitIds}::uuid[]))
    order by s.id for update`;
}
