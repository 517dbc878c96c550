import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { isVersionInForce } from '../bank/law-calendar.ts';
import { examPorts } from '../ports.server.ts';
import type { SealRecord } from './custody.store.server.ts';
import { measureHall } from './draw-set.server.ts';
import type { NeighbourMeasure } from './overlap.ts';
import type { CustodySitting } from './seal.store.server.ts';
import { findLastChanges, listCitedLaws } from './since-seal.store.server.ts';

/** What was changed after the papers were frozen, and what that does to them; a frozen paper itself never changes. */
export interface SinceSeal {
  /** The date was changed after the set was released: what was printed until then shows void ticket numbers. */
  readonly mustPrintAgain: boolean;
  /** Questions whose law text is not the one in force on the new day; 0 while the date stands. */
  readonly questionsOutOfForce: number;
  /** Neighbours' papers as people sit now, where somebody was moved since; null otherwise. */
  readonly neighbours: NeighbourMeasure | null;
}

/**
 * Compares what was sealed with the sitting as it is now. Only what was changed since is looked at again.
 * @param last the last seal; null: nothing is sealed, nothing can be out of date
 */
export async function lookSinceSeal(
  ctx: ActorCtx,
  sitting: Pick<CustodySitting, 'id' | 'opensAt'>,
  last: Pick<SealRecord, 'occurredAt' | 'release'> | null,
): Promise<SinceSeal> {
  if (last === null) return { mustPrintAgain: false, questionsOutOfForce: 0, neighbours: null };
  const { dateChangedAt, seatMovedAt } = await findLastChanges(ctx.pool, sitting.id);
  const isDateNew = dateChangedAt !== null && dateChangedAt > last.occurredAt;
  return {
    mustPrintAgain:
      dateChangedAt !== null && last.release !== null && dateChangedAt > last.release.occurredAt,
    questionsOutOfForce: isDateNew ? await countOutOfForce(ctx, sitting) : 0,
    neighbours:
      seatMovedAt !== null && seatMovedAt > last.occurredAt ? await measureHall(ctx, sitting.id) : null,
  };
}

async function countOutOfForce(
  ctx: ActorCtx,
  sitting: Pick<CustodySitting, 'id' | 'opensAt'>,
): Promise<number> {
  const { laws } = examPorts(ctx.pool);
  const day = dayOf(sitting.opensAt);
  const cited = await listCitedLaws(ctx.pool, sitting.id);
  return cited
    .filter(({ law, lawVersion }) => !isVersionInForce(laws, law, lawVersion, day))
    .reduce((sum, one) => sum + one.questions, 0);
}
