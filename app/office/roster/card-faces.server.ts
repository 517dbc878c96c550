import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';

/** A card as the roster shows it; the slice that keeps cards says the words. */
export interface CardFace {
  readonly certificateNo: string;
  readonly word: string;
  readonly shape: 'solid' | 'half' | 'hollow' | 'dot';
  readonly tone: 'positive' | 'caution' | 'neutral' | 'danger' | 'pending';
  readonly fieldCode: string;
  readonly validToDay: Day;
  /** Page of the card where the viewer may open it. */
  readonly path: string | null;
}

/** Cards of some persons, those that count most first. Provided from above: this slice knows no certificates. */
export type CardFaces = (
  ctx: ActorCtx,
  personIds: readonly string[],
) => Promise<ReadonlyMap<string, readonly CardFace[]>>;

const providers = new WeakMap<Pool, CardFaces>();

export function provideCardFaces(pool: Pool, faces: CardFaces): void {
  providers.set(pool, faces);
}

/** Empty where no register of cards is composed in. */
export async function cardFacesOf(
  ctx: ActorCtx,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, readonly CardFace[]>> {
  return (await providers.get(ctx.pool)?.(ctx, personIds)) ?? new Map();
}
