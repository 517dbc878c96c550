import type { PeopleQuery, PersonRow } from '#app/organization/person/person.ts';
import { listPeopleOfUnits } from '#app/organization/person/person.store.server.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import type { ActorCtx } from '../actor.server.ts';
import { mayDo, reachFor } from '../actor.server.ts';

export interface RosterPage {
  readonly day: Day;
  readonly rows: readonly PersonRow[];
  readonly total: number;
  readonly page: number;
  /** Units the viewer reaches, for the filter; empty when there is only one. */
  readonly units: readonly { readonly id: string; readonly name: string }[];
  readonly fields: readonly { readonly code: string; readonly name: string }[];
  /** The unit the viewer answers for, when it is a single one. */
  readonly unitName: string | null;
}

/** More units than this are not offered as a list: the search finds people faster. */
const MAX_UNIT_CHOICES = 60;

/**
 * People of the units the viewer reaches today, as known now. Refusals: FORBIDDEN; NOT_FOUND when the filter names a
 * unit out of reach.
 * @param unitId one of the units; null for all
 */
export async function viewRoster(
  ctx: ActorCtx,
  query: PeopleQuery,
  unitId: string | null,
): Promise<Outcome<RosterPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'organization.read')) return refused('FORBIDDEN');
  const { tree, unitIds } = await reachFor(ctx, 'organization.read');
  if (unitId !== null && !unitIds.has(unitId)) return refused('NOT_FOUND');
  const day = dayOf(ctx.clock.now());
  const wanted = unitId === null ? [...unitIds] : [unitId];
  const list = await pageOf(ctx, wanted, day, query);
  const units = [...unitIds].flatMap((id) => tree.units.get(id) ?? []);
  const sorted = units.sort((a, b) => (a.namePinyin < b.namePinyin ? -1 : 1));
  return done({
    day,
    ...list,
    units:
      sorted.length > 1 && sorted.length <= MAX_UNIT_CHOICES
        ? sorted.map(({ id, name }) => ({ id, name }))
        : [],
    fields: await listFields(ctx.pool),
    unitName: sorted.length === 1 ? (sorted[0]?.name ?? null) : null,
  });
}

/** A page beyond the end is answered with the last one. */
async function pageOf(ctx: ActorCtx, unitIds: readonly string[], day: Day, query: PeopleQuery) {
  const first = await listPeopleOfUnits(ctx.pool, unitIds, day, query);
  const { page } = pageBounds(first.total, query.page, query.size);
  if (page === query.page) return { ...first, page };
  return { ...(await listPeopleOfUnits(ctx.pool, unitIds, day, { ...query, page })), page };
}
