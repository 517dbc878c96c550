import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { listRoleHolders } from '#app/accounts/responsible.server.ts';
import { holdersOfUnit } from '#app/accounts/responsible.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf, formatDay } from '#app/platform/time/day.ts';
import type { BatchInput, BatchRefusal } from '../document/draw-batch.server.ts';
import { startBatch } from '../document/draw-batch.server.ts';
import type { DrawRefusal, Drawn } from '../document/draw-paper.server.ts';
import { drawPaper } from '../document/draw-paper.server.ts';
import type { PaperData } from '../document/paper.ts';
import { DOWN_NOTICE } from '../document/papers/office-papers.ts';
import type { CampaignRecord } from './campaign.store.server.ts';
import { findCampaign } from './campaign.store.server.ts';
import type { PaperTarget } from './papers.store.server.ts';
import { listPaperTargets, namesOfAccounts } from './papers.store.server.ts';
import { workOf } from './work.server.ts';

/**
 * What the bureau may have drawn: the 下发通知 to all units as one paper, to each of them or to one; the kind's own form
 * of each unit or of one.
 */
export type CampaignPaperChoice =
  | { readonly paper: 'notice' | 'notice_each' | 'forms_each' }
  | { readonly paper: 'notice_of' | 'forms_of'; readonly unitId: string };

export type CampaignPaperOutcome = Outcome<Drawn | { readonly batchId: string }, DrawRefusal | BatchRefusal>;

interface Asked {
  readonly campaign: CampaignRecord;
  readonly tree: OrgTree;
  readonly targets: readonly PaperTarget[];
}

export const CAMPAIGN_SUBJECT = 'campaign';
export const TARGET_SUBJECT = 'campaign_target';

/** The justice bureau of a region as it signs. */
export function bureauName(tree: OrgTree, regionId: string): string {
  const units = (tree.unitsOfRegion.get(regionId) ?? []).map((id) => tree.units.get(id));
  return units.find((unit) => unit?.unitType === 'justice')?.name ?? '';
}

const withoutStop = (text: string): string => text.trim().replace(/[。；;.\s]+$/u, '');

async function liaisonNames(
  ctx: ActorCtx,
  { tree, targets }: Asked,
): Promise<(target: PaperTarget) => string> {
  const holders = await listRoleHolders(ctx.pool, 'unit_liaison', dayOf(ctx.clock.now()));
  const of = (target: PaperTarget): readonly string[] => holdersOfUnit(tree, holders, target.unitId);
  const names = await namesOfAccounts(ctx.pool, [...new Set(targets.flatMap(of))]);
  return (target) =>
    of(target)
      .flatMap((id) => names.get(id) ?? [])
      .join('、');
}

/** The notice to these units; one unit alone is addressed by its name. */
function noticeData(
  ctx: ActorCtx,
  { campaign, tree }: Asked,
  targets: readonly PaperTarget[],
  liaisonOf: (target: PaperTarget) => string,
): PaperData {
  const [only, ...others] = targets;
  return {
    values: {
      通知标题: `关于做好${campaign.title}工作的通知`,
      主送单位: only !== undefined && others.length === 0 ? only.unitName : '各有关单位',
      事由: `为做好${campaign.title}工作，现将有关事项通知如下`,
      办理内容: withoutStop(campaign.body),
      截止日期: formatDay(campaign.dueDay),
      联系人: ctx.actor.displayName,
      联系电话: '',
      下发单位: bureauName(tree, campaign.regionId),
    },
    rows: {
      填报单位: targets.map((target) => ({ 单位名称: target.unitName, 联络员: liaisonOf(target) })),
    },
  };
}

type Item = BatchInput['items'][number];

async function noticesToEach(ctx: ActorCtx, asked: Asked): Promise<Item[]> {
  const liaisonOf = await liaisonNames(ctx, asked);
  return asked.targets.map((target) => ({
    paper: DOWN_NOTICE,
    subject: { kind: TARGET_SUBJECT, id: target.targetId },
    title: `下发通知（${target.unitName}）`,
    data: noticeData(ctx, asked, [target], liaisonOf),
  }));
}

async function formsOfEach(ctx: ActorCtx, asked: Asked): Promise<Item[]> {
  const forms = workOf(ctx, asked.campaign).bureauForms;
  if (forms === undefined) return [];
  const drawn = await forms.fill(ctx, {
    ...asked,
    bureauName: bureauName(asked.tree, asked.campaign.regionId),
  });
  return drawn.map(({ targetId, folder, title, data }) => ({
    paper: forms.paper,
    subject: { kind: TARGET_SUBJECT, id: targetId },
    title,
    folder,
    data,
  }));
}

async function openFor(
  ctx: ActorCtx,
  campaignId: string,
  choice: CampaignPaperChoice,
): Promise<Outcome<Asked, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'campaign.issue')) return refused('FORBIDDEN');
  const { regionIds, tree } = await reachFor(ctx, 'campaign.issue');
  const campaign = await findCampaign(ctx.pool, campaignId);
  if (campaign === null || !regionIds.has(campaign.regionId)) return refused('NOT_FOUND');
  const targets = await listPaperTargets(ctx.pool, campaignId, 'unitId' in choice ? choice.unitId : null);
  return targets.length === 0 ? refused('NOT_FOUND') : { ok: true, value: { campaign, tree, targets } };
}

/**
 * Draws papers of a campaign for whoever holds it: one at once, several in the background as one zip. Refusals:
 * FORBIDDEN, NOT_FOUND (also a unit that was not asked), and those of drawing and of batches.
 */
export async function drawCampaignPapers(
  ctx: ActorCtx,
  input: { readonly campaignId: string; readonly choice: CampaignPaperChoice; readonly commandId: string },
): Promise<CampaignPaperOutcome> {
  const { campaignId, choice, commandId } = input;
  const opened = await openFor(ctx, campaignId, choice);
  if (!opened.ok) return opened;
  const asked = opened.value;
  const { campaign } = asked;
  const subject = { kind: CAMPAIGN_SUBJECT, id: campaign.id };
  if (choice.paper === 'notice') {
    const data = noticeData(ctx, asked, asked.targets, await liaisonNames(ctx, asked));
    const title = `下发通知（${campaign.title}）`;
    return drawPaper(ctx, {
      paper: DOWN_NOTICE,
      regionId: campaign.regionId,
      subject,
      title,
      data,
      commandId,
    });
  }
  const isNotice = choice.paper === 'notice_each' || choice.paper === 'notice_of';
  const items = await (isNotice ? noticesToEach : formsOfEach)(ctx, asked);
  const [only, ...others] = items;
  const of = asked.targets[0];
  if ('unitId' in choice && only !== undefined && others.length === 0 && of !== undefined)
    return drawPaper(ctx, { ...only, regionId: campaign.regionId, unitId: of.unitId, commandId });
  const title = `${campaign.title}${isNotice ? '下发通知' : '登记表'}`;
  const unitId = 'unitId' in choice ? choice.unitId : null;
  return startBatch(ctx, { title, subject, regionId: campaign.regionId, unitId, items, commandId });
}
