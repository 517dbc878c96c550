import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId, reachFor } from '#app/accounts/actor.server.ts';
import { homeLinksOn } from '#app/organization/person/person.store.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { listEntryYears } from '../ledger/hour-entry.store.server.ts';
import type { Card } from './card.ts';
import { cardYear } from './card-years.ts';
import { cardDay, readCards } from './read-cards.server.ts';

export type CardViewRefusal = 'FORBIDDEN' | 'NOT_FOUND';

export interface CardView {
  readonly card: Card;
  /** Years with entries, and this one. */
  readonly years: readonly number[];
  readonly today: Day;
}

/** Whether the person belongs, on the card's day or today, to a unit the viewer reaches. */
async function mayRead(ctx: ActorCtx, personId: string, year: number): Promise<boolean> {
  if (!mayDo(ctx, 'hours.read_card')) return false;
  const { unitIds } = await reachFor(ctx, 'hours.read_card');
  const now = ctx.clock.now();
  for (const day of new Set([cardDay(year, now), dayOf(now)])) {
    const home = (await homeLinksOn(ctx.pool, [personId], day)).get(personId);
    if (home !== undefined && unitIds.has(home.unitId)) return true;
  }
  return false;
}

async function viewOf(ctx: ActorCtx, personId: string, year: number): Promise<CardView> {
  const today = dayOf(ctx.clock.now());
  const [card] = await readCards(ctx, [personId], year);
  invariant(card !== undefined, 'whoever may be read is known');
  const years = new Set([cardYear(null, today), year, ...(await listEntryYears(ctx.pool, personId))]);
  return { card, today, years: [...years].sort((a, b) => b - a) };
}

/** One's own card. @param year text of the address  Refusal: FORBIDDEN */
export async function viewOwnCard(
  ctx: ActorCtx,
  year: string | null,
): Promise<Outcome<CardView, CardViewRefusal>> {
  if (!mayDo(ctx, 'hours.read_own')) return refused('FORBIDDEN');
  return done(await viewOf(ctx, ownPersonId(ctx), cardYear(year, dayOf(ctx.clock.now()))));
}

/** The card of a person in reach. Refusals: FORBIDDEN; NOT_FOUND (also outside the reach). */
export async function viewCard(
  ctx: ActorCtx,
  personId: string,
  year: string | null,
): Promise<Outcome<CardView, CardViewRefusal>> {
  if (!mayDo(ctx, 'hours.read_card')) return refused('FORBIDDEN');
  const asked = cardYear(year, dayOf(ctx.clock.now()));
  if (!(await mayRead(ctx, personId, asked))) return refused('NOT_FOUND');
  return done(await viewOf(ctx, personId, asked));
}
