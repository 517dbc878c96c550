import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf, formatDay } from '#app/platform/time/day.ts';
import { sendNotices } from '../notice/send-notice.server.ts';
import { openTasks, settleTasks } from '../task/open-tasks.server.ts';
import type { ReviewRefusal, ReviewVerdict } from './campaign.ts';
import { answerPath, decideReview, reviewTaskKey } from './campaign.ts';
import type { CampaignRecord, TargetRecord } from './campaign.store.server.ts';
import {
  appendCampaignEvents,
  beginBulkRound,
  countTargetStates,
  countUnchangedWaiting,
  lockCampaign,
  lockTarget,
  lockTargets,
  markReviewed,
} from './campaign.store.server.ts';
import { holdsUnit } from './campaign-scope.server.ts';
import { askForApproval } from './approval-people.server.ts';
import { answerTask, bulkTaskKey } from './campaign-tasks.ts';
import { isCalledOff, workOf } from './work.server.ts';

export interface ReviewInput {
  readonly campaignId: string;
  readonly unitId: string;
  readonly verdict: ReviewVerdict;
  /** Required for a return; the unit reads it. */
  readonly reason: string | null;
  readonly expectedVersion: number;
  readonly commandId: string;
}

export type ReviewAnswerRefusal = ReviewRefusal | 'CALLED_OFF' | 'FORBIDDEN' | 'NOT_FOUND' | 'COMMAND_REUSED';

const reviewedShape = z.object({ state: z.enum(['accepted', 'returned']) });

/**
 * What a review leaves to do: no unchanged answer waits any more, so the bulk task is done; nothing is owed and nothing
 * waits at all, so the approval is next. The caller holds the campaign's lock: of two last reviews one sees the other.
 */
async function goOn(tx: Tx, ctx: ActorCtx, campaign: CampaignRecord): Promise<void> {
  if ((await countUnchangedWaiting(tx, campaign.id)) === 0) {
    await settleTasks(tx, ctx, { kind: 'campaign.review', keys: [bulkTaskKey(campaign)], outcome: 'done' });
    await beginBulkRound(tx, campaign.id);
  }
  const counts = await countTargetStates(tx, campaign.id);
  if (counts.submitted > 0 || counts.accepted === 0) return;
  if (campaign.state === 'open' && counts.waiting + counts.returned > 0) return;
  if (!(await isCalledOff(ctx, tx, campaign))) await askForApproval(tx, ctx, campaign);
}

/** The unit's task begins again and the liaison is told why. */
async function sendBack(
  tx: Tx,
  ctx: ActorCtx,
  campaign: CampaignRecord,
  { target, reason }: { readonly target: TargetRecord; readonly reason: string },
): Promise<void> {
  const { kind } = workOf(ctx, campaign);
  const today = dayOf(ctx.clock.now());
  const dueDay = target.dueDay < today ? today : target.dueDay;
  await openTasks(tx, ctx, [
    answerTask(campaign, kind, { ...target, taskNo: target.taskNo + 1, dueDay }, true),
  ]);
  await sendNotices(tx, ctx, [
    {
      kind: 'campaign.returned',
      key: `${target.id}:${target.answerNo}`,
      title: `已退回：${campaign.title}`.slice(0, 60),
      body: `${target.unitName}的填报已退回。\n退回理由：${reason}\n请更正后于${formatDay(dueDay)}前重新提交。`,
      path: kind.pages?.answer(campaign.id, target.unitId) ?? answerPath(campaign.id, target.unitId),
      to: [{ role: 'unit_liaison', unitIds: [target.unitId] }],
    },
  ]);
}

async function writeReview(
  tx: Tx,
  ctx: ActorCtx,
  input: Omit<ReviewInput, 'commandId'>,
  refuse: Refuse<ReviewAnswerRefusal>,
): Promise<z.infer<typeof reviewedShape>> {
  const campaign = await lockCampaign(tx, input.campaignId, 'update');
  const target = campaign === null ? null : await lockTarget(tx, input.campaignId, input.unitId);
  if (campaign === null || target === null) return refuse('NOT_FOUND');
  if (!(await holdsUnit(ctx, 'campaign.review', target))) return refuse('NOT_FOUND');
  const decided = decideReview(campaign, target, input);
  if (!decided.ok) return refuse(decided.code);
  const { verdict } = input;
  if (verdict === 'returned' && (await isCalledOff(ctx, tx, campaign))) return refuse('CALLED_OFF');
  const reason = input.reason?.trim() ? input.reason.trim() : null;
  const deed = { actorId: ctx.actorId, at: ctx.clock.now() };
  await markReviewed(tx, [target.id], { state: verdict, ...deed });
  const detail = { answerNo: target.answerNo };
  const event = { campaignId: campaign.id, targetId: target.id, kind: verdict, note: reason, detail };
  await appendCampaignEvents(tx, [event], deed);
  await settleTasks(tx, ctx, {
    kind: 'campaign.review',
    keys: [reviewTaskKey(target.id, target.answerNo)],
    outcome: 'done',
  });
  if (verdict === 'returned') await sendBack(tx, ctx, campaign, { target, reason: reason ?? '' });
  await goOn(tx, ctx, campaign);
  await appendAudit(tx, ctx, {
    action: `campaign.${verdict === 'accepted' ? 'accept' : 'return'}`,
    subjectKind: 'campaign_target',
    subjectId: target.id,
    unitId: target.unitId,
    detail: { ...detail, reason },
  });
  return { state: verdict };
}

