import { z } from 'zod';
import type { StatedRules } from '#app/organization/rules/region-rules.ts';
import { statedRulesSchema } from '#app/organization/rules/region-rules.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';

const statedRow = z.object({ regionId: z.string(), values: statedRulesSchema });

/** What every region states itself on `day`, as known at `knownAt`; one statement for a whole figure. */
export async function listStatedRules(
  pool: Pool,
  day: Day,
  knownAt: Date,
): Promise<ReadonlyMap<string, StatedRules>> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'reporting-stated-rules',
    text: `select region_id as "regionId", values from region_rules
           where valid_from <= $1::date and (valid_to is null or valid_to > $1::date)
             and recorded_at <= $2 and (superseded_at is null or superseded_at > $2)`,
    values: [day, knownAt],
  });
  return new Map(
    z
      .array(statedRow)
      .parse(rows)
      .map((row) => [row.regionId, row.values]),
  );
}
