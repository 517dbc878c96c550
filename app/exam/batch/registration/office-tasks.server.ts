import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { askForTasks, askToSettleSeries } from '#app/office/task/ask-task.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { Batch } from '../batch.store.server.ts';
import { countWaiting, listUnchecked } from './registration.store.server.ts';
import { firstCheckTask, reviewTask, settledFirstCheck, settledReview } from './registration-messages.ts';

/** The township in which a unit lies; null elsewhere. In townships the 司法所 checks first (HY13). */
export function townshipOf(tree: OrgTree, unitId: string): string | null {
  const regionId = tree.units.get(unitId)?.regionId;
  const region = regionId === undefined ? undefined : tree.regions.get(regionId);
  return region?.level === 'township' ? region.id : null;
}

/** Asks whoever is next for these units: the 司法所 for those in townships, the bureau for the others. */
export async function askOffices(
  tx: Tx,
  ctx: ActorCtx,
  tree: OrgTree,
  asked: { readonly batch: Batch; readonly unitIds: readonly string[] },
): Promise<void> {
  const day = dayOf(ctx.clock.now());
  const places = asked.unitIds.map((unitId) => townshipOf(tree, unitId));
  const townships = [...new Set(places.filter((place) => place !== null))];
  await askForTasks(tx, ctx, [
    ...townships.map((regionId) => firstCheckTask(asked.batch, regionId, day)),
    ...(places.includes(null) ? [reviewTask(asked.batch, day)] : []),
  ]);
}

/** Asks the bureau alone: after a first check, and for what a unit has asked for. */
export async function askBureau(tx: Tx, ctx: ActorCtx, batch: Batch): Promise<void> {
  await askForTasks(tx, ctx, [reviewTask(batch, dayOf(ctx.clock.now()))]);
}

/** Settles what nobody waits for any more. @param townships whose first check may be done */
export async function settleOffices(
  tx: Tx,
  ctx: ActorCtx,
  tree: OrgTree,
  done: { readonly batch: Batch; readonly townships: readonly string[] },
): Promise<void> {
  const { batch, townships } = done;
  if ((await countWaiting(tx, batch.id)).size === 0) await askToSettleSeries(tx, ctx, settledReview(batch));
  if (townships.length === 0) return;
  const unchecked = new Set(
    [...(await listUnchecked(tx, batch.id))].map((unitId) => townshipOf(tree, unitId)),
  );
  for (const regionId of townships)
    if (!unchecked.has(regionId)) await askToSettleSeries(tx, ctx, settledFirstCheck(batch, regionId));
}
