import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Reader } from '#app/organization/person/rows.store.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { townshipOf } from './office-tasks.server.ts';
import { listUnchecked } from './registration.store.server.ts';
import type { ForBulk, RegistrationFilters } from './registrations.store.server.ts';
import { countForBulk, listForBulk } from './registrations.store.server.ts';

interface Asked {
  readonly tree: OrgTree;
  readonly filters: RegistrationFilters;
}

/** Only units with people yet unchecked matter, and only those of them that lie in townships (HY13). */
async function forBulk(
  reader: Reader,
  ctx: ActorCtx,
  { tree, filters }: Asked,
  checker: string,
): Promise<ForBulk> {
  const unchecked = [...(await listUnchecked(reader, filters.batchId))];
  const townshipUnitIds = unchecked.filter((unitId) => townshipOf(tree, unitId) !== null);
  return { filters, townshipUnitIds, checker, now: ctx.clock.now() };
}

/** How many over all pages the list offers for the bulk approval: exactly those whom `whomToApprove` names at that moment. */
export async function countToApprove(ctx: ActorCtx, asked: Asked): Promise<number> {
  const checker = await personKeyOf(ctx.db, ctx.actorId);
  return countForBulk(ctx.pool, await forBulk(ctx.pool, ctx, asked, checker));
}

/** Whom the bulk approval over all pages takes: everybody for whom the list has a tick, on whichever page. */
export async function whomToApprove(tx: Tx, ctx: ActorCtx, asked: Asked): Promise<string[]> {
  const checker = await personKeyOf(tx, ctx.actorId);
  return listForBulk(tx, await forBulk(tx, ctx, asked, checker));
}
