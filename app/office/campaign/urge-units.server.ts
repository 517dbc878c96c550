import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, formatDay } from '#app/platform/time/day.ts';
import { sendNotices } from '../notice/send-notice.server.ts';
import { openTasks, settleTasks } from '../task/open-tasks.server.ts';
import { OWING_STATES, answerTaskKey, decideExtension } from './campaign.ts';
import type { CampaignRecord, TargetRecord } from './campaign.store.server.ts';
import {
  appendCampaignEvents,
  lockCampaign,
  lockTargets,
  moveDueDays,
  setCampaignState,
} from './campaign.store.server.ts';
import { holdsRegion } from './campaign-scope.server.ts';
import { answerTask } from './campaign-tasks.ts';
import { workOf } from './work.server.ts';

export type RemindRefusal = 'FORBIDDEN' | 'NOT_FOUND' | 'CAMPAIGN_CLOSED' | 'NOBODY_OWES' | 'COMMAND_REUSED';
const remindedShape = z.object({ units: z.number() });

/**
 * 催报: one notice to the liaison of every unit of the actor's reach that still owes an answer. Refusals: FORBIDDEN;
 * NOT_FOUND; CAMPAIGN_CLOSED; NOBODY_OWES; COMMAND_REUSED.
 */
export async function remindUnits(
  ctx: ActorCtx,
  input: { readonly campaignId: string; readonly commandId: string },
): Promise<Outcome<z.infer<typeof remindedShape>, RemindRefusal>> {
  if (!mayDo(ctx, 'campaign.review')) return refused('FORBIDDEN');
  const { unitIds, regionIds } = await reachFor(ctx, 'campaign.review');
  const { campaignId, commandId } = input;
  const key = { actorId: ctx.actorId, commandId, kind: 'campaign.remind', input: { campaignId } };
  return inTransaction(ctx, 'remind-units', (tx, refuse: Refuse<RemindRefusal>) =>
    withReceipt(tx, key, remindedShape, refuse, async () => {
      const campaign = await lockCampaign(tx, campaignId, 'share');
      if (campaign === null) return refuse('NOT_FOUND');
      if (campaign.state !== 'open') return refuse('CAMPAIGN_CLOSED');
      const owing = (await lockTargets(tx, campaignId, { states: OWING_STATES })).filter(
        (target) => unitIds.has(target.unitId) || regionIds.has(target.regionId),
      );
      if (owing.length === 0) return refuse(regionIds.has(campaign.regionId) ? 'NOBODY_OWES' : 'NOT_FOUND');
      const at = ctx.clock.now();
      const isLate = dayOf(at) > campaign.dueDay;
      await sendNotices(tx, ctx, [
        {
          kind: 'campaign.reminder',
          key: `${campaignId}:${commandId}`,
          title: `催报：${campaign.title}`.slice(0, 60),
          body: `贵单位尚未完成“${campaign.title}”的填报，截止日期为${formatDay(campaign.dueDay)}${isLate ? '，现已逾期' : ''}，请尽快办理。`,
          path: `/coordinate/campaigns/${campaignId}`,
          to: [{ role: 'unit_liaison', unitIds: owing.map((target) => target.unitId) }],
        },
      ]);
      const detail = { units: owing.length, unitIds: owing.map((target) => target.unitId) };
      await appendCampaignEvents(tx, [{ campaignId, kind: 'reminded', detail }], {
        actorId: ctx.actorId,
        at,
      });
      await appendAudit(tx, ctx, {
        action: 'campaign.remind',
        subjectKind: 'campaign',
        subjectId: campaignId,
        regionId: campaign.regionId,
        detail: { units: owing.length },
      });
      return { units: owing.length };
    }),
  );
}

export interface ExtendInput {
  readonly campaignId: string;
  /** One unit; null for all that still owe an answer. */
  readonly unitId: string | null;
  readonly dueDay: Day;
  readonly reason: string;
  readonly commandId: string;
}
export type ExtendDeadlineRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'CAMPAIGN_CLOSED' | 'NOT_LATER' | 'NOBODY_OWES' | 'COMMAND_REUSED';

const extendedShape = z.object({ units: z.number() });

interface Postponed {
  readonly campaign: CampaignRecord;
  /** Units that still owe an answer; at least one. */
  readonly targets: readonly TargetRecord[];
  /** The campaign's own last day moves too. */
  readonly isWhole: boolean;
  readonly dueDay: Day;
  readonly reason: string;
}

