import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';

const holderRow = z.object({
  key: z.string(),
  name: z.string(),
  regionId: z.string().nullable(),
  unitId: z.string().nullable(),
});

/** Somebody who holds a role over a place; `key` is the natural person behind the account. */
export type PlaceHolder = z.infer<typeof holderRow>;

/** Bureaus of these regions and leaders of these units on the day, by accounts in use, in the order of their names. */
export async function listBureauHolders(
  pool: Pool,
  places: { readonly regionIds: readonly string[]; readonly leaderUnitIds: readonly string[] },
  day: Day,
): Promise<PlaceHolder[]> {
  const { rows } = await pool.query({
    name: 'accounts-bureau-holders',
    text: `select coalesce(a.person_id, a.id)::text as key, a.display_name as name, g.region_id::text as "regionId",
             g.unit_id::text as "unitId"
           from role_grant g join account a on a.id = g.account_id
           where g.superseded_at is null and a.status = 'active' and g.valid_from <= $3::date
             and (g.valid_to is null or g.valid_to > $3::date)
             and ((g.role = 'justice_bureau' and g.scope_kind = 'region' and g.region_id = any($1::uuid[]))
               or (g.role = 'unit_leader' and g.scope_kind = 'unit' and g.unit_id = any($2::uuid[])))
           order by a.display_name, a.id`,
    values: [[...places.regionIds], [...places.leaderUnitIds], day],
  });
  return z.array(holderRow).parse(rows);
}
