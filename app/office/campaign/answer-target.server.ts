import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { OrgTree, UnitNode } from '#app/organization/tree/tree.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { JsonInput } from '#app/platform/db/db.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { openTasks, settleTasks } from '../task/open-tasks.server.ts';
import { appendAnswer, putDraft } from './answer.store.server.ts';
import type { SubmitRefusal } from './campaign.ts';
import { answerTaskKey, decideSubmit, reviewTaskKey } from './campaign.ts';
import type { CampaignRecord, TargetRecord } from './campaign.store.server.ts';
import {
  appendCampaignEvents,
  findCampaign,
  lockCampaign,
  lockTarget,
  markSubmitted,
} from './campaign.store.server.ts';
import { bulkTask, reviewTask } from './campaign-tasks.ts';
import { countFiles } from './file.store.server.ts';
import type { FormProblems, FormValues } from './kinds/form-values.ts';
import { workOf } from './work.server.ts';

export interface AnswerPlace {
  readonly campaignId: string;
  readonly unitId: string;
}

interface Opened {
  readonly campaign: CampaignRecord;
  readonly unit: UnitNode;
  readonly tree: OrgTree;
}

/** The campaign and the unit, when the actor answers for it. Somebody else's unit is not found. */
async function openFor(
  ctx: ActorCtx,
  { campaignId, unitId }: AnswerPlace,
): Promise<Outcome<Opened, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'campaign.answer')) return refused('FORBIDDEN');
  const { unitIds, tree } = await reachFor(ctx, 'campaign.answer');
  const unit = tree.units.get(unitId);
  if (unit === undefined || !unitIds.has(unitId)) return refused('NOT_FOUND');
  const campaign = await findCampaign(ctx.pool, campaignId);
  return campaign === null ? refused('NOT_FOUND') : done({ campaign, unit, tree });
}

async function lockBoth(
  tx: Tx,
  place: AnswerPlace,
  refuse: Refuse<'NOT_FOUND'>,
): Promise<{ campaign: CampaignRecord; target: TargetRecord }> {
  const campaign = await lockCampaign(tx, place.campaignId, 'share');
  const target = campaign === null ? null : await lockTarget(tx, place.campaignId, place.unitId);
  return campaign === null || target === null ? refuse('NOT_FOUND') : { campaign, target };
}

export type DraftRefusal = SubmitRefusal | 'FORBIDDEN' | 'NOT_FOUND';

/** Keeps what was typed, right or wrong. Refusals: FORBIDDEN, NOT_FOUND, CAMPAIGN_CLOSED, ACCEPTED_ALREADY, CHANGED_MEANWHILE. */
export async function saveDraft(
  ctx: ActorCtx,
  input: AnswerPlace & { readonly values: FormValues; readonly expectedVersion: number },
): Promise<Outcome<null, DraftRefusal>> {
  const opened = await openFor(ctx, input);
  if (!opened.ok) return opened;
  const today = dayOf(ctx.clock.now());
  return inTransaction<null, DraftRefusal>(ctx, 'save-campaign-draft', async (tx, refuse) => {
    const { campaign, target } = await lockBoth(tx, input, refuse);
    const decided = decideSubmit(campaign, target, { expectedVersion: input.expectedVersion, today });
    if (!decided.ok) return refuse(decided.code);
    const saved = { targetId: target.id, values: input.values, actorId: ctx.actorId, at: ctx.clock.now() };
    await putDraft(tx, saved);
    await appendAudit(tx, ctx, {
      action: 'campaign.save_draft',
      subjectKind: 'campaign_target',
      subjectId: target.id,
      unitId: target.unitId,
    });
    return null;
  });
}

export interface SubmitInput extends AnswerPlace {
  readonly values: FormValues;
  /** `same`: the preset is handed in as it is. */
  readonly mode: 'same' | 'filled_in';
  readonly expectedVersion: number;
  readonly commandId: string;
}

export type SubmitAnswerRefusal =
  SubmitRefusal | 'FORBIDDEN' | 'NOT_FOUND' | 'STAMPED_FORM_MISSING' | 'COMMAND_REUSED';

const submittedShape = z.object({ answerNo: z.number(), isLate: z.boolean(), exceptionCount: z.number() });
export type Submitted = z.infer<typeof submittedShape>;

