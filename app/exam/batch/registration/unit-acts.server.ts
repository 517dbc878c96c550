import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import type { UploadedScan } from '#app/office/approval/uploaded-scan.server.ts';
import { askToSettle } from '#app/office/task/ask-task.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { afterAct } from '../../sitting/registration.ts';
import type { RegistrationEventKind } from '../../sitting/registration-events.ts';
import { mayWithdraw } from '../batch.ts';
import type { Batch } from '../batch.store.server.ts';
import { lockBatch } from '../batch.store.server.ts';
import { refusalOfHeldExam } from './decision.ts';
import { examStanding } from './exam-standing.store.server.ts';
import { moveRegistrations } from './move-registrations.server.ts';
import { askBureau, settleOffices, townshipOf } from './office-tasks.server.ts';
import { keepProof } from './registration-proof.server.ts';
import { returnedKey } from './registration-messages.ts';
import type { Asked, Registration } from './registration.store.server.ts';
import { appendRegistrationEvents, lockRegistrations, putAsked } from './registration.store.server.ts';
import { takeRegistration } from './take-registration.server.ts';

interface UnitAct {
  readonly registrationId: string;
  /** Why; the bureau reads it. */
  readonly note: string;
  readonly expectedVersion: number;
  readonly commandId: string;
}

export type UnitActRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CHANGED_MEANWHILE'
  | 'STEP_NOT_POSSIBLE'
  | 'REASON_REQUIRED'
  | 'COMMAND_REUSED';

export type WithdrawRefusal = UnitActRefusal | 'WITHDRAW_OVER' | 'SEATED_ALREADY';
export type AskRefusal = UnitActRefusal | 'PROOF_REQUIRED' | 'ATTEMPTS_EXIST' | 'ENTRY_OVER' | 'EXAM_HELD';

const doneShape = z.object({ registrationId: z.string() });
type Done = z.infer<typeof doneShape>;

interface Locked {
  readonly batch: Batch;
  readonly registration: Registration;
}

async function lockOne(
  tx: Tx,
  asked: { readonly batchId: string; readonly registrationId: string; readonly expectedVersion: number },
  refuse: Refuse<UnitActRefusal>,
): Promise<Locked> {
  const batch = (await lockBatch(tx, asked.batchId, 'share')) ?? refuse('NOT_FOUND');
  const [registration] = await lockRegistrations(tx, batch.id, [asked.registrationId]);
  if (registration === undefined) return refuse('NOT_FOUND');
  if (registration.version !== asked.expectedVersion) return refuse('CHANGED_MEANWHILE');
  return { batch, registration };
}

/**
 * 撤报 by the unit until the batch's last instant for it; afterwards, or once a seat is given, the unit asks for 缓考.
 * Refusals: FORBIDDEN; NOT_FOUND; REASON_REQUIRED; CHANGED_MEANWHILE; STEP_NOT_POSSIBLE; WITHDRAW_OVER; SEATED_ALREADY;
 * COMMAND_REUSED.
 */
export async function withdrawRegistration(
  ctx: ActorCtx,
  input: UnitAct,
): Promise<Outcome<Done, WithdrawRefusal>> {
  const taken = await takeRegistration(ctx, 'exam.register', input.registrationId);
  if (!taken.ok) return taken;
  const { batchId, unitId } = taken.value.registration;
  const { commandId, ...asked } = input;
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.withdraw', input: asked };
  return inTransaction<Done, WithdrawRefusal>(ctx, 'withdraw-registration', (tx, refuse) =>
    withReceipt(tx, key, doneShape, refuse, async () => {
      if (input.note.trim() === '') return refuse('REASON_REQUIRED');
      const { batch, registration } = await lockOne(tx, { ...asked, batchId }, refuse);
      const status = afterAct(registration.status, 'withdraw') ?? refuse('STEP_NOT_POSSIBLE');
      if (!mayWithdraw(batch, ctx.clock.now())) return refuse('WITHDRAW_OVER');
      // Whoever was returned has lost the seat; what is left of the sitting is the history of the registration.
      if (registration.status === 'approved' && registration.sittingId !== null)
        return refuse('SEATED_ALREADY');
      const deed = { actorId: ctx.actorId, at: ctx.clock.now() };
      await moveRegistrations(tx, [registration.id], { status, note: null, by: null }, deed);
      await told(tx, ctx, { registration, kind: 'withdrawn', note: input.note });
      if (registration.status === 'returned')
        await askToSettle(tx, ctx, {
          kind: 'registration.returned',
          keys: [returnedKey(registration)],
          outcome: 'withdrawn',
        });
      const township = townshipOf(taken.value.tree, unitId);
      const townships = township === null ? [] : [township];
      await settleOffices(tx, ctx, taken.value.tree, { batch, townships });
      return { registrationId: registration.id };
    }),
  );
}

