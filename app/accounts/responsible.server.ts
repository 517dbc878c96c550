import { z } from 'zod';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { ActorCtx } from './actor.server.ts';
import { DELEGABLE_ROLES } from './delegation/delegation.ts';
import type { Responsibility, RoleHolders, RolePlaces } from './responsible.ts';
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

const holderRow = z.object({
  account_id: z.string(),
  unit_id: z.string().nullable(),
  region_id: z.string().nullable(),
});

/** Active accounts with the role on `day`, and those who stand in for them. One statement. */
export async function listRoleHolders(pool: Pool, role: Role, day: Day): Promise<RoleHolders> {
  const { rows } = await pool.query({
    name: 'accounts-role-holders',
    text: `with held as (
             select g.account_id, g.unit_id, case when g.scope_kind = 'region' then g.region_id end as region_id
             from role_grant g join account a on a.id = g.account_id and a.status = 'active'
             where g.role = $1 and g.scope_kind in ('unit', 'region') and g.superseded_at is null
               and g.valid_from <= $2::date and (g.valid_to is null or g.valid_to > $2::date))
           select account_id, unit_id, region_id from held
           union select d.to_account_id, h.unit_id, h.region_id from held h
             join delegation d on d.from_account_id = h.account_id and d.superseded_at is null
               and d.valid_from <= $2::date and (d.valid_to is null or d.valid_to > $2::date)
             join account a on a.id = d.to_account_id and a.status = 'active'
             where $1 = any($3::text[])
           order by account_id`,
    values: [role, day, DELEGABLE_ROLES],
  });
  const byUnit = new Map<string, string[]>();
  const byRegion = new Map<string, string[]>();
  for (const { account_id, unit_id, region_id } of z.array(holderRow).parse(rows)) {
    if (unit_id !== null) byUnit.set(unit_id, [...(byUnit.get(unit_id) ?? []), account_id]);
    if (region_id !== null) byRegion.set(region_id, [...(byRegion.get(region_id) ?? []), account_id]);
  }
  return { byUnit, byRegion };
}
