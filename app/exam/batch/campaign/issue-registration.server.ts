import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { writeCampaign } from '#app/office/campaign/issue-campaign.server.ts';
import { unitsInRegion } from '#app/organization/tree/tree.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { appendBatchEvent, lockBatch, updateBatch } from '../batch.store.server.ts';
import { takeManagedBatch } from '../batch-scope.server.ts';
import { EXAM_REGISTRATION } from './registration-kind.ts';
import { registrationWork } from './registration-work.server.ts';

export interface IssueRegistration {
  readonly batchId: string;
  readonly expectedVersion: number;
  readonly commandId: string;
}

export type IssueRegistrationRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'STEP_NOT_POSSIBLE'
  | 'CAMPAIGN_ISSUED'
  | 'CHANGED_MEANWHILE'
  | 'NO_UNITS'
  | 'COMMAND_REUSED';

const issuedShape = z.object({ campaignId: z.string(), targets: z.number() });
const ISSUE_TIMEOUT_MS = 30_000;

/**
 * 下发报名通知: asks every unit of the batch's region that has people, until the last day of registering, as a campaign of
 * the kind 考试报名; progress and reminders are the campaign's. Once per batch. Refusals: FORBIDDEN; NOT_FOUND;
 * STEP_NOT_POSSIBLE (not open); CAMPAIGN_ISSUED; CHANGED_MEANWHILE; NO_UNITS; COMMAND_REUSED.
 */
export async function issueRegistration(
  ctx: ActorCtx,
  input: IssueRegistration,
): Promise<Outcome<z.infer<typeof issuedShape>, IssueRegistrationRefusal>> {
  if (!mayDo(ctx, 'campaign.issue')) return refused('FORBIDDEN');
  const taken = await takeManagedBatch(ctx, input.batchId);
  if (!taken.ok) return taken;
  const { batch: seen, tree } = taken.value;
  const issuedAt = ctx.clock.now();
  const issuedDay = dayOf(issuedAt);
  const all = [...unitsInRegion(tree, seen.regionId)].flatMap((id) => tree.units.get(id) ?? []);
  const units = await registrationWork.chooseTargets(ctx, all, issuedDay);
  if (units.length === 0) return refused('NO_UNITS');
  const { commandId, ...asked } = input;
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.issue_registration', input: asked };
  return inTransaction<z.infer<typeof issuedShape>, IssueRegistrationRefusal>(
    ctx,
    'issue-exam-registration',
    (tx, refuse) =>
      withReceipt(tx, key, issuedShape, refuse, async () => {
        const batch = (await lockBatch(tx, input.batchId, 'update')) ?? refuse('NOT_FOUND');
        if (batch.campaignId !== null) return refuse('CAMPAIGN_ISSUED');
        if (batch.version !== input.expectedVersion) return refuse('CHANGED_MEANWHILE');
        if (batch.status !== 'open') return refuse('STEP_NOT_POSSIBLE');
        const lastDay = dayOf(batch.registerUntil);
        const issued = await writeCampaign(tx, ctx, {
          campaign: {
            id: newId<'Campaign'>(),
            kind: EXAM_REGISTRATION.code,
            regionId: batch.regionId,
            fieldCode: null,
            year: batch.year,
            title: `${batch.title}报名`,
            body: EXAM_REGISTRATION.body(batch.year),
            supplementsId: null,
            issuedDay,
            workdays: EXAM_REGISTRATION.defaultWorkdays,
            dueDay: lastDay < issuedDay ? issuedDay : lastDay,
            issuedBy: ctx.actorId,
            issuedAt,
          },
          work: registrationWork,
          units,
        });
        if (!(await updateBatch(tx, batch, { campaignId: issued.campaignId })))
          return refuse('CHANGED_MEANWHILE');
        const event = { batchId: batch.id, kind: 'campaign_issued', note: `下发 ${issued.targets} 个单位` };
        await appendBatchEvent(tx, { ...event, detail: issued, actorId: ctx.actorId, at: issuedAt });
        return issued;
      }),
    { timeoutMs: ISSUE_TIMEOUT_MS },
  );
}