/** Writes a later last day with the next round of the tasks; @returns how many units it reaches */
async function postpone(
  tx: Tx,
  ctx: ActorCtx,
  { campaign, targets, isWhole, dueDay, reason }: Postponed,
): Promise<number> {
  const later = targets.filter((target) => target.dueDay < dueDay);
  await moveDueDays(
    tx,
    later.map((target) => target.id),
    dueDay,
  );
  if (isWhole) await setCampaignState(tx, campaign.id, { state: campaign.state, dueDay });
  await settleTasks(tx, ctx, {
    kind: 'campaign.answer',
    keys: later.map((target) => answerTaskKey(target.id, target.taskNo)),
    outcome: 'withdrawn',
  });
  const { kind } = workOf(ctx, campaign);
  const next = later.map((target) => ({ ...target, dueDay, taskNo: target.taskNo + 1 }));
  await openTasks(
    tx,
    ctx,
    next.map((target) => answerTask(campaign, kind, target, target.state === 'returned')),
  );
  const only = isWhole ? null : (targets[0] ?? null);
  const detail = { dueDay, units: later.length };
  const event = { campaignId: campaign.id, kind: 'extended' as const, note: reason, detail };
  await appendCampaignEvents(tx, [only === null ? event : { ...event, targetId: only.id }], {
    actorId: ctx.actorId,
    at: ctx.clock.now(),
  });
  await appendAudit(tx, ctx, {
    action: 'campaign.extend',
    subjectKind: 'campaign',
    subjectId: campaign.id,
    regionId: campaign.regionId,
    unitId: only?.unitId ?? null,
    detail: { dueDay, reason, units: later.length },
  });
  return later.length;
}

/**
 * 延期 of a whole campaign with what it asks for, in the caller's transaction; nothing where it is closed or its last day is
 * not before this one. For commands that have authorised their person.
 */
export async function extendWith(
  tx: Tx,
  ctx: ActorCtx,
  later: { readonly campaignId: string; readonly dueDay: Day; readonly reason: string },
): Promise<void> {
  const { campaignId, dueDay, reason } = later;
  const campaign = await lockCampaign(tx, campaignId, 'update');
  if (campaign === null) return;
  const today = dayOf(ctx.clock.now());
  if (!decideExtension(campaign, { present: campaign.dueDay, asked: dueDay, today }).ok) return;
  const targets = await lockTargets(tx, campaignId, { states: OWING_STATES });
  await postpone(tx, ctx, { campaign, targets, isWhole: true, dueDay, reason });
}

/**
 * 延期 for one unit or for all that still owe an answer; for all, the campaign's own last day moves too. Answers already
 * given keep their mark. Refusals: FORBIDDEN; NOT_FOUND; CAMPAIGN_CLOSED; NOT_LATER; NOBODY_OWES; COMMAND_REUSED.
 */
export async function extendDeadline(
  ctx: ActorCtx,
  input: ExtendInput,
): Promise<Outcome<z.infer<typeof extendedShape>, ExtendDeadlineRefusal>> {
  if (!mayDo(ctx, 'campaign.issue')) return refused('FORBIDDEN');
  const { commandId, ...asked } = input;
  const { campaignId, unitId, dueDay, reason } = asked;
  const key = { actorId: ctx.actorId, commandId, kind: 'campaign.extend', input: asked };
  return inTransaction(ctx, 'extend-deadline', (tx, refuse: Refuse<ExtendDeadlineRefusal>) =>
    withReceipt(tx, key, extendedShape, refuse, async () => {
      const campaign = await lockCampaign(tx, campaignId, 'update');
      if (campaign === null || !(await holdsRegion(ctx, 'campaign.issue', campaign.regionId)))
        return refuse('NOT_FOUND');
      const targets = await lockTargets(tx, campaignId, {
        states: OWING_STATES,
        ...(unitId === null ? {} : { unitIds: [unitId] }),
      });
      const [first] = targets;
      if (first === undefined) return refuse('NOBODY_OWES');
      const present = unitId === null ? campaign.dueDay : first.dueDay;
      const decided = decideExtension(campaign, { present, asked: dueDay, today: dayOf(ctx.clock.now()) });
      if (!decided.ok) return refuse(decided.code, decided.detail);
      const units = await postpone(tx, ctx, { campaign, targets, isWhole: unitId === null, dueDay, reason });
      return { units };
    }),
  );
}
