import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { TableQuery } from '#app/platform/ui/table/table-query.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import type { ShownStanding } from './certificate.ts';
import { SHOWN_STANDINGS, shownStanding } from './certificate.ts';
import type { DueRange, RegisterQuery, RegisterSort } from './register.store.server.ts';
import { DUE_RANGES, countByStanding, listRegister } from './register.store.server.ts';

export type RegisterFilter = 'state' | 'unit' | 'field' | 'validTo';

export interface RegisterLine {
  readonly id: string;
  readonly personName: string;
  readonly certificateNo: string;
  readonly unitName: string;
  readonly fieldName: string;
  readonly standing: ShownStanding;
  readonly validToDay: Day;
  readonly issuedDay: Day;
}

export interface RegisterPage {
  readonly today: Day;
  readonly rows: readonly RegisterLine[];
  /** Cards that match everything, over all pages; out of `counts`, so that table and counts never differ. */
  readonly total: number;
  readonly page: number;
  readonly counts: readonly { readonly standing: ShownStanding; readonly count: number }[];
  readonly fields: readonly { readonly code: string; readonly name: string }[];
}

const isDueRange = (text: string | undefined): text is DueRange =>
  text !== undefined && Object.hasOwn(DUE_RANGES, text);

function unitsNamed(tree: OrgTree, text: string | undefined): readonly string[] | null {
  if (text === undefined) return null;
  const typed = text.toLowerCase();
  return [...tree.units.values()]
    .filter((unit) => unit.name.includes(text) || unit.namePinyin.startsWith(typed))
    .map((unit) => unit.id);
}

/** The cards the viewer reaches, one page of them, with counts by state. Refusal: FORBIDDEN. */
export async function viewRegister(
  ctx: ActorCtx,
  table: TableQuery<RegisterSort, RegisterFilter>,
): Promise<Outcome<RegisterPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'certificate.read')) return refused('FORBIDDEN');
  const reach = await reachFor(ctx, 'certificate.read');
  const today = dayOf(ctx.clock.now());
  const { filters } = table;
  const query: RegisterQuery = {
    regionIds: [...reach.regionIds],
    // Units inside a reached region are seen by their region already.
    unitIds: [...reach.unitIds].filter(
      (id) => !reach.regionIds.has(reach.tree.units.get(id)?.regionId ?? ''),
    ),
    today,
    text: table.q,
    standing: SHOWN_STANDINGS.find((known) => known === filters.state) ?? null,
    fieldCode: filters.field ?? null,
    namedUnitIds: unitsNamed(reach.tree, filters.unit),
    due: isDueRange(filters.validTo) ? filters.validTo : null,
  };
  const counted = await countByStanding(ctx.pool, query);
  const counts = SHOWN_STANDINGS.map((standing) => ({ standing, count: counted[standing] ?? 0 }));
  const total = counts
    .filter((one) => query.standing === null || one.standing === query.standing)
    .reduce((sum, one) => sum + one.count, 0);
  const { page, offset } = pageBounds(total, table.page, table.size);
  const fields = await listFields(ctx.pool);
  const nameOf = new Map(fields.map((field) => [field.code, field.name]));
  const rows = await listRegister(ctx.pool, query, { sort: table.sort, limit: table.size, offset });
  return done({
    today,
    rows: rows.map(({ state, isLost, fieldCode, ...row }) => ({
      ...row,
      fieldName: nameOf.get(fieldCode) ?? fieldCode,
      standing: shownStanding(state, isLost, row.validToDay, today),
    })),
    total,
    page,
    counts,
    fields,
  });
}
