import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, dayOf } from '#app/platform/time/day.ts';
import type { ActorCtx } from '../actor.server.ts';
import { mayDo } from '../actor.server.ts';
import { reachOf } from '../reach.ts';
import type { DelegationKind } from './delegation.ts';
import { isDelegable } from './delegation.ts';
import type { DeputyCandidate, StoredDelegation } from './delegation.store.server.ts';
import { listCandidates, listStanding } from './delegation.store.server.ts';

/** More people than a select can hold are narrowed down by unit first; a county office stays far below. */
const MAX_CANDIDATES = 500;

export interface DelegationLine {
  readonly id: string;
  readonly kind: DelegationKind;
  readonly otherName: string;
  readonly reason: string;
  readonly fromDay: Day;
  /** Last day on which it holds; null while open. */
  readonly lastDay: Day | null;
  readonly holdsToday: boolean;
}

export interface DelegationsView {
  readonly given: readonly DelegationLine[];
  readonly taken: readonly DelegationLine[];
  readonly candidates: readonly DeputyCandidate[];
  readonly today: Day;
}

function lineOf(row: StoredDelegation, otherName: string, today: Day): DelegationLine {
  const { id, kind, reason, fromDay, untilDay } = row;
  const lastDay = untilDay === null ? null : addDays(untilDay, -1);
  return { id, kind, otherName, reason, fromDay, lastDay, holdsToday: fromDay <= today };
}

/** Who stands in for the actor and for whom the actor stands in, now and later. Refusal: FORBIDDEN. */
export async function viewDelegations(ctx: ActorCtx): Promise<Outcome<DelegationsView, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'delegation.manage')) return refused('FORBIDDEN');
  const today = dayOf(ctx.clock.now());
  const tree = await currentTree(ctx);
  const own = ctx.actor.grants.filter((grant) => grant.lentBy === undefined && isDelegable(grant.role));
  const { unitIds } = reachOf(own, 'delegation.manage', tree);
  const [rows, candidates] = await Promise.all([
    listStanding(ctx.db, ctx.actorId, today),
    listCandidates(ctx.pool, [...unitIds], {
      day: today,
      exceptAccountId: ctx.actorId,
      limit: MAX_CANDIDATES,
    }),
  ]);
  return done({
    given: rows
      .filter((row) => row.fromAccountId === ctx.actorId)
      .map((row) => lineOf(row, row.toName, today)),
    taken: rows
      .filter((row) => row.toAccountId === ctx.actorId)
      .map((row) => lineOf(row, row.fromName, today)),
    candidates,
    today,
  });
}
