import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { askForNotices } from '#app/office/notice/send-notice.server.ts';
import { askForTasks } from '#app/office/task/ask-task.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { RegistrationStatus } from '../../sitting/registration.ts';
import type { RegistrationEventKind } from '../../sitting/registration-events.ts';
import { lockSittingsOf, renewOutdatedTickets } from '../../seating/renew-tickets.server.ts';
import { takeManagedBatch } from '../batch-scope.server.ts';
import { lockBatch } from '../batch.store.server.ts';
import type { Batch } from '../batch.store.server.ts';
import type { DecideRegistrationRefusal, Decision } from './decision.ts';
import { decideRegistration as decide } from './decision.ts';
import { exemptedFacts, exemptionEndedFacts } from './exemption-fact.ts';
import { examStanding } from './exam-standing.store.server.ts';
import { judgeRegistrations } from './judge-candidates.server.ts';
import { moveRegistrations } from './move-registrations.server.ts';
import { settleOffices, townshipOf } from './office-tasks.server.ts';
import type { AnswerKind } from './registration-messages.ts';
import { answeredNotices, returnedTask } from './registration-messages.ts';
import type { Registration } from './registration.store.server.ts';
import {
  appendRegistrationEvents,
  declineAsked,
  lockRegistrations,
  putJudgements,
} from './registration.store.server.ts';
import { takeRegistration } from './take-registration.server.ts';

export interface DecideRegistration {
  readonly registrationId: string;
  readonly decision: Decision;
  /** The unit and the person read it; not needed to approve somebody who is eligible. */
  readonly note: string | null;
  readonly expectedVersion: number;
  readonly commandId: string;
}

export type DecideRefusal = DecideRegistrationRefusal | 'FORBIDDEN' | 'NOT_FOUND' | 'COMMAND_REUSED';

const decidedShape = z.object({ registrationId: z.string() });

/**
 * One registration decided by the bureau: approved, returned, refused, 缓考, 免考, a request declined, a 免考 revoked, or
 * taken up again. The rules are asked again at that moment and their answer kept. Refusals: FORBIDDEN; NOT_FOUND; those of
 * `decision.ts`; COMMAND_REUSED.
 */
export async function decideRegistration(
  ctx: ActorCtx,
  input: DecideRegistration,
): Promise<Outcome<{ registrationId: string }, DecideRefusal>> {
  const taken = await takeRegistration(ctx, 'exam.manage', input.registrationId);
  if (!taken.ok) return taken;
  const { registration: seen, tree } = taken.value;
  // The batch's own bureau decides, not every bureau that reaches the unit.
  const managed = await takeManagedBatch(ctx, seen.batchId);
  if (!managed.ok) return managed;
  const { commandId, ...asked } = input;
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.decide_registration', input: asked };
  return inTransaction<{ registrationId: string }, DecideRefusal>(ctx, 'decide-registration', (tx, refuse) =>
    withReceipt(tx, key, decidedShape, refuse, async () => {
      const batch = (await lockBatch(tx, seen.batchId, 'share')) ?? refuse('NOT_FOUND');
      await lockSittingsOf(tx, [input.registrationId]);
      const [registration] = await lockRegistrations(tx, batch.id, [input.registrationId]);
      if (registration === undefined) return refuse('NOT_FOUND');
      const checker = await personKeyOf(tx, ctx.actorId);
      const today = dayOf(ctx.clock.now());
      const judged = await judgeRegistrations({ pool: ctx.pool, db: tx }, batch, [registration], today);
      const township = townshipOf(tree, registration.unitId);
      const exam = await examStanding(tx, registration.id, ctx.clock.now());
      const decided = decide(
        {
          ...registration,
          batchStatus: batch.status,
          verdict: judged.get(registration.id)?.verdict ?? 'refused',
          firstReason: judged.get(registration.id)?.reasons[0]?.text ?? '',
          isTownship: township !== null,
          isOwn: await isOwn(tx, checker, registration),
          ...exam,
        },
        asked,
      );
      if (!decided.ok) return refuse(decided.code, decided.detail);
      await putJudgements(tx, judged);
      await write(tx, ctx, {
        batch,
        registration,
        decision: input.decision,
        staysOnList: exam.isEntryOver && registration.status === 'approved',
        note: decided.value.note,
        checker,
        commandId,
      });
      const townships = township === null ? [] : [township];
      await settleOffices(tx, ctx, tree, { batch, townships });
      return { registrationId: registration.id };
    }),
  );
}

