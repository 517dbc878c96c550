import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { DocumentLine } from '#app/office/document/documents-view.server.ts';
import { documentsOf } from '#app/office/document/documents-view.server.ts';
import type { Drawn, DrawRefusal } from '#app/office/document/draw-paper.server.ts';
import { drawPaper } from '#app/office/document/draw-paper.server.ts';
import { MAX_ROWS } from '#app/office/document/limits.ts';
import { CARD_CLEARANCE } from '#app/office/document/papers/office-papers.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, formatDay, parseDay, yearOf } from '#app/platform/time/day.ts';
import { unitNames } from '../names.store.server.ts';
import { STANDING_WORDS } from '../register/certificate.ts';
import { reasonLabel } from '../register/reasons.ts';
import { listClearedCards } from './clearance.store.server.ts';

/** Which cards are announced: those that went out of use between two days, both included. */
export interface ClearancePeriod {
  readonly from: Day;
  readonly until: Day;
}

export interface ClearanceLine {
  readonly certificateId: string;
  readonly personName: string;
  readonly unitName: string;
  readonly certificateNo: string;
  readonly word: string;
  readonly reason: string;
  readonly sinceDay: string;
}

export interface ClearancePage extends ClearancePeriod {
  readonly lines: readonly ClearanceLine[];
  readonly documents: readonly DocumentLine[];
  readonly today: Day;
}

export type ClearanceRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'PERIOD_REVERSED' | 'PERIOD_IN_FUTURE' | 'NOTHING_CLEARED';

const CLEARANCE_SUBJECT = 'card_clearance';
const BASIS = '《行政执法监督条例》和行政执法证件管理有关规定';

/** The year so far, unless told otherwise. */
export function clearancePeriod(from: string | null, until: string | null, today: Day): ClearancePeriod {
  const firstDay = parseDay(`${yearOf(today)}-01-01`) ?? today;
  return { from: parseDay(from ?? '') ?? firstDay, until: parseDay(until ?? '') ?? today };
}

/** The bureau's own region: its cards and those of the regions below it. */
async function ownRegion(
  ctx: ActorCtx,
): Promise<{ regionId: string; regionIds: string[]; tree: OrgTree } | null> {
  const { tree, regionIds } = await reachFor(ctx, 'certificate.decide');
  const own = ctx.actor.grants.find(
    (grant) => grant.role === 'justice_bureau' && grant.regionId && regionIds.has(grant.regionId),
  );
  return own?.regionId ? { regionId: own.regionId, regionIds: [...regionIds], tree } : null;
}

async function linesOf(
  ctx: ActorCtx,
  regionIds: readonly string[],
  period: ClearancePeriod,
): Promise<ClearanceLine[]> {
  const cards = await listClearedCards(ctx.pool, { regionIds, ...period, limit: MAX_ROWS });
  const names = await unitNames(ctx.pool, [...new Set(cards.map((card) => card.unitId))]);
  return cards.map((card) => ({
    certificateId: card.certificateId,
    personName: card.personName,
    unitName: names.get(card.unitId) ?? '',
    certificateNo: card.certificateNo,
    word: STANDING_WORDS[card.state].replace(/^已/u, ''),
    reason: reasonLabel(card.reasonCode),
    sinceDay: card.sinceDay,
  }));
}

/** Cards taken out of use in a period, with the announcements drawn so far. Refusals: FORBIDDEN, NOT_FOUND. */
export async function viewClearance(
  ctx: ActorCtx,
  period: ClearancePeriod,
): Promise<Outcome<ClearancePage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'certificate.decide')) return refused('FORBIDDEN');
  const own = await ownRegion(ctx);
  if (own === null) return refused('NOT_FOUND');
  return done({
    ...period,
    lines: await linesOf(ctx, own.regionIds, period),
    documents: await documentsOf(ctx, { kind: CLEARANCE_SUBJECT, ids: [own.regionId] }),
    today: dayOf(ctx.clock.now()),
  });
}

/**
 * 证件清理公告: every card recovered, cancelled or revoked in the period, by the roster clearing or by a decision
 * (domain.md §11.2). Names and numbers of cards only, nothing of the ID. Refusals: FORBIDDEN, NOT_FOUND,
 * PERIOD_REVERSED, PERIOD_IN_FUTURE, NOTHING_CLEARED, those of `drawPaper`.
 */
export async function drawClearance(
  ctx: ActorCtx,
  input: ClearancePeriod & { readonly commandId: string },
): Promise<Outcome<Drawn, ClearanceRefusal | DrawRefusal>> {
  if (!mayDo(ctx, 'certificate.decide')) return refused('FORBIDDEN');
  const { from, until, commandId } = input;
  if (until < from) return refused('PERIOD_REVERSED');
  if (until > dayOf(ctx.clock.now())) return refused('PERIOD_IN_FUTURE');
  const own = await ownRegion(ctx);
  if (own === null) return refused('NOT_FOUND');
  const lines = await linesOf(ctx, own.regionIds, { from, until });
  if (lines.length === 0) return refused('NOTHING_CLEARED');
  const { regionId, tree } = own;
  const justice = (tree.unitsOfRegion.get(regionId) ?? [])
    .map((id) => tree.units.get(id))
    .find((unit) => unit?.unitType === 'justice');
  const office = justice?.name ?? `${tree.regions.get(regionId)?.name ?? ''}司法行政部门`;
  return drawPaper(ctx, {
    paper: CARD_CLEARANCE,
    regionId,
    subject: { kind: CLEARANCE_SUBJECT, id: regionId },
    title: `${CARD_CLEARANCE.title}（${formatDay(from)}至${formatDay(until)}）`,
    data: {
      values: {
        公告标题: `${office}关于${yearOf(until)}年度行政执法证件清理结果的公告`,
        清理依据: BASIS,
        截至日期: formatDay(until),
        清理总数: String(lines.length),
        公告单位: office,
      },
      rows: {
        清理证件: lines.map((line) => ({
          姓名: line.personName,
          单位名称: line.unitName,
          证号: line.certificateNo,
          处理方式: line.word,
          事由: line.reason,
        })),
      },
    },
    commandId,
  });
}
