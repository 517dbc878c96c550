import { z } from 'zod';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { ActorCtx } from './actor.server.ts';
import type { Responsibility, RolePlaces } from './responsible.ts';
import { responsibilitiesOf } from './responsible.ts';
import type { Role } from './role.ts';
import { ROLES } from './role.ts';

const placeRow = z.object({
  role: z.enum(ROLES),
  unit_id: z.string().nullable(),
  region_id: z.string().nullable(),
});

/** Where active accounts hold these roles on `day`. One statement. */
export async function listRolePlaces(pool: Pool, roles: readonly Role[], day: Day): Promise<RolePlaces> {
  const { rows } = await pool.query({
    name: 'accounts-role-places',
    text: `select distinct g.role, g.unit_id, case when g.scope_kind = 'region' then g.region_id end as region_id
           from role_grant g join account a on a.id = g.account_id
           where g.role = any($1::text[]) and g.scope_kind in ('unit', 'region') and g.superseded_at is null
             and g.valid_from <= $2::date and (g.valid_to is null or g.valid_to > $2::date) and a.status = 'active'`,
    values: [roles, day],
  });
  const units = new Map<Role, Set<string>>();
  const regions = new Map<Role, Set<string>>();
  const add = (to: Map<Role, Set<string>>, role: Role, id: string): void => {
    to.set(role, (to.get(role) ?? new Set()).add(id));
  };
  for (const row of z.array(placeRow).parse(rows)) {
    if (row.unit_id !== null) add(units, row.role, row.unit_id);
    if (row.region_id !== null) add(regions, row.role, row.region_id);
  }
  return { units, regions };
}

/** The places whose work falls to the actor today, role by role. */
export async function ownResponsibilities(ctx: ActorCtx): Promise<Responsibility[]> {
  const [tree, places] = await Promise.all([
    currentTree(ctx),
    listRolePlaces(ctx.pool, ctx.actor.roles, dayOf(ctx.clock.now())),
  ]);
  return responsibilitiesOf(ctx.actor.grants, places, tree);
}
