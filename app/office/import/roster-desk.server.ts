import { type ActorCtx, reachFor } from '#app/accounts/actor.server.ts';
import type { RosterScope } from '#app/organization/roster/roster-scope.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { ImportDesk } from '#app/platform/import/import-desk.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { parseDateText } from '#app/platform/ui/text/date-text.ts';

const desks = new WeakMap<Pool, ImportDesk<ActorCtx>>();

export function provideRosterDesk(pool: Pool, desk: ImportDesk<ActorCtx>): void {
  desks.set(pool, desk);
}

/** The roster's counter of the application around this pool. */
export function rosterDesk(ctx: ActorCtx): ImportDesk<ActorCtx> {
  const desk = desks.get(ctx.pool);
  invariant(desk, 'the office was composed before it is used');
  return desk;
}

/** Where a roster handed in here belongs: the bureau's own region, today. Null for an account without a region. */
export async function ownRosterScope(ctx: ActorCtx): Promise<(RosterScope & { regionName: string }) | null> {
  const { tree } = await reachFor(ctx, 'roster.import');
  const grant = ctx.actor.grants.find(
    (candidate) => candidate.role === 'justice_bureau' && candidate.scopeKind === 'region',
  );
  const region = grant?.regionId ? tree.regions.get(grant.regionId) : undefined;
  if (!region) return null;
  return { regionId: region.id, asOfDay: dayOf(ctx.clock.now()), regionName: region.name };
}

/** The day typed beside the file; null for one that does not exist or lies in the future. */
export function scopeOnDay(scope: RosterScope, form: FormData): RosterScope | null {
  const text = form.get('asOfDay');
  if (typeof text !== 'string' || text.trim() === '')
    return { regionId: scope.regionId, asOfDay: scope.asOfDay };
  const day = parseDateText(text);
  return day === null || day > scope.asOfDay ? null : { regionId: scope.regionId, asOfDay: day };
}