export interface AskForRegistration extends UnitAct {
  readonly what: Asked;
  /** Required for 免考 (domain.md §5.5: configurable grounds, always with proof). */
  readonly proof: UploadedScan | null;
}

/**
 * 缓考 or 免考 asked for by the unit; the bureau answers. 缓考 also afterwards, for who could not come. Refusals: FORBIDDEN;
 * NOT_FOUND; REASON_REQUIRED; PROOF_REQUIRED (免考 without a file); CHANGED_MEANWHILE; STEP_NOT_POSSIBLE; ATTEMPTS_EXIST (has
 * sat); ENTRY_OVER (免考 of an exam that was held); EXAM_HELD (缓考 of one whose list does not name the person);
 * COMMAND_REUSED.
 */
export async function askForRegistration(
  ctx: ActorCtx,
  input: AskForRegistration,
): Promise<Outcome<Done, AskRefusal>> {
  const taken = await takeRegistration(ctx, 'exam.register', input.registrationId);
  if (!taken.ok) return taken;
  const { batchId } = taken.value.registration;
  const { commandId, proof, ...asked } = input;
  const fingerprint = { ...asked, proof: proof === null ? null : sha256(proof.bytes).toString('hex') };
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.ask', input: fingerprint };
  return inTransaction<Done, AskRefusal>(ctx, 'ask-for-registration', (tx, refuse) =>
    withReceipt(tx, key, doneShape, refuse, async () => {
      if (input.note.trim() === '') return refuse('REASON_REQUIRED');
      if (input.what === 'exempt' && proof === null) return refuse('PROOF_REQUIRED');
      const { batch, registration } = await lockOne(tx, { ...asked, batchId }, refuse);
      if (batch.status === 'cancelled' || afterAct(registration.status, input.what) === null)
        return refuse('STEP_NOT_POSSIBLE');
      const exam = await examStanding(tx, registration.id, ctx.clock.now());
      if (exam.hasAttempt) return refuse('ATTEMPTS_EXIST');
      const held = refusalOfHeldExam({ ...registration, ...exam }, input.what);
      if (held !== null) return refuse(held);
      const by = await personKeyOf(tx, ctx.actorId);
      await putAsked(tx, registration.id, { what: input.what, note: input.note.trim(), by });
      if (proof !== null)
        await keepProof(tx, ctx, { registrationId: registration.id, purpose: input.what, proof });
      await told(tx, ctx, { registration, kind: `asked_${input.what}`, note: input.note });
      await askBureau(tx, ctx, batch);
      return { registrationId: registration.id };
    }),
  );
}

async function told(
  tx: Tx,
  ctx: ActorCtx,
  deed: { readonly registration: Registration; readonly kind: RegistrationEventKind; readonly note: string },
): Promise<void> {
  const { registration, kind, note } = deed;
  await appendRegistrationEvents(tx, [{ registrationId: registration.id, kind, note }], {
    actorId: ctx.actorId,
    at: ctx.clock.now(),
  });
  await appendAudit(tx, ctx, {
    action: `exam.registration_${kind}`,
    subjectKind: 'exam_registration',
    subjectId: registration.id,
    unitId: registration.unitId,
    detail: { personId: registration.personId, note },
  });
}
