import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { unitChoices } from './person-scope.server.ts';

export interface NewPersonPage {
  readonly today: Day;
  readonly units: readonly { readonly id: string; readonly name: string }[];
  readonly fields: readonly { readonly code: string; readonly name: string }[];
}

/** The units a person can be entered into. Refusal: FORBIDDEN. */
export async function viewNewPerson(ctx: ActorCtx): Promise<Outcome<NewPersonPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'roster.manage')) return refused('FORBIDDEN');
  const reach = await reachFor(ctx, 'roster.manage');
  return done({
    today: dayOf(ctx.clock.now()),
    units: unitChoices(reach, Number.POSITIVE_INFINITY) ?? [],
    fields: await listFields(ctx.pool),
  });
}
