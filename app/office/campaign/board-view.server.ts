import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import { regionAncestors, regionSubtree } from '#app/organization/tree/tree.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { TableQuery } from '#app/platform/ui/table/table-query.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import type { ApprovalScanRecord } from '../approval/scan.store.server.ts';
import { listScansOf } from '../approval/scan.store.server.ts';
import { listAcceptedAnswers } from './answer.store.server.ts';
import type { ApprovalOffer } from './approval-people.server.ts';
import { offerOf, openApproval } from './approval-people.server.ts';
import { findApproval } from './approval.store.server.ts';
import type { LeftUndone } from './kinds/kind.ts';
import { STANDINGS } from './board-table-spec.ts';
import type {
  BoardFilter,
  BoardReach,
  BoardRow,
  BoardSort,
  CampaignEventRow,
  TargetCounts,
} from './board.store.server.ts';
import {
  countBoardRows,
  countTargets,
  countTargetsByRegion,
  listBoardRows,
  listCampaignEvents,
  listOwingUnits,
  sumFigures,
} from './board.store.server.ts';
import { TARGET_STATES, isOverdue } from './campaign.ts';
import type { CampaignRecord } from './campaign.store.server.ts';
import { findCampaign } from './campaign.store.server.ts';
import { escapeLike } from './campaigns-view.server.ts';
import type { Announcement } from './kinds/kind.ts';
import { isCalledOff, workOf } from './work.server.ts';

export type BoardQuery = TableQuery<BoardSort, 'state' | 'standing' | 'region' | 'field'>;

export interface BoardLine extends BoardRow {
  readonly regionName: string;
  readonly isOverdue: boolean;
}

export interface RegionLine extends TargetCounts {
  readonly regionId: string;
  readonly regionName: string;
}

export interface Board {
  readonly campaign: CampaignRecord & { readonly kindLabel: string; readonly regionName: string };
  readonly sameLabel: string;
  readonly approvalEffect: string;
  readonly counts: TargetCounts;
  readonly regions: readonly RegionLine[];
  readonly figures: readonly { readonly label: string; readonly unit: string; readonly sum: number }[];
  readonly rows: readonly BoardLine[];
  readonly total: number;
  readonly page: number;
  readonly fields: readonly { readonly code: string; readonly name: string }[];
  readonly events: readonly CampaignEventRow[];
  /** Names of the units that owe an answer. */
  readonly owing: readonly string[];
  readonly today: Day;
  readonly may: { readonly issue: boolean; readonly review: boolean };
  /** What the units were asked for was called off for good. */
  readonly isCalledOff: boolean;
  readonly offer: ApprovalOffer;
  readonly scans: readonly ApprovalScanRecord[];
  /** What was reported and could not be done any more when it was approved. */
  readonly leftUndone: readonly (LeftUndone & { readonly unitName: string })[];
}

const NO_OFFER: ApprovalOffer = { mayApprove: false, needsSignedForm: false, waitsFor: null };

/** The approval as the bureau of the campaign sees it; others see neither the offer nor the scans. */
async function approvalPart(
  ctx: ActorCtx,
  { campaign, tree }: Pick<Seen, 'campaign' | 'tree'>,
  isOwn: boolean,
): Promise<Pick<Board, 'offer' | 'scans' | 'leftUndone'>> {
  if (!isOwn) return { offer: NO_OFFER, scans: [], leftUndone: [] };
  const people = await openApproval(ctx, campaign.id);
  const approval = await findApproval(ctx.pool, campaign.id);
  const { kind } = workOf(ctx, campaign);
  const effect = approval?.effect ?? null;
  return {
    offer: people === null ? NO_OFFER : offerOf(people),
    scans: await listScansOf(ctx.pool, campaign.id),
    leftUndone: (effect === null ? [] : (kind.leftUndone?.(effect) ?? [])).map((one) => ({
      ...one,
      unitName: tree.units.get(one.unitId)?.name ?? '已撤并单位',
    })),
  };
}

