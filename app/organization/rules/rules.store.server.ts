import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { RegionRules, StatedRules } from './region-rules.ts';
import { DEFAULT_RULES, mergeRules, statedRulesSchema } from './region-rules.ts';

/** One region's own version on a day. */
export interface RulesVersion {
  readonly id: string;
  readonly regionId: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly values: StatedRules;
}

const versionRow = z.object({
  id: z.string(),
  regionId: z.string(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  values: statedRulesSchema,
});

/** A tree has four levels (省市县乡) and one root; a broken parent chain ends here instead of looping. */
const MAX_LEVELS = 8;

/** The versions in force on `day` from the top region down to this one, as known now. Regions without one are absent. */
export async function listRulesVersions(pool: Pool, regionId: string, day: Day): Promise<RulesVersion[]> {
  const { rows } = await pool.query({
    name: 'organization-rules-line',
    text: `with recursive line (region_id, parent_id, depth) as (
        select v.region_id, v.parent_id, 0 from region_version v
        where v.region_id = $1 and v.superseded_at is null and v.valid_from <= $2::date
          and (v.valid_to is null or v.valid_to > $2::date)
        union all
        select v.region_id, v.parent_id, line.depth + 1 from region_version v
        join line on v.region_id = line.parent_id
        where line.depth < $3 and v.superseded_at is null and v.valid_from <= $2::date
          and (v.valid_to is null or v.valid_to > $2::date))
      select r.id, r.region_id as "regionId", r.valid_from as "validFrom", r.valid_to as "validTo", r.values
      from line join region_rules r on r.region_id = line.region_id
      where r.superseded_at is null and r.valid_from <= $2::date and (r.valid_to is null or r.valid_to > $2::date)
      order by line.depth desc`,
    values: [regionId, day, MAX_LEVELS],
  });
  return z.array(versionRow).parse(rows);
}

/** The values in force in a region on a day: defaults, then each region from the top down, value by value. */
export async function loadRules(pool: Pool, regionId: string, day: Day): Promise<RegionRules> {
  const versions = await listRulesVersions(pool, regionId, day);
  return mergeRules(DEFAULT_RULES, ...versions.map((version) => version.values));
}

const spanRow = z.object({ id: z.string(), validFrom: z.string(), validTo: z.string().nullable() });

/** The region's versions as known now, oldest first, its row locked until the transaction ends. */
export async function lockRulesVersions(
  tx: Tx,
  regionId: string,
): Promise<{ id: string; validFrom: Day; validTo: Day | null }[]> {
  await tx.$queryRaw`select id::text from region where id = ${regionId}::uuid for update`;
  const rows = await tx.$queryRaw`
    select id::text, valid_from::text as "validFrom", valid_to::text as "validTo" from region_rules
    where region_id = ${regionId}::uuid and superseded_at is null order by valid_from`;
  return z.array(spanRow).parse(rows);
}

export async function insertRulesVersion(
  tx: Tx,
  version: Omit<RulesVersion, 'id'> & { readonly recordedBy: string | null; readonly now: Date },
): Promise<void> {
  await tx.$executeRaw`
    insert into region_rules (id, region_id, valid_from, valid_to, values, recorded_by, recorded_at)
    values (${newId<'RegionRules'>()}::uuid, ${version.regionId}::uuid, ${version.validFrom}::date,
      ${version.validTo}::date, ${JSON.stringify(statedRulesSchema.parse(version.values))}::jsonb,
      ${version.recordedBy}::uuid, ${version.now})`;
}

/** Ends a version on `validTo`: the row is superseded and a copy with the new end takes its place. */
export async function cutRulesVersion(tx: Tx, id: string, validTo: Day, now: Date): Promise<void> {
  await tx.$executeRaw`
    insert into region_rules (id, region_id, valid_from, valid_to, values, recorded_by, recorded_at)
    select ${newId<'RegionRules'>()}::uuid, region_id, valid_from, ${validTo}::date, values, recorded_by, ${now}
    from region_rules where id = ${id}::uuid`;
  await supersedeRulesVersion(tx, id, now);
}

export async function supersedeRulesVersion(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.$executeRaw`update region_rules set superseded_at = ${now} where id = ${id}::uuid`;
}
