import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { ApprovalScanRecord } from '../approval/scan.store.server.ts';
import { listScansOf } from '../approval/scan.store.server.ts';
import type { ApprovalOffer } from './approval-people.server.ts';
import { offerOf, openApproval } from './approval-people.server.ts';
import { listAcceptedAnswers } from './answer.store.server.ts';
import type { TargetCounts } from './board.store.server.ts';
import { countTargets } from './board.store.server.ts';
import type { CampaignRecord } from './campaign.store.server.ts';
import { findCampaign } from './campaign.store.server.ts';
import type { ExceptionLine } from './kinds/kind.ts';
import { workOf } from './work.server.ts';

export interface ApprovalPage {
  readonly campaign: CampaignRecord & { readonly kindLabel: string; readonly regionName: string };
  readonly counts: TargetCounts;
  readonly approvalEffect: string;
  /** Every difference that the approval makes effective, unit by unit. */
  readonly answers: readonly { readonly unitName: string; readonly exceptions: readonly ExceptionLine[] }[];
  readonly offer: ApprovalOffer;
  readonly scans: readonly ApprovalScanRecord[];
  readonly today: Day;
}

/** The approval as its own page: what the 分管领导 sees on a phone. Refusals: FORBIDDEN, NOT_FOUND. */
export async function viewApproval(
  ctx: ActorCtx,
  campaignId: string,
): Promise<Outcome<ApprovalPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'campaign.approve')) return refused('FORBIDDEN');
  const people = await openApproval(ctx, campaignId);
  const campaign = await findCampaign(ctx.pool, campaignId);
  if (people === null || campaign === null) return refused('NOT_FOUND');
  const tree = await currentTree(ctx);
  const { kind } = workOf(ctx, campaign);
  const today = dayOf(ctx.clock.now());
  const everywhere = { unitIds: [...tree.units.keys()], regionIds: [...tree.regions.keys()] };
  const answers = await listAcceptedAnswers(ctx.pool, campaignId);
  return done({
    campaign: {
      ...campaign,
      kindLabel: kind.label,
      regionName: tree.regions.get(campaign.regionId)?.name ?? '已撤并地区',
    },
    counts: await countTargets(ctx.pool, everywhere, { campaignId, today }),
    approvalEffect: kind.approvalEffect,
    answers: answers
      .map(({ unitName, content }) => ({ unitName, exceptions: kind.digest(content).exceptions }))
      .filter(({ exceptions }) => exceptions.length > 0),
    offer: offerOf(people),
    scans: await listScansOf(ctx.pool, campaignId),
    today,
  });
}
