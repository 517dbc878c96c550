import { z } from 'zod';
import type { RegionRules } from '#app/organization/rules/region-rules.ts';
import { DEFAULT_RULES, mergeRules, statedRulesSchema } from '#app/organization/rules/region-rules.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';

/** A tree has four levels (省市县乡) and one root; a broken parent chain ends here instead of looping. */
const MAX_LEVELS = 8;

const statedRow = z.object({ regionId: z.string(), values: statedRulesSchema });

/**
 * Values in force on `day` in each of these regions, in one statement: the defaults, then each region from the top down,
 * value by value (the same answer as `loadRules` for one).
 */
export async function loadRulesOfRegions(
  pool: Pool,
  regionIds: readonly string[],
  day: Day,
): Promise<ReadonlyMap<string, RegionRules>> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'training-rules-of-regions',
    text: `with recursive line (asked_id, region_id, parent_id, depth) as (
        select v.region_id, v.region_id, v.parent_id, 0 from region_version v
        where v.region_id = any($1::uuid[]) and v.superseded_at is null and v.valid_from <= $2::date
          and (v.valid_to is null or v.valid_to > $2::date)
        union all
        select line.asked_id, v.region_id, v.parent_id, line.depth + 1 from region_version v
        join line on v.region_id = line.parent_id
        where line.depth < $3 and v.superseded_at is null and v.valid_from <= $2::date
          and (v.valid_to is null or v.valid_to > $2::date))
      select line.asked_id as "regionId", r.values
      from line join region_rules r on r.region_id = line.region_id
      where r.superseded_at is null and r.valid_from <= $2::date and (r.valid_to is null or r.valid_to > $2::date)
      order by line.asked_id, line.depth desc`,
    values: [[...regionIds], day, MAX_LEVELS],
  });
  const stated = z.array(statedRow).parse(rows);
  return new Map(
    regionIds.map((regionId) => [
      regionId,
      mergeRules(
        DEFAULT_RULES,
        ...stated.filter((row) => row.regionId === regionId).map((row) => row.values),
      ),
    ]),
  );
}
