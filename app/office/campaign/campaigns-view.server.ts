import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import type { TableQuery } from '#app/platform/ui/table/table-query.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import type { CampaignLine, CampaignSort, UnitCampaignLine } from './board.store.server.ts';
import { listCampaigns, listUnitCampaigns } from './board.store.server.ts';
import { CAMPAIGN_STATES, answerPath } from './campaign.ts';
import { lastDayFor } from './issue-campaign.server.ts';
import { campaignWorks, findWork } from './work.server.ts';

/** Signs with a meaning in LIKE stand for themselves. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

export interface KindChoice {
  readonly code: string;
  readonly label: string;
}

export interface CampaignsPage {
  readonly rows: readonly (CampaignLine & { readonly kindLabel: string; readonly regionName: string })[];
  readonly total: number;
  readonly page: number;
  readonly kinds: readonly KindChoice[];
  readonly mayIssue: boolean;
}

/** Campaigns in which the viewer reaches at least one unit. Refusal: FORBIDDEN. */
export async function viewCampaigns(
  ctx: ActorCtx,
  table: TableQuery<CampaignSort, 'kind' | 'state'>,
): Promise<Outcome<CampaignsPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'campaign.read')) return refused('FORBIDDEN');
  const { unitIds, regionIds, tree } = await reachFor(ctx, 'campaign.read');
  const works = campaignWorks(ctx);
  const filter = {
    text: escapeLike(table.q),
    kind: works.find((work) => work.kind.code === table.filters.kind)?.kind.code ?? null,
    state: CAMPAIGN_STATES.find((state) => state === table.filters.state) ?? null,
    today: dayOf(ctx.clock.now()),
  };
  const reach = { unitIds: [...unitIds], regionIds: [...regionIds] };
  const offset = (table.page - 1) * table.size;
  const { rows, total } = await listCampaigns(ctx.pool, reach, filter, {
    sort: table.sort,
    limit: table.size,
    offset,
  });
  return done({
    rows: rows.map((row) => ({
      ...row,
      kindLabel: findWork(ctx, row.kind)?.kind.label ?? row.kind,
      regionName: tree.regions.get(row.regionId)?.name ?? '上级地区',
    })),
    total,
    page: pageBounds(total, table.page, table.size).page,
    kinds: works.map(({ kind }) => ({ code: kind.code, label: kind.label })),
    mayIssue: mayDo(ctx, 'campaign.issue'),
  });
}

export interface UnitCampaignsPage {
  readonly rows: readonly (UnitCampaignLine & { readonly kindLabel: string; readonly path: string })[];
  readonly total: number;
  readonly page: number;
  readonly today: Day;
}

/** What the viewer's own units are asked. Refusal: FORBIDDEN. */
export async function viewUnitCampaigns(
  ctx: ActorCtx,
  table: Pick<TableQuery, 'q' | 'page' | 'size'>,
): Promise<Outcome<UnitCampaignsPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'campaign.read_own_unit')) return refused('FORBIDDEN');
  const { unitIds, regionIds } = await reachFor(ctx, 'campaign.read_own_unit');
  const { rows, total } = await listUnitCampaigns(
    ctx.pool,
    { unitIds: [...unitIds], regionIds: [...regionIds] },
    { text: escapeLike(table.q), limit: table.size, offset: (table.page - 1) * table.size },
  );
  return done({
    rows: rows.map((row) => {
      const kind = findWork(ctx, row.kind)?.kind;
      return {
        ...row,
        kindLabel: kind?.label ?? row.kind,
        path: kind?.pages?.answer(row.campaignId, row.unitId) ?? answerPath(row.campaignId, row.unitId),
      };
    }),
    total,
    page: pageBounds(total, table.page, table.size).page,
    today: dayOf(ctx.clock.now()),
  });
}

export interface NewCampaignPage {
  readonly kinds: readonly KindChoice[];
  readonly regions: readonly { readonly id: string; readonly name: string }[];
  readonly fields: readonly { readonly code: string; readonly name: string }[];
  /** What the form begins with for the chosen kind. */
  readonly preset: {
    readonly kind: string;
    readonly year: number;
    readonly title: string;
    readonly body: string;
    readonly workdays: number;
    readonly dueDay: Day;
  };
}

/** The form of a new campaign: texts and deadline proposed for the kind. Refusal: FORBIDDEN. */
export async function viewNewCampaign(
  ctx: ActorCtx,
  asked: { readonly kind: string | null },
): Promise<Outcome<NewCampaignPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'campaign.issue')) return refused('FORBIDDEN');
  const { regionIds, tree } = await reachFor(ctx, 'campaign.issue');
  const works = campaignWorks(ctx);
  const chosen = works.find(({ kind }) => kind.code === asked.kind) ?? works[0];
  if (chosen === undefined) return refused('FORBIDDEN');
  const { kind } = chosen;
  const today = dayOf(ctx.clock.now());
  const year = yearOf(today);
  const regions = [...tree.regions.values()].filter(
    (region) => regionIds.has(region.id) && region.level !== 'township',
  );
  return done({
    kinds: works.map((work) => ({ code: work.kind.code, label: work.kind.label })),
    regions: regions.map(({ id, name }) => ({ id, name })),
    fields: await listFields(ctx.pool),
    preset: {
      kind: kind.code,
      year,
      title: kind.title(year),
      body: kind.body(year),
      workdays: kind.defaultWorkdays,
      dueDay: await lastDayFor(ctx, today, kind.defaultWorkdays),
    },
  });
}
