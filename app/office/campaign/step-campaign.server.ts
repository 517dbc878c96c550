import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { keepScanIn, scanFingerprint } from '../approval/keep-scan.server.ts';
import type { LoadedSecondPersons } from '../approval/load-second-persons.server.ts';
import type { SecondPersonRefusal, SecondPersonWay } from '../approval/second-person.ts';
import { WAY_LABELS, decideWay } from '../approval/second-person.ts';
import type { SignedForm } from '../approval/signed-form.server.ts';
import type { UploadedScan } from '../approval/uploaded-scan.server.ts';
import { tidyNumber } from '../document/document.ts';
import { sendNotices } from '../notice/send-notice.server.ts';
import { openTasks, settleTasks } from '../task/open-tasks.server.ts';
import { listAcceptedAnswersIn } from './answer.store.server.ts';
import type { CampaignState, CampaignStep, StepRefusal } from './campaign.ts';
import { OWING_STATES, answerTaskKey, decideStep, endsWithMatter } from './campaign.ts';
import type { CampaignRecord, TargetRecord } from './campaign.store.server.ts';
import {
  appendCampaignEvents,
  beginTaskRounds,
  countTargetStates,
  lockCampaign,
  lockTargets,
  setCampaignState,
} from './campaign.store.server.ts';
import { askForApproval, openApproval } from './approval-people.server.ts';
import { holdsRegion } from './campaign-scope.server.ts';
import { answerTask, approveTaskKeys } from './campaign-tasks.ts';
import type { EffectRefusal } from './work.server.ts';
import { isCalledOff, workOf } from './work.server.ts';

/** Effects of a whole city's answers. */
const APPROVE_TIMEOUT_MS = 120_000;

interface StepKey {
  readonly campaignId: string;
  readonly expectedVersion: number;
  readonly commandId: string;
}

type AnyStepRefusal = StepRefusal | 'FORBIDDEN' | 'NOT_FOUND' | 'COMMAND_REUSED';
const steppedShape = z.object({ state: z.enum(['open', 'closed', 'approved', 'announced']) });
export type Stepped = z.infer<typeof steppedShape>;

interface StepWork<C extends string> {
  /** True for who may take the step beside the bureau that holds the campaign's region. */
  readonly isAllowed?: boolean | undefined;
  readonly step: CampaignStep;
  readonly input: StepKey;
  /** What else was asked; part of the fingerprint of a repeat. */
  readonly asked: Readonly<Record<string, unknown>>;
  readonly timeoutMs?: number | undefined;
  readonly write: (
    tx: Tx,
    campaign: CampaignRecord,
    state: CampaignState,
    refuse: Refuse<C>,
  ) => Promise<void>;
}

/** The frame of every step: whose it is, once, in order, against the version that was seen. */
async function takeStep<C extends string>(
  ctx: ActorCtx,
  { step, input, asked, write, timeoutMs, isAllowed = false }: StepWork<C | AnyStepRefusal>,
): Promise<Outcome<Stepped, C | AnyStepRefusal>> {
  if (!isAllowed && !mayDo(ctx, 'campaign.issue')) return refused<AnyStepRefusal>('FORBIDDEN');
  const { campaignId, expectedVersion, commandId } = input;
  const key = {
    actorId: ctx.actorId,
    commandId,
    kind: `campaign.${step}`,
    input: { campaignId, expectedVersion, ...asked },
  };
  return inTransaction<Stepped, C | AnyStepRefusal>(
    ctx,
    `campaign-${step}`,
    (tx, refuse) =>
      withReceipt(tx, key, steppedShape, refuse, async () => {
        const campaign = await lockCampaign(tx, campaignId, 'update');
        if (campaign === null) return refuse('NOT_FOUND');
        if (!isAllowed && !(await holdsRegion(ctx, 'campaign.issue', campaign.regionId)))
          return refuse('NOT_FOUND');
        const counts = await countTargetStates(tx, campaignId);
        const isOver = endsWithMatter(step) && (await isCalledOff(ctx, tx, campaign));
        const decided = decideStep(campaign, step, { expectedVersion, counts, isCalledOff: isOver });
        if (!decided.ok) return refuse(decided.code, decided.detail);
        await write(tx, campaign, decided.value, refuse);
        await appendAudit(tx, ctx, {
          action: `campaign.${step}`,
          subjectKind: 'campaign',
          subjectId: campaignId,
          regionId: campaign.regionId,
          detail: { counts },
        });
        return { state: decided.value };
      }),
    { timeoutMs },
  );
}

