import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import { homeLinksOn } from '#app/organization/person/person.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { findClosedYears } from './closed-year.store.server.ts';
import { closingUnit } from './closing-scope.server.ts';
import type { Standing } from './closing.ts';
import { standingOf, takesObjections } from './closing.ts';
import { findClosing, publishedRowOf } from './closing.store.server.ts';
import type { Objection } from './objection.store.server.ts';
import { listObjections } from './objection.store.server.ts';
import { yearAsked } from './year-board-view.server.ts';
import type { ListRow } from './year-list.ts';

/** What the head of one's own hours says about the closing of a year. */
export interface OwnClosing {
  readonly year: number;
  readonly standing: Standing;
  readonly objectionsUntilDay: Day | null;
  readonly takesObjections: boolean;
  /** One's objection waits for its answer. */
  readonly isWaiting: boolean;
  readonly sealNo: string | null;
  readonly closedDay: Day | null;
}

export interface OwnClosingView extends OwnClosing {
  readonly unitName: string;
  readonly publishedDay: Day | null;
  /** One's own line of the list; null before it is put up, or when one is not on it. */
  readonly row: ListRow | null;
  readonly objections: readonly Objection[];
}

async function readOwn(ctx: ActorCtx, personId: string, year: number): Promise<OwnClosingView | null> {
  const home = (await homeLinksOn(ctx.pool, [personId], `${year}-12-31`)).get(personId);
  if (home === undefined) return null;
  const closing = await findClosing(ctx.pool, home.unitId, year);
  if (closing === null || closing.round === 0) return null;
  const today = dayOf(ctx.clock.now());
  const own = (await listObjections(ctx.pool, closing.id)).filter((one) => one.personId === personId);
  const waiting = own.filter((one) => one.outcome === null).length;
  const row = await publishedRowOf(ctx.pool, closing.id, personId);
  const closed = (await findClosedYears(ctx.pool, [personId], year)).get(personId);
  return {
    year,
    standing: standingOf(closing, waiting, today),
    objectionsUntilDay: closing.objectionsUntilDay,
    takesObjections: row !== null && takesObjections(closing, today),
    isWaiting: waiting > 0,
    sealNo: closed?.sealNo ?? null,
    closedDay: closed?.closedDay ?? null,
    unitName: (await closingUnit(ctx, { unitId: home.unitId, year }))?.shownName ?? '原单位',
    publishedDay: closing.publishedDay,
    row,
    objections: own,
  };
}

/** For the head of /hours: how the closing of this year stands for oneself; null while nothing is put up. */
export async function ownClosing(ctx: ActorCtx, year: number): Promise<OwnClosing | null> {
  if (!mayDo(ctx, 'hours.read_own')) return null;
  return readOwn(ctx, ownPersonId(ctx), year);
}

/** The own page of a closing. Refusals: FORBIDDEN; NOT_FOUND while nothing is put up. */
export async function viewOwnClosing(
  ctx: ActorCtx,
  year: string | null,
): Promise<Outcome<OwnClosingView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'hours.read_own')) return refused('FORBIDDEN');
  const asked = yearAsked(year, dayOf(ctx.clock.now()));
  const view = await readOwn(ctx, ownPersonId(ctx), asked);
  return view === null ? refused('NOT_FOUND') : done(view);
}
