import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import { lockPersons } from '#app/organization/person/home-timeline.store.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { JsonInput, Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { scopeFor } from '../scope.server.ts';
import type { ApplicationEventKind, ApplicationRefusal, ApplicationState } from './application.ts';
import { APPLICATION_STATES, decideApplicationStep, handsOf } from './application.ts';
import type { ApplicationRecord } from './application.store.server.ts';
import {
  appendApplicationEvent,
  findApplication,
  listApplicationEvents,
  moveApplication,
} from './application.store.server.ts';
import { checkEligibility } from './eligibility.ts';
import { loadEligibilityFacts } from './eligibility-facts.store.server.ts';
import { checklistOf, refuseUnmet } from './file-application.server.ts';
import { tellTasks } from './tell-tasks.server.ts';

export interface StepInput {
  readonly applicationId: string;
  readonly opinion: string | null;
  readonly expectedVersion: number;
  readonly commandId: string;
}

export type StepRefusal =
  ApplicationRefusal | 'FORBIDDEN' | 'NOT_FOUND' | 'CHANGED_MEANWHILE' | 'NOT_ELIGIBLE' | 'COMMAND_REUSED';

const outcomeShape = z.object({ applicationId: z.string(), state: z.enum(APPLICATION_STATES) });
export type StepDone = z.infer<typeof outcomeShape>;

/** Columns that say who holds which office on the application, by step. */
function columnsOf(kind: ApplicationEventKind, actorId: string, checklist: JsonInput | null) {
  const answered = checklist === null ? {} : { checklist };
  if (kind === 'submitted') return { filedBy: actorId, reviewedBy: null, ...answered };
  if (kind === 'accepted') return { reviewedBy: actorId, ...answered };
  if (kind === 'approved' || kind === 'rejected') return { approvedBy: actorId, ...answered };
  return answered;
}

/** Steps towards a card are taken only while every requirement is met; a return or rejection always may be. */
const needsEligibility = (kind: ApplicationEventKind): boolean => kind !== 'returned' && kind !== 'rejected';

export interface Step extends Omit<StepInput, 'commandId'> {
  readonly kind: ApplicationEventKind;
  readonly isInReach: (record: ApplicationRecord) => boolean;
}

/** The application as it stands once the person is locked: all acts on one person's cards come one after the other. */
async function lockApplication(tx: Tx, step: Step, refuse: Refuse<'NOT_FOUND'>): Promise<ApplicationRecord> {
  const seen = await findApplication(tx, step.applicationId);
  if (!seen || !step.isInReach(seen)) return refuse('NOT_FOUND');
  await lockPersons(tx, [seen.personId]);
  return (await findApplication(tx, step.applicationId)) ?? refuse('NOT_FOUND');
}

/** Checks again what T1 asks; the person is locked, so no second card or application can come in between. */
async function recheck(
  tx: Tx,
  ctx: ActorCtx,
  application: ApplicationRecord,
  refuse: Refuse<'NOT_ELIGIBLE'>,
): Promise<JsonInput> {
  const today = dayOf(ctx.clock.now());
  const question = { ...application, ownApplicationId: application.id };
  const found = (await loadEligibilityFacts(tx, [question], today)).get(application.personId);
  const checks = found ? checkEligibility(found.facts, today) : [];
  refuseUnmet(checks, refuse);
  return checklistOf(checks);
}

/** The step inside a transaction: for the commands of this room and for the issue that ends an application. */
export async function takeStep(
  tx: Tx,
  ctx: ActorCtx,
  step: Step,
  refuse: Refuse<StepRefusal>,
): Promise<{ application: ApplicationRecord; state: ApplicationState }> {
  const application = await lockApplication(tx, step, refuse);
  if (application.version !== step.expectedVersion) refuse('CHANGED_MEANWHILE');
  const events = await listApplicationEvents(tx, [application.id]);
  const decided = decideApplicationStep(application.state, step.kind, {
    person: await personKeyOf(tx, ctx.actorId),
    hands: handsOf(application.personId, events),
    opinion: step.opinion,
  });
  if (!decided.ok) return refuse(decided.code, decided.detail);
  const checklist = needsEligibility(step.kind) ? await recheck(tx, ctx, application, refuse) : null;
  const at = ctx.clock.now();
  const moved = await moveApplication(tx, {
    applicationId: application.id,
    expectedVersion: step.expectedVersion,
    fromState: application.state,
    toState: decided.value,
    at,
    set: columnsOf(step.kind, ctx.actorId, checklist),
  });
  if (!moved) refuse('CHANGED_MEANWHILE');
  await appendApplicationEvent(tx, {
    applicationId: application.id,
    seq: (events.at(-1)?.seq ?? 0) + 1,
    kind: step.kind,
    fromState: application.state,
    toState: decided.value,
    opinion: step.opinion,
    actorId: ctx.actorId,
    occurredAt: at,
  });
  await tellTasks(tx, ctx, {
    application,
    from: application.state,
    to: decided.value,
    seq: (events.at(-1)?.seq ?? 0) + 1,
  });
  await appendAudit(tx, ctx, {
    action: `application.${step.kind}`,
    subjectKind: 'certificate_application',
    subjectId: application.id,
    regionId: application.regionId,
    unitId: application.unitId,
    detail: { opinion: step.opinion },
  });
  return { application, state: decided.value };
}

/**
 * One step of an application, by whoever holds `permission` over its unit. Exactly one of several who act on the same
 * version wins; the others are told CHANGED_MEANWHILE. Refusals: FORBIDDEN, NOT_FOUND (also outside the reach), those
 * of `decideApplicationStep`, NOT_ELIGIBLE (checked again at every step towards a card), COMMAND_REUSED.
 */
export async function stepApplication(
  ctx: ActorCtx,
  permission: Permission,
  kind: ApplicationEventKind,
  input: StepInput,
): Promise<Outcome<StepDone, StepRefusal>> {
  if (!mayDo(ctx, permission)) return refused('FORBIDDEN');
  const isInReach = await scopeFor(ctx, permission);
  const { commandId, ...asked } = input;
  return inTransaction<StepDone, StepRefusal>(ctx, `application-${kind}`, async (tx, refuse) =>
    withReceipt(
      tx,
      { actorId: ctx.actorId, commandId, kind: `application.${kind}`, input: asked },
      outcomeShape,
      refuse,
      async () => {
        const { application, state } = await takeStep(tx, ctx, { ...input, kind, isInReach }, refuse);
        return { applicationId: application.id, state };
      },
    ),
  );
}