/** Handed in, or not complete: then the problems by field and nothing is written. */
export type SubmitResult =
  | { readonly submitted: Submitted; readonly problems?: undefined }
  | { readonly submitted: null; readonly problems: FormProblems };

/**
 * 填报: appends a version of the unit's answer. The preset is read from the register, never from the form. Two liaisons
 * at once: the second sees CHANGED_MEANWHILE. An incomplete form comes back with its problems by field. Refusals:
 * FORBIDDEN; NOT_FOUND (not a unit of the actor's, or not asked); STAMPED_FORM_MISSING; CAMPAIGN_CLOSED; ACCEPTED_ALREADY;
 * CHANGED_MEANWHILE; COMMAND_REUSED.
 */
export async function submitAnswer(
  ctx: ActorCtx,
  input: SubmitInput,
): Promise<Outcome<SubmitResult, SubmitAnswerRefusal>> {
  const opened = await openFor(ctx, input);
  if (!opened.ok) return opened;
  const { unit, tree, campaign } = opened.value;
  const today = dayOf(ctx.clock.now());
  const work = workOf(ctx, campaign);
  const read = await work.readAnswer(ctx, { unit, tree, today }, { mode: input.mode, values: input.values });
  if (!read.ok) return done({ submitted: null, problems: read.problems });
  const { commandId, ...asked } = input;
  const written = await inTransaction<Submitted, SubmitAnswerRefusal>(
    ctx,
    'submit-campaign-answer',
    (tx, refuse) =>
      withReceipt(
        tx,
        { actorId: ctx.actorId, commandId, kind: 'campaign.answer', input: asked },
        submittedShape,
        refuse,
        () => writeAnswer(tx, ctx, { ...asked, content: read.content }, refuse),
      ),
  );
  return written.ok ? done({ submitted: written.value }) : written;
}

async function writeAnswer(
  tx: Tx,
  ctx: ActorCtx,
  asked: Omit<SubmitInput, 'commandId'> & { readonly content: JsonInput },
  refuse: Refuse<SubmitAnswerRefusal>,
): Promise<Submitted> {
  const { campaign, target } = await lockBoth(tx, asked, refuse);
  const at = ctx.clock.now();
  const decided = decideSubmit(campaign, target, {
    expectedVersion: asked.expectedVersion,
    today: dayOf(at),
  });
  if (!decided.ok) return refuse(decided.code);
  const { kind } = workOf(ctx, campaign);
  if (kind.stampedForm !== null && (await countFiles(tx, target.id, 'stamped_form')) === 0)
    refuse('STAMPED_FORM_MISSING', { form: kind.stampedForm });
  const { exceptions, figures } = kind.digest(asked.content);
  const { answerNo, isLate } = decided.value;
  const exceptionCount = exceptions.length;
  const deed = { actorId: ctx.actorId, at };
  const row = { targetId: target.id, exceptionCount, isLate, ...deed };
  await appendAnswer(tx, { ...row, no: answerNo, content: asked.content });
  await markSubmitted(tx, { ...row, answerNo, figures: { ...figures } });
  const detail = { answerNo, isLate, exceptionCount };
  await appendCampaignEvents(
    tx,
    [{ campaignId: campaign.id, targetId: target.id, kind: 'submitted', detail }],
    deed,
  );
  await settleTasks(tx, ctx, {
    kind: 'campaign.answer',
    keys: [answerTaskKey(target.id, target.taskNo)],
    outcome: 'done',
  });
  if (target.state === 'submitted')
    await settleTasks(tx, ctx, {
      kind: 'campaign.review',
      keys: [reviewTaskKey(target.id, target.answerNo)],
      outcome: 'withdrawn',
    });
  const answer = { no: answerNo, exceptionCount };
  const review = exceptionCount > 0 ? reviewTask(campaign, kind, target, answer) : bulkTask(campaign, kind);
  await openTasks(tx, ctx, [review]);
  await appendAudit(tx, ctx, {
    action: 'campaign.answer',
    subjectKind: 'campaign_target',
    subjectId: target.id,
    unitId: target.unitId,
    detail,
  });
  return detail;
}