interface Seen {
  readonly campaign: CampaignRecord;
  readonly tree: OrgTree;
  readonly reach: BoardReach;
  readonly counts: TargetCounts;
  readonly today: Day;
}

/** The campaign as far as the viewer reaches: at least one of its units. */
async function openBoard(
  ctx: ActorCtx,
  campaignId: string,
): Promise<Outcome<Seen, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'campaign.read')) return refused('FORBIDDEN');
  const { unitIds, regionIds, tree } = await reachFor(ctx, 'campaign.read');
  const campaign = await findCampaign(ctx.pool, campaignId);
  if (campaign === null) return refused('NOT_FOUND');
  const today = dayOf(ctx.clock.now());
  const reach = { unitIds: [...unitIds], regionIds: [...regionIds] };
  const counts = await countTargets(ctx.pool, reach, { campaignId, today });
  if (counts.total === 0) return refused('NOT_FOUND');
  return done({ campaign, tree, reach, counts, today });
}

function filterOf({ campaign, tree, today }: Seen, query: BoardQuery): BoardFilter {
  const { state, standing, region, field } = query.filters;
  return {
    campaignId: campaign.id,
    today,
    text: escapeLike(query.q),
    state: TARGET_STATES.find((known) => known === state) ?? null,
    standing: STANDINGS.find((known) => known === standing) ?? null,
    fieldCode: field ?? null,
    inRegions: region === undefined ? null : [...regionSubtree(tree, region)],
  };
}

const EMPTY: TargetCounts = {
  total: 0,
  waiting: 0,
  submitted: 0,
  returned: 0,
  accepted: 0,
  overdue: 0,
  late: 0,
  toReview: 0,
  unchanged: 0,
};

function addCounts(a: TargetCounts, b: TargetCounts): TargetCounts {
  return {
    total: a.total + b.total,
    waiting: a.waiting + b.waiting,
    submitted: a.submitted + b.submitted,
    returned: a.returned + b.returned,
    accepted: a.accepted + b.accepted,
    overdue: a.overdue + b.overdue,
    late: a.late + b.late,
    toReview: a.toReview + b.toReview,
    unchanged: a.unchanged + b.unchanged,
  };
}

/** Townships count with their county: one line for the campaign's own level and one for each region right below it. */
async function regionLines(ctx: ActorCtx, { campaign, tree, reach, today }: Seen): Promise<RegionLine[]> {
  const byRegion = await countTargetsByRegion(ctx.pool, reach, { campaignId: campaign.id, today });
  const lines = new Map<string, TargetCounts>();
  for (const { regionId, ...counted } of byRegion) {
    const path = regionAncestors(tree, regionId).map((region) => region.id);
    const at = path.indexOf(campaign.regionId);
    const lineOf = at > 0 ? (path[at - 1] ?? regionId) : regionId;
    lines.set(lineOf, addCounts(lines.get(lineOf) ?? EMPTY, counted));
  }
  const codeOf = (id: string): string => tree.regions.get(id)?.code ?? '';
  return [...lines]
    .map(([regionId, counted]) => ({
      regionId,
      regionName:
        regionId === campaign.regionId ? '本级' : (tree.regions.get(regionId)?.name ?? '已撤并地区'),
      ...counted,
    }))
    .sort((a, b) => codeOf(a.regionId).localeCompare(codeOf(b.regionId)));
}

async function boardRows(
  ctx: ActorCtx,
  seen: Seen,
  {
    filter,
    sort,
    limit,
    offset,
  }: { filter: BoardFilter; sort: BoardQuery['sort']; limit: number; offset: number },
): Promise<BoardLine[]> {
  const rows = await listBoardRows(ctx.pool, seen.reach, filter, { sort, limit, offset });
  return rows.map((row) => ({
    ...row,
    regionName: seen.tree.regions.get(row.regionId)?.name ?? '已撤并地区',
    isOverdue: isOverdue(row, seen.today),
  }));
}