const taskKeys = (targets: readonly TargetRecord[]): string[] =>
  targets.map((target) => answerTaskKey(target.id, target.taskNo));

/** Nobody is asked any more: the open tasks of units that owe an answer go. */
async function withdrawTasks(tx: Tx, ctx: ActorCtx, campaignId: string): Promise<number> {
  const owing = await lockTargets(tx, campaignId, { states: OWING_STATES });
  await settleTasks(tx, ctx, { kind: 'campaign.answer', keys: taskKeys(owing), outcome: 'withdrawn' });
  return owing.length;
}

/**
 * Closes a campaign whose matter was called off, in the caller's transaction: the units' open tasks go, and nobody is asked
 * to approve. Nothing where it is closed already; that it stays closed its kind says by `isCalledOff`. For commands that
 * have authorised their person.
 */
export async function callOff(
  tx: Tx,
  ctx: ActorCtx,
  { campaignId, reason }: { readonly campaignId: string; readonly reason: string },
): Promise<void> {
  const campaign = await lockCampaign(tx, campaignId, 'update');
  if (campaign?.state !== 'open') return;
  const at = ctx.clock.now();
  const unanswered = await withdrawTasks(tx, ctx, campaignId);
  await setCampaignState(tx, campaignId, { state: 'closed', closedAt: at });
  const event = { campaignId, kind: 'closed' as const, note: reason, detail: { unanswered } };
  await appendCampaignEvents(tx, [event], { actorId: ctx.actorId, at });
  await appendAudit(tx, ctx, {
    action: 'campaign.call_off',
    subjectKind: 'campaign',
    subjectId: campaignId,
    regionId: campaign.regionId,
    detail: { unanswered, reason },
  });
}

/** 截止填报. Refusals: FORBIDDEN, NOT_FOUND, CAMPAIGN_CLOSED, CHANGED_MEANWHILE, COMMAND_REUSED. */
export function closeCampaign(ctx: ActorCtx, input: StepKey): Promise<Outcome<Stepped, AnyStepRefusal>> {
  return takeStep<never>(ctx, {
    step: 'close',
    input,
    asked: {},
    write: async (tx, campaign, state) => {
      const at = ctx.clock.now();
      const unanswered = await withdrawTasks(tx, ctx, campaign.id);
      await setCampaignState(tx, campaign.id, { state, closedAt: at });
      const event = { campaignId: campaign.id, kind: 'closed' as const, detail: { unanswered } };
      await appendCampaignEvents(tx, [event], { actorId: ctx.actorId, at });
      const counts = await countTargetStates(tx, campaign.id);
      if (counts.submitted === 0 && counts.accepted > 0) await askForApproval(tx, ctx, campaign);
    },
  });
}

/**
 * 恢复填报: a campaign closed too early goes on. Refusals: FORBIDDEN, NOT_FOUND, NOT_CLOSED, CALLED_OFF, CHANGED_MEANWHILE,
 * COMMAND_REUSED.
 */