/**
 * Maker ≠ checker: who registered somebody, or asked for the 缓考 or 免考 that waits, does not decide on it, nor anybody on
 * themselves, under whichever account.
 */
async function isOwn(tx: Tx, checker: string, registration: Registration): Promise<boolean> {
  if (registration.personId === checker) return true;
  if (registration.asked !== null && registration.askedPerson === checker) return true;
  return registration.registeredBy !== null && (await personKeyOf(tx, registration.registeredBy)) === checker;
}

const STATUS_OF = {
  approve: 'approved',
  return: 'returned',
  refuse: 'refused',
  defer: 'deferred',
  exempt: 'exempt',
  reopen: 'registered',
  revoke: 'refused',
} as const satisfies Partial<Record<Decision, RegistrationStatus>>;

/** How a decision is named in the record and in what unit and person read. */
const EVENT_OF = {
  approve: 'approved',
  return: 'returned',
  refuse: 'refused',
  defer: 'deferred',
  exempt: 'exempt',
  decline: 'declined',
  reopen: 'reopened',
  revoke: 'exemption_revoked',
} as const satisfies Record<Decision, RegistrationEventKind & AnswerKind>;

interface ToWrite {
  readonly batch: Batch;
  readonly registration: Registration;
  readonly decision: Decision;
  readonly note: string | null;
  /** The exam was held: what is decided stands in its list. */
  readonly staysOnList: boolean;
  /** Natural person who decides. */
  readonly checker: string;
  readonly commandId: string;
}

/** Whoever is taken up again after a 免考, or has it revoked, has it no longer. */
async function endExemption(
  tx: Tx,
  { batch, registration, note }: Pick<ToWrite, 'batch' | 'registration' | 'note'>,
  { actorId, at }: { readonly actorId: string; readonly at: Date },
): Promise<void> {
  const granted = await tx.registrationEvent.findFirst({
    where: { registrationId: registration.id, kind: 'exempt' },
    orderBy: [{ occurredAt: 'desc' }, { id: 'desc' }],
  });
  if (granted === null) return;
  const { id: registrationId, unitId } = registration;
  const ended = {
    ...{ exemptionId: granted.id, registrationId, unitId, reason: note ?? '' },
    decidedBy: actorId,
  };
  await appendOutbox(tx, exemptionEndedFacts(batch, ended, at));
}

async function write(
  tx: Tx,
  ctx: ActorCtx,
  { batch, registration, decision, note, staysOnList, checker, commandId }: ToWrite,
): Promise<void> {
  const { id } = registration;
  const kind = EVENT_OF[decision];
  const deed = { actorId: ctx.actorId, at: ctx.clock.now() };
  if (decision === 'decline') await declineAsked(tx, id, { note: note ?? '', by: checker });
  else {
    const to = { status: STATUS_OF[decision], note, by: checker, staysOnList };
    await moveRegistrations(tx, [id], to, deed);
  }
  const event = { id: newId<'RegistrationEvent'>(), registrationId: id, kind, note };
  if (registration.status === 'exempt') await endExemption(tx, { batch, registration, note }, deed);
  await appendRegistrationEvents(tx, [event], deed);
  if (decision === 'exempt') {
    const reason = registration.askedNote ?? note ?? '';
    const granted = {
      ...registration,
      ...{ exemptionId: event.id, registrationId: id, reason, decidedBy: ctx.actorId },
    };
    await appendOutbox(tx, exemptedFacts(batch, granted, deed.at));
  }
  if (decision === 'approve') await renewOutdatedTickets(tx, ctx, [id]);
  if (decision === 'return')
    await askForTasks(tx, ctx, [
      returnedTask(batch, { ...registration, version: registration.version + 1 }, note ?? ''),
    ]);
  await askForNotices(tx, ctx, answeredNotices(batch, [registration], { kind, note, key: commandId }));
  await appendAudit(tx, ctx, {
    action: `exam.registration_${kind}`,
    subjectKind: 'exam_registration',
    subjectId: id,
    regionId: batch.regionId,
    unitId: registration.unitId,
    detail: { personId: registration.personId, note },
  });
}
