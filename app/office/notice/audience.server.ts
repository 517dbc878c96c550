import { z } from 'zod';
import type { Role } from '#app/accounts/role.ts';
import { listRoleHolders } from '#app/accounts/responsible.server.ts';
import { holdersOfRegion, holdersOfUnit } from '#app/accounts/responsible.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { NoticeAudience } from './notice.ts';

/** One reader and the unit for which that person was addressed. */
export interface Addressee {
  readonly accountId: string;
  readonly unitId: string | null;
}

type Asker = Pick<Ctx, 'pool' | 'clock'>;

async function accountsOfPersons(ctx: Asker, personIds: readonly string[]): Promise<Addressee[]> {
  const { rows } = await ctx.pool.query({
    name: 'office-notice-accounts-of-persons',
    text: `select id from account where person_id = any($1::uuid[]) and status = 'active' order by id`,
    values: [personIds],
  });
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => ({ accountId: id, unitId: null }));
}

async function holders(
  ctx: Asker,
  role: Role,
  places: { readonly unitIds: readonly string[] } | { readonly regionIds: readonly string[] },
): Promise<Addressee[]> {
  const [tree, found] = await Promise.all([
    currentTree(ctx),
    listRoleHolders(ctx.pool, role, dayOf(ctx.clock.now())),
  ]);
  if ('unitIds' in places)
    return places.unitIds.flatMap((unitId) =>
      holdersOfUnit(tree, found, unitId).map((accountId) => ({ accountId, unitId })),
    );
  return places.regionIds.flatMap((regionId) =>
    holdersOfRegion(tree, found, regionId).map((accountId) => ({ accountId, unitId: null })),
  );
}

/** Who is addressed now, each account once; the first unit it was addressed for stands. */
export async function resolveAudience(ctx: Asker, to: readonly NoticeAudience[]): Promise<Addressee[]> {
  const found = new Map<string, Addressee>();
  for (const audience of to) {
    const addressed =
      'accountIds' in audience
        ? audience.accountIds.map((accountId) => ({ accountId, unitId: null }))
        : 'personIds' in audience
          ? await accountsOfPersons(ctx, audience.personIds)
          : await holders(ctx, audience.role, audience);
    for (const one of addressed) if (!found.has(one.accountId)) found.set(one.accountId, one);
  }
  return [...found.values()];
}