export function reopenCampaign(
  ctx: ActorCtx,
  input: StepKey & { readonly reason: string },
): Promise<Outcome<Stepped, AnyStepRefusal>> {
  return takeStep<never>(ctx, {
    step: 'reopen',
    input,
    asked: { reason: input.reason },
    write: async (tx, campaign, state) => {
      const at = ctx.clock.now();
      const { kind } = workOf(ctx, campaign);
      const owing = await lockTargets(tx, campaign.id, { states: OWING_STATES });
      await beginTaskRounds(
        tx,
        owing.map((target) => target.id),
      );
      await openTasks(
        tx,
        ctx,
        owing.map((target) =>
          answerTask(campaign, kind, { ...target, taskNo: target.taskNo + 1 }, target.state === 'returned'),
        ),
      );
      await setCampaignState(tx, campaign.id, { state, closedAt: null });
      const event = { campaignId: campaign.id, kind: 'reopened' as const, note: input.reason };
      await appendCampaignEvents(tx, [event], { actorId: ctx.actorId, at });
    },
  });
}

export interface ApproveInput extends StepKey {
  /** 文号 of the government's document. */
  readonly documentNo: string;
  readonly approvingOrgan: string;
  /** First day on which it holds; not after today, so that nothing is confirmed ahead of its document. */
  readonly effectiveDay: Day;
  /** Scan of the approving organ's document. */
  readonly scan?: UploadedScan | undefined;
  /** The signed 审批单: only the issuer of a bureau of one person approves by it. */
  readonly signedForm?: SignedForm | undefined;
}
export type ApproveRefusal =
  | AnyStepRefusal
  | EffectRefusal
  | SecondPersonRefusal
  | 'TOO_MANY_SCANS'
  | 'DAY_IN_FUTURE'
  | 'DAY_BEFORE_ISSUE';

/** Which way the second person was found, with the scans kept beside the campaign. */
async function keepApproval(
  tx: Tx,
  ctx: ActorCtx,
  asked: {
    readonly campaign: CampaignRecord;
    readonly input: ApproveInput;
    readonly people: LoadedSecondPersons;
  },
  refuse: Refuse<SecondPersonRefusal | 'TOO_MANY_SCANS'>,
): Promise<{ approvedWay: SecondPersonWay; approvedScanId: string | null; signerName: string | null }> {
  const { campaign, input, people } = asked;
  const { scan, signedForm } = input;
  const by = { key: people.actorKey, standing: people.standing, hasSignedForm: signedForm !== undefined };
  const way = decideWay(people.scene, by);
  if (!way.ok) return refuse(way.code);
  const subject = { kind: 'campaign' as const, id: campaign.id, regionId: campaign.regionId };
  if (scan !== undefined) await keepScanIn(tx, ctx, { subject, purpose: 'approval_document', scan }, refuse);
  if (signedForm === undefined) return { approvedWay: way.value, approvedScanId: null, signerName: null };
  const form = { subject, purpose: 'signed_form' as const, scan: signedForm.scan };
  const approvedScanId = await keepScanIn(tx, ctx, form, refuse);
  return { approvedWay: way.value, approvedScanId, signerName: signedForm.signerName };
}

/**
 * 批准: the approving organ's document is entered with its number and day; what the kind does on approval happens in the
 * same transaction, all or nothing. It takes somebody beside who issued (design.md invariant 11). Refusals: those of a
 * step, of `decideWay`, TOO_MANY_SCANS, REVIEW_PENDING, NOTHING_ACCEPTED, DAY_IN_FUTURE,
 * DAY_BEFORE_ISSUE, EFFECT_REFUSED with its reason.
 */
