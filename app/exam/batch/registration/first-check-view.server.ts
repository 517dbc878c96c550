import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { Judgement } from '../../eligibility/eligibility.ts';
import type { Batch } from '../batch.store.server.ts';
import { judgeRegistrations } from './judge-candidates.server.ts';
import { townshipOf } from './office-tasks.server.ts';
import { listOwn } from './own-registrations.server.ts';
import type { Registration } from './registration.store.server.ts';
import { listRegistrationsOf } from './registration.store.server.ts';
import { takeUnitBatch } from './unit-scope.server.ts';

export interface CheckLine extends Registration {
  /** As the rules say now. */
  readonly judgement: Judgement;
  readonly isWaiting: boolean;
  /** The viewer may check it: it waits, and somebody else has made it about somebody else. */
  readonly mayBeChecked: boolean;
}

export interface FirstCheckPage {
  readonly batch: Batch;
  readonly rows: readonly CheckLine[];
  readonly waiting: number;
}

/** Township people of the actor's 司法所 in a batch: what waits for the first check stands first. Refusals: FORBIDDEN, NOT_FOUND. */
export async function viewFirstCheck(
  ctx: ActorCtx,
  batchId: string,
): Promise<Outcome<FirstCheckPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeUnitBatch(ctx, 'exam.first_check', batchId);
  if (!taken.ok) return taken;
  const { batch, unitIds, tree } = taken.value;
  const townshipUnits = [...unitIds].filter((unitId) => townshipOf(tree, unitId) !== null);
  const registrations = (await listRegistrationsOf(ctx.pool, batchId, townshipUnits)).filter(
    (one) => one.status !== 'withdrawn',
  );
  const judged = await judgeRegistrations(ctx, batch, registrations, dayOf(ctx.clock.now()));
  const waits = (one: Registration): boolean => one.status === 'registered' && batch.status !== 'cancelled';
  const own = await listOwn(ctx.db, ctx, registrations.filter(waits));
  const rows = registrations.flatMap((one): CheckLine[] => {
    const judgement = judged.get(one.id);
    if (judgement === undefined) return [];
    const isWaiting = waits(one);
    return [{ ...one, judgement, isWaiting, mayBeChecked: isWaiting && !own.has(one.id) }];
  });
  return done({
    batch,
    rows: [...rows.filter((one) => one.isWaiting), ...rows.filter((one) => !one.isWaiting)],
    waiting: rows.filter((one) => one.isWaiting).length,
  });
}