/**
 * 审核: one unit's answer is accepted or goes back with the reason. Against a unit that hands in anew at the same moment
 * one of the two wins. Refusals: FORBIDDEN; NOT_FOUND; NOT_UNDER_REVIEW; REASON_REQUIRED; CHANGED_MEANWHILE;
 * CAMPAIGN_DECIDED; CALLED_OFF (nothing goes back to a unit any more); COMMAND_REUSED.
 */
export async function reviewAnswer(
  ctx: ActorCtx,
  input: ReviewInput,
): Promise<Outcome<z.infer<typeof reviewedShape>, ReviewAnswerRefusal>> {
  if (!mayDo(ctx, 'campaign.review')) return refused('FORBIDDEN');
  const { commandId, ...asked } = input;
  return inTransaction(ctx, 'review-campaign-answer', (tx, refuse: Refuse<ReviewAnswerRefusal>) =>
    withReceipt(
      tx,
      { actorId: ctx.actorId, commandId, kind: 'campaign.review', input: asked },
      reviewedShape,
      refuse,
      () => writeReview(tx, ctx, asked, refuse),
    ),
  );
}

export type AcceptUnchangedRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'CAMPAIGN_DECIDED' | 'NOTHING_TO_ACCEPT' | 'COMMAND_REUSED';

const acceptedShape = z.object({ accepted: z.number() });

/**
 * Accepts in one act every answer of the actor's reach that says nothing is different. Refusals: FORBIDDEN; NOT_FOUND;
 * CAMPAIGN_DECIDED; NOTHING_TO_ACCEPT; COMMAND_REUSED.
 */
export async function acceptUnchanged(
  ctx: ActorCtx,
  input: { readonly campaignId: string; readonly commandId: string },
): Promise<Outcome<z.infer<typeof acceptedShape>, AcceptUnchangedRefusal>> {
  if (!mayDo(ctx, 'campaign.review')) return refused('FORBIDDEN');
  const { unitIds, regionIds } = await reachFor(ctx, 'campaign.review');
  const { campaignId, commandId } = input;
  const key = { actorId: ctx.actorId, commandId, kind: 'campaign.accept_unchanged', input: { campaignId } };
  return inTransaction(ctx, 'accept-unchanged-answers', (tx, refuse: Refuse<AcceptUnchangedRefusal>) =>
    withReceipt(tx, key, acceptedShape, refuse, async () => {
      const campaign = await lockCampaign(tx, campaignId, 'update');
      if (campaign === null) return refuse('NOT_FOUND');
      if (campaign.state === 'approved' || campaign.state === 'announced') return refuse('CAMPAIGN_DECIDED');
      const waiting = await lockTargets(tx, campaignId, { states: ['submitted'], unchangedOnly: true });
      const targets = waiting.filter(
        (target) => unitIds.has(target.unitId) || regionIds.has(target.regionId),
      );
      if (targets.length === 0)
        return refuse(regionIds.has(campaign.regionId) ? 'NOTHING_TO_ACCEPT' : 'NOT_FOUND');
      const deed = { actorId: ctx.actorId, at: ctx.clock.now() };
      const ids = targets.map((target) => target.id);
      await markReviewed(tx, ids, { state: 'accepted', ...deed });
      await appendCampaignEvents(
        tx,
        targets.map((target) => ({
          campaignId,
          targetId: target.id,
          kind: 'accepted' as const,
          detail: { answerNo: target.answerNo, inBulk: true },
        })),
        deed,
      );
      await goOn(tx, ctx, campaign);
      await appendAudit(tx, ctx, {
        action: 'campaign.accept_unchanged',
        subjectKind: 'campaign',
        subjectId: campaignId,
        regionId: campaign.regionId,
        detail: { accepted: ids.length },
      });
      return { accepted: ids.length };
    }),
  );
}
