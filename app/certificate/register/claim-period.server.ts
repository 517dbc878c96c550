import { z } from 'zod';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import { qualificationLastDay } from './qualification.ts';

const regionRow = z.array(z.object({ regionId: z.string() }));

/** Region of a unit on a day, as known now. The unit may have been abolished since. */
async function regionOfUnit(tx: Tx, unitId: string, day: string): Promise<string> {
  const rows = await tx.$queryRaw`
    select region_id::text as "regionId" from unit_version
    where unit_id = ${unitId}::uuid and superseded_at is null and valid_from <= ${day}::date
    order by valid_from desc limit 1`;
  const [row] = regionRow.parse(rows);
  invariant(row, `unit ${unitId} has a region on ${day}`);
  return row.regionId;
}

/** Last day on which a card may be claimed on a qualification obtained on `day`, by the rules of the unit's region. */
export async function lastDayOfClaim(
  tx: Tx,
  pool: Pool,
  { unitId, day }: { readonly unitId: string; readonly day: Day },
): Promise<Day> {
  const rules = await loadRules(pool, await regionOfUnit(tx, unitId, day), day);
  return qualificationLastDay(day, rules.qualificationClaimMonths.value);
}
