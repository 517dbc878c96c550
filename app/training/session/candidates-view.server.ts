import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { PeopleQuery, PersonRow } from '#app/organization/person/person.ts';
import { listPeopleOfUnits } from '#app/organization/person/person.store.server.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';

export interface CandidatesView {
  readonly rows: readonly PersonRow[];
  readonly total: number;
  readonly fields: readonly { readonly code: string; readonly name: string }[];
}

/** People of the actor's reach, to put on the list of a class. */
export async function candidatesView(
  ctx: ActorCtx,
  query: PeopleQuery,
): Promise<Outcome<CandidatesView, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'session.schedule')) return refused('FORBIDDEN');
  const { unitIds } = await reachFor(ctx, 'session.schedule');
  const people = await listPeopleOfUnits(ctx.pool, [...unitIds], dayOf(ctx.clock.now()), query);
  return done({ ...people, fields: await listFields(ctx.pool) });
}