/** The board of one campaign for the viewer's reach: 块 by region, 条 by field. Refusals: FORBIDDEN, NOT_FOUND. */
export async function viewBoard(
  ctx: ActorCtx,
  campaignId: string,
  query: BoardQuery,
): Promise<Outcome<Board, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const opened = await openBoard(ctx, campaignId);
  if (!opened.ok) return opened;
  const seen = opened.value;
  const { campaign, reach, tree, counts, today } = seen;
  const { kind } = workOf(ctx, campaign);
  const filter = filterOf(seen, query);
  const total = await countBoardRows(ctx.pool, reach, filter);
  const { page, offset } = pageBounds(total, query.page, query.size);
  const [rows, regions, figures, fields, events, owing] = await Promise.all([
    boardRows(ctx, seen, { filter, sort: query.sort, limit: query.size, offset }),
    regionLines(ctx, seen),
    sumFigures(ctx.pool, reach, campaignId),
    listFields(ctx.pool),
    listCampaignEvents(ctx.pool, campaignId),
    listOwingUnits(ctx.pool, reach, campaignId),
  ]);
  const holds = async (permission: 'campaign.issue' | 'campaign.review') =>
    mayDo(ctx, permission) && (await reachFor(ctx, permission)).regionIds.has(campaign.regionId);
  const may = { issue: await holds('campaign.issue'), review: mayDo(ctx, 'campaign.review') };
  return done({
    ...(await approvalPart(ctx, seen, may.issue)),
    campaign: {
      ...campaign,
      kindLabel: kind.label,
      regionName: tree.regions.get(campaign.regionId)?.name ?? '上级地区',
    },
    sameLabel: kind.sameLabel,
    approvalEffect: kind.approvalEffect,
    counts,
    regions,
    figures: kind.figures.map(({ key, label, unit }) => ({ label, unit, sum: figures.get(key) ?? 0 })),
    rows,
    total,
    page,
    fields,
    events,
    owing: owing.map((unit) => unit.unitName),
    today,
    may,
    isCalledOff: await isCalledOff(ctx, ctx.db, campaign),
  });
}

/** Most rows of one export. */
const MOST_ROWS = 20_000;

/** Exactly what the board shows, all pages of it. Refusals: FORBIDDEN, NOT_FOUND. */
export async function listWholeBoard(
  ctx: ActorCtx,
  campaignId: string,
  query: BoardQuery,
): Promise<
  Outcome<
    { readonly campaign: CampaignRecord; readonly rows: readonly BoardLine[]; readonly counts: TargetCounts },
    'FORBIDDEN' | 'NOT_FOUND'
  >
> {
  const opened = await openBoard(ctx, campaignId);
  if (!opened.ok) return opened;
  const seen = opened.value;
  const filter = filterOf(seen, query);
  const rows = await boardRows(ctx, seen, { filter, sort: query.sort, limit: MOST_ROWS, offset: 0 });
  return done({ campaign: seen.campaign, rows, counts: seen.counts });
}

export interface AnnouncementDraft extends Announcement {
  readonly label: string;
  readonly regionId: string;
}

/** The announcement as it would read now. For whoever holds the campaign. Refusals: FORBIDDEN, NOT_FOUND. */
export async function draftAnnouncement(
  ctx: ActorCtx,
  campaignId: string,
): Promise<Outcome<AnnouncementDraft, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'campaign.issue')) return refused('FORBIDDEN');
  const { regionIds, tree } = await reachFor(ctx, 'campaign.issue');
  const campaign = await findCampaign(ctx.pool, campaignId);
  if (campaign === null || !regionIds.has(campaign.regionId)) return refused('NOT_FOUND');
  const { announcement } = workOf(ctx, campaign).kind;
  const answers = await listAcceptedAnswers(ctx.pool, campaignId);
  const draft = announcement.draft(answers, {
    year: campaign.year,
    regionName: tree.regions.get(campaign.regionId)?.name ?? '',
    title: campaign.title,
    approvingOrgan: campaign.approvingOrgan,
    documentNo: campaign.documentNo,
    effectiveDay: campaign.effectiveDay,
    isSupplement: campaign.supplementsId !== null,
  });
  return done({ ...draft, label: announcement.label, regionId: campaign.regionId });
}
