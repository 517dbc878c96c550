import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { admissionRefusal } from '#app/organization/person/card-admission.ts';
import type { PeopleQuery, PersonRow } from '#app/organization/person/person.ts';
import { listPeopleOfUnits } from '#app/organization/person/person.store.server.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import type { CardFace } from './card-faces.server.ts';
import { cardFacesOf } from './card-faces.server.ts';
import { unitChoices } from './person-scope.server.ts';

/** A line of the roster with what it means for the card. */
export interface RosterRow extends PersonRow {
  /** Why this 编制 may not hold a card; null where it may. */
  readonly notAdmitted: string | null;
  readonly card: CardFace | null;
}

export interface RosterPage {
  readonly day: Day;
  readonly rows: readonly RosterRow[];
  readonly total: number;
  readonly page: number;
  /** Units the viewer reaches, for the filter; empty when there is only one. */
  readonly units: readonly { readonly id: string; readonly name: string }[];
  readonly fields: readonly { readonly code: string; readonly name: string }[];
  /** The unit the viewer answers for, when it is a single one. */
  readonly unitName: string | null;
  readonly mayAdd: boolean;
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
  const reach = await reachFor(ctx, 'organization.read');
  const { unitIds } = reach;
  if (unitId !== null && !unitIds.has(unitId)) return refused('NOT_FOUND');
  const day = dayOf(ctx.clock.now());
  const { rows, ...list } = await pageOf(ctx, unitId === null ? [...unitIds] : [unitId], day, query);
  const cards = await cardFacesOf(
    ctx,
    rows.map(({ id }) => id),
  );
  const choices = unitChoices(reach, MAX_UNIT_CHOICES) ?? [];
  return done({
    day,
    ...list,
    rows: rows.map((row) => ({
      ...row,
      notAdmitted: admissionRefusal(row.establishment),
      card: cards.get(row.id)?.[0] ?? null,
    })),
    units: choices.length > 1 ? choices : [],
    fields: await listFields(ctx.pool),
    unitName: choices.length === 1 ? (choices[0]?.name ?? null) : null,
    mayAdd: mayDo(ctx, 'roster.manage'),
  });
}

/** A page beyond the end is answered with the last one. */
async function pageOf(ctx: ActorCtx, unitIds: readonly string[], day: Day, query: PeopleQuery) {
  const first = await listPeopleOfUnits(ctx.pool, unitIds, day, query);
  const { page } = pageBounds(first.total, query.page, query.size);
  if (page === query.page) return { ...first, page };
  return { ...(await listPeopleOfUnits(ctx.pool, unitIds, day, { ...query, page })), page };
}
