import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Services } from '#app/accounts/part.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import type { PlaceScope } from '#app/organization/register/import/place-scope.ts';
import { parsePlaceScope } from '#app/organization/register/import/place-scope.ts';
import { parseRosterScope } from '#app/organization/roster/roster-scope.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { ImportDesk } from '#app/platform/import/import-desk.server.ts';
import { openImportDesk } from '#app/platform/import/import-desk.server.ts';
import { findKindOfRun } from '#app/platform/import/run/import-run.store.server.ts';
import type { ImportScope } from '#app/platform/import/run/import-run.ts';
import type { ImportWork } from '#app/platform/import/run/work.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { parseDateText } from '#app/platform/ui/text/date-text.ts';

/** The scope's shape of a kind: where its files belong and how that is checked. */
export interface ScopeShape {
  make(place: PlaceScope): ImportScope | null;
  /** The place a stored scope names. */
  read(scope: ImportScope): Pick<PlaceScope, 'placeKind' | 'placeId'>;
}

/** The bureau's region or one unit. */
export const PLACE_SHAPE: ScopeShape = { make: (place) => place, read: parsePlaceScope };

/** A region alone, as rosters have it. */
export const REGION_SHAPE: ScopeShape = {
  make: ({ placeKind, placeId, asOfDay }) => (placeKind === 'region' ? { regionId: placeId, asOfDay } : null),
  read: (scope) => ({ placeKind: 'region', placeId: parseRosterScope(scope).regionId }),
};

/** What the office says about a kind besides what the kind says itself. */
export interface CounterOptions {
  readonly permission: Permission;
  readonly shape: ScopeShape;
  /** The day beside the file; null for kinds whose rows carry their own days. */
  readonly day: { readonly label: string; readonly hint: string } | null;
}

export interface Counter extends CounterOptions {
  readonly kindId: string;
  readonly title: string;
  open(services: Services): ImportDesk<ActorCtx>;
}

/** One entry of the list of kinds: everything else follows from it. */
export function counter<Row, Fact, Context>(
  work: ImportWork<Row, Fact, Context>,
  options: CounterOptions,
): Counter {
  const { permission, shape } = options;
  return {
    ...options,
    kindId: work.kind.id,
    title: work.kind.title,
    open: ({ jobs, system }) =>
      openImportDesk<ActorCtx, Row, Fact, Context>({
        work,
        jobs,
        system,
        mayImport: async (ctx, scope) => {
          if (!mayDo(ctx, permission)) return false;
          const { regionIds, unitIds } = await reachFor(ctx, permission);
          const { placeKind, placeId } = shape.read(scope);
          return placeKind === 'region' ? regionIds.has(placeId) : unitIds.has(placeId);
        },
      }),
  };
}

interface OpenCounter {
  readonly counter: Counter;
  readonly desk: ImportDesk<ActorCtx>;
}

const opened = new WeakMap<Pool, ReadonlyMap<string, OpenCounter>>();

export function openCounters(
  services: Services,
  counters: readonly Counter[],
): readonly ImportDesk<ActorCtx>[] {
  const open = counters.map((one) => ({ counter: one, desk: one.open(services) }));
  opened.set(services.system.pool, new Map(open.map((one) => [one.counter.kindId, one])));
  return open.map(({ desk }) => desk);
}

function countersOf(ctx: ActorCtx): readonly OpenCounter[] {
  const known = opened.get(ctx.pool);
  invariant(known, 'the office was composed before it is used');
  return [...known.values()];
}

/** The counter of a run; null for a run of no kind. Whether the actor may see the run is the desk's to say. */
export async function counterOfRun(ctx: ActorCtx, runId: string): Promise<OpenCounter | null> {
  const kindId = await findKindOfRun(ctx.db, runId);
  return countersOf(ctx).find((one) => one.counter.kindId === kindId) ?? null;
}

export interface ChosenCounter extends OpenCounter {
  readonly place: PlaceScope;
  readonly placeName: string;
  readonly scope: ImportScope;
}

/** The place an account hands files in for: its region if it is a bureau, else its unit. Null for neither. */
async function ownPlace(
  ctx: ActorCtx,
  permission: Permission,
): Promise<{ readonly place: PlaceScope; readonly name: string } | null> {
  if (!mayDo(ctx, permission)) return null;
  const { tree, regionIds, unitIds } = await reachFor(ctx, permission);
  const asOfDay = dayOf(ctx.clock.now());
  for (const { scopeKind, regionId } of ctx.actor.grants) {
    const region = scopeKind === 'region' && regionId !== null ? tree.regions.get(regionId) : undefined;
    if (region !== undefined && regionIds.has(region.id))
      return { place: { placeKind: 'region', placeId: region.id, asOfDay }, name: region.name };
  }
  for (const { scopeKind, unitId } of ctx.actor.grants) {
    const unit = scopeKind === 'unit' && unitId !== null ? tree.units.get(unitId) : undefined;
    if (unit !== undefined && unitIds.has(unit.id))
      return { place: { placeKind: 'unit', placeId: unit.id, asOfDay }, name: unit.name };
  }
  return null;
}

/** The kinds this account may hand in, in the order of the list, each with the place it is for. */
export async function ownCounters(ctx: ActorCtx): Promise<readonly ChosenCounter[]> {
  const found: ChosenCounter[] = [];
  for (const one of countersOf(ctx)) {
    const own = await ownPlace(ctx, one.counter.permission);
    const scope = own === null ? null : one.counter.shape.make(own.place);
    if (own !== null && scope !== null) found.push({ ...one, place: own.place, placeName: own.name, scope });
  }
  return found;
}

/** The scope with the day typed beside the file; null for a day that does not exist or lies in the future. */
export function scopeOnDay({ counter: one, place }: ChosenCounter, form: FormData): ImportScope | null {
  const text = form.get('asOfDay');
  const isTyped = one.day !== null && typeof text === 'string' && text.trim() !== '';
  const day: Day | null = isTyped ? parseDateText(text) : place.asOfDay;
  return day === null || day > place.asOfDay ? null : one.shape.make({ ...place, asOfDay: day });
}
