import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Phase } from '../batch.ts';
import { phaseOf } from '../batch.ts';
import { findBatchOfCampaign } from '../batch.store.server.ts';
import { townshipOf } from './office-tasks.server.ts';
import type { UnitBatch } from './unit-batches.store.server.ts';
import { listUnitBatches } from './unit-batches.store.server.ts';
import { batchRegionsOf } from './unit-scope.server.ts';

export interface UnitBatchesPage {
  readonly rows: readonly (UnitBatch & { readonly regionName: string; readonly phase: Phase })[];
  readonly mayRegister: boolean;
  readonly mayCheck: boolean;
}

/** Batches that are for the actor's units, with what these have in them. Refusal: FORBIDDEN. */
export async function viewUnitBatches(ctx: ActorCtx): Promise<Outcome<UnitBatchesPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'exam.read_registration')) return refused('FORBIDDEN');
  const scope = await reachFor(ctx, 'exam.read_registration');
  const mayCheck = mayDo(ctx, 'exam.first_check');
  // The 司法所 looks at townships alone: what it counts is what it checks.
  const unitIds = mayCheck
    ? [...scope.unitIds].filter((unitId) => townshipOf(scope.tree, unitId) !== null)
    : [...scope.unitIds];
  const rows = await listUnitBatches(ctx.pool, [...batchRegionsOf(scope)], unitIds);
  const now = ctx.clock.now();
  return done({
    rows: rows.map((row) => ({
      ...row,
      regionName: scope.tree.regions.get(row.regionId)?.name ?? '',
      phase: phaseOf(row, now),
    })),
    mayRegister: mayDo(ctx, 'exam.register'),
    mayCheck,
  });
}

/** The batch behind a campaign, for links of the office's list of what a unit owes; its page checks who may see it. */
export async function batchOfCampaign(
  ctx: ActorCtx,
  campaignId: string,
): Promise<Outcome<{ batchId: string }, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'exam.read_registration')) return refused('FORBIDDEN');
  const batch = await findBatchOfCampaign(ctx.pool, campaignId);
  return batch === null ? refused('NOT_FOUND') : done({ batchId: batch.id });
}