export async function approveCampaign(
  ctx: ActorCtx,
  input: ApproveInput,
): Promise<Outcome<Stepped, ApproveRefusal>> {
  const documentNo = tidyNumber(input.documentNo);
  const { approvingOrgan, effectiveDay, scan, signedForm } = input;
  if (!mayDo(ctx, 'campaign.approve')) return refused('FORBIDDEN');
  const people = await openApproval(ctx, input.campaignId);
  if (people === null) return refused('NOT_FOUND');
  const prints = {
    scan: scanFingerprint(scan ?? null),
    signedForm: scanFingerprint(signedForm?.scan ?? null),
    signerName: signedForm?.signerName ?? null,
  };
  if (effectiveDay > dayOf(ctx.clock.now())) return refused('DAY_IN_FUTURE');
  return takeStep<ApproveRefusal>(ctx, {
    step: 'approve',
    input,
    isAllowed: true,
    asked: { documentNo, approvingOrgan, effectiveDay, ...prints },
    timeoutMs: APPROVE_TIMEOUT_MS,
    write: async (tx, campaign, state, refuse) => {
      if (effectiveDay < campaign.issuedDay) refuse('DAY_BEFORE_ISSUE');
      const approvedAt = ctx.clock.now();
      const kept = await keepApproval(tx, ctx, { campaign, input, people }, refuse);
      const answers = await listAcceptedAnswersIn(tx, campaign.id);
      const approval = { campaign, documentNo, effectiveDay, answers };
      const effect = await workOf(ctx, campaign).applyApproval(tx, ctx, approval, refuse);
      const unanswered = await withdrawTasks(tx, ctx, campaign.id);
      const keys = approveTaskKeys(campaign.id);
      await settleTasks(tx, ctx, { kind: 'campaign.approve', keys, outcome: 'done' });
      await setCampaignState(tx, campaign.id, {
        state,
        ...(campaign.state === 'open' ? { closedAt: approvedAt } : {}),
        approval: {
          ...{ documentNo, approvingOrgan, effectiveDay, approvedBy: ctx.actorId, approvedAt, effect },
          ...kept,
        },
      });
      const detail = { documentNo, effectiveDay, approvingOrgan, unanswered, effect };
      const signer = kept.signerName === null ? '' : `，审批人 ${kept.signerName}`;
      const note = `${WAY_LABELS[kept.approvedWay]}${signer}`;
      await appendCampaignEvents(tx, [{ campaignId: campaign.id, kind: 'approved', note, detail }], {
        actorId: ctx.actorId,
        at: approvedAt,
      });
    },
  });
}

/** 公告: the day on which and the place where it was made public. Refusals: those of a step, NOT_APPROVED, DAY_IN_FUTURE. */
export async function announceCampaign(
  ctx: ActorCtx,
  input: StepKey & { readonly announcedDay: Day; readonly announcedIn: string | null },
): Promise<Outcome<Stepped, ApproveRefusal>> {
  const { announcedDay, announcedIn } = input;
  if (announcedDay > dayOf(ctx.clock.now())) return refused('DAY_IN_FUTURE');
  return takeStep<ApproveRefusal>(ctx, {
    step: 'announce',
    input,
    asked: { announcedDay, announcedIn },
    timeoutMs: APPROVE_TIMEOUT_MS,
    write: async (tx, campaign, state, refuse) => {
      const { documentNo, effectiveDay } = campaign;
      if (documentNo === null || effectiveDay === null) return refuse('NOT_APPROVED');
      await workOf(ctx, campaign).applyAnnouncement?.(tx, ctx, { campaign, documentNo, day: announcedDay });
      await setCampaignState(tx, campaign.id, { state, announcement: { announcedDay, announcedIn } });
      const detail = { announcedDay, announcedIn };
      await appendCampaignEvents(tx, [{ campaignId: campaign.id, kind: 'announced', detail }], {
        actorId: ctx.actorId,
        at: ctx.clock.now(),
      });
      const targets = await lockTargets(tx, campaign.id, {});
      await sendNotices(tx, ctx, [
        {
          kind: 'campaign.announced',
          key: campaign.id,
          title: `已公告：${campaign.title}`.slice(0, 60),
          body: `${campaign.title}已经批准（${documentNo}）并公告${announcedIn === null ? '' : `，见${announcedIn}`}。`,
          path: `/coordinate/campaigns/${campaign.id}`,
          to: [{ role: 'unit_liaison', unitIds: targets.map((target) => target.unitId) }],
        },
      ]);
    },
  });
}
