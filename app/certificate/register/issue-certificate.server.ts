import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { RegionRules } from '#app/organization/rules/region-rules.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import type { ApplicationRecord } from '../application/application.store.server.ts';
import { findApplication } from '../application/application.store.server.ts';
import type { StepRefusal } from '../application/step-application.server.ts';
import { takeStep } from '../application/step-application.server.ts';
import type { NewCertificateEvent } from './certificate.store.server.ts';
import { appendCertificateEvents, insertCertificate } from './certificate.store.server.ts';
import { newCheckToken } from './check-token.server.ts';
import type { IssuePlan } from './issue-plan.ts';
import { planIssue } from './issue-plan.ts';
import type { TransitionRefusal } from './lifecycle.ts';
import { allocateCertificateNumber } from './number.store.server.ts';
import { stateChangedFact } from './state-changed.ts';

export interface IssueCertificateInput {
  readonly applicationId: string;
  readonly legalBasis: string;
  /** 文号; may be entered after signing. */
  readonly documentNo: string | null;
  readonly expectedVersion: number;
  readonly commandId: string;
}

export type IssueCertificateRefusal = StepRefusal | TransitionRefusal;

const outcomeShape = z.object({ certificateId: z.string(), certificateNo: z.string() });
export type IssuedCertificate = z.infer<typeof outcomeShape>;

/** What the region says on the day of issue. */
interface Place {
  readonly regionCode: string;
  readonly rules: RegionRules;
  readonly today: Day;
}

/**
 * Issues the card of an approved application: number, print and hand-over in one guided act (T4). The number comes from
 * the region's locked counter: consecutive under any concurrency, given back when anything here fails.
 * Refusals: FORBIDDEN, NOT_FOUND (also outside the reach), CHANGED_MEANWHILE, STATE_DOES_NOT_ALLOW (not approved, or
 * issued already), OWN_MATTER, NOT_ELIGIBLE (AJ1 and the rest are asked again on the day of issue),
 * LEGAL_BASIS_REQUIRED, COMMAND_REUSED.
 */
export async function issueCertificate(
  ctx: ActorCtx,
  input: IssueCertificateInput,
): Promise<Outcome<IssuedCertificate, IssueCertificateRefusal>> {
  if (!mayDo(ctx, 'certificate.issue')) return refused('FORBIDDEN');
  const { regionIds, unitIds, tree } = await reachFor(ctx, 'certificate.issue');
  const isInReach = (record: ApplicationRecord): boolean =>
    regionIds.has(record.regionId) || unitIds.has(record.unitId);
  const application = await findApplication(ctx.db, input.applicationId);
  if (!application || !isInReach(application)) return refused('NOT_FOUND');
  const regionCode = tree.regions.get(application.regionId)?.code;
  invariant(regionCode, 'an application lies in a region of today');
  const today = dayOf(ctx.clock.now());
  // Read before the transaction: inside it a second connection of the pool could make it wait for itself.
  const rules = await loadRules(ctx.pool, application.regionId, today);
  const { commandId, ...asked } = input;
  return inTransaction<IssuedCertificate, IssueCertificateRefusal>(
    ctx,
    'issue-certificate',
    async (tx, refuse) =>
      withReceipt(
        tx,
        { actorId: ctx.actorId, commandId, kind: 'certificate.issue', input: asked },
        outcomeShape,
        refuse,
        async () => {
          const step = { ...input, opinion: null, kind: 'issued', isInReach } as const;
          const { application: approved } = await takeStep(tx, ctx, step, refuse);
          return writeCertificate(
            tx,
            ctx,
            { application: approved, place: { regionCode, rules, today }, input },
            refuse,
          );
        },
      ),
  );
}

interface Writing {
  readonly application: ApplicationRecord;
  readonly place: Place;
  readonly input: IssueCertificateInput;
}

async function writeCertificate(
  tx: Tx,
  ctx: ActorCtx,
  { application, place, input }: Writing,
  refuse: Refuse<TransitionRefusal>,
): Promise<IssuedCertificate> {
  const { rules, today, regionCode } = place;
  const certificateNo = await allocateCertificateNumber(tx, rules.numberPattern.value, {
    regionCode,
    year: yearOf(today),
  });
  const facts = {
    certificateNo,
    legalBasis: input.legalBasis,
    documentNo: input.documentNo,
    operatorId: application.reviewedBy,
    approverId: application.approvedBy,
    issuedBy: ctx.actorId,
    today,
  };
  const planned = planIssue(facts, rules);
  if (!planned.ok) return refuse(planned.code, planned.detail);
  const certificateId = await insertPlanned(tx, ctx, { application, plan: planned.value, facts, rules });
  await appendAudit(tx, ctx, {
    action: 'certificate.issue',
    subjectKind: 'certificate',
    subjectId: certificateId,
    regionId: application.regionId,
    unitId: application.unitId,
    detail: { applicationId: application.id, certificateNo, documentNo: input.documentNo },
  });
  return { certificateId, certificateNo };
}

async function insertPlanned(
  tx: Tx,
  ctx: ActorCtx,
  card: {
    application: ApplicationRecord;
    plan: IssuePlan;
    facts: { certificateNo: string; operatorId: string | null; approverId: string | null; today: Day };
    rules: RegionRules;
  },
): Promise<string> {
  const { application, plan, facts, rules } = card;
  const certificateId = newId<'Certificate'>();
  const occurredAt = ctx.clock.now();
  const events = plan.events.map((event, index): NewCertificateEvent => ({
    ...event,
    id: newId(),
    certificateId,
    seq: index + 1,
    detail: { ...event.detail },
    operatorId: facts.operatorId,
    approverId: facts.approverId,
    occurredAt,
  }));
  const state = events.at(-1)?.toState;
  invariant(state === 'active', 'a card that was handed over is active');
  await insertCertificate(tx, {
    id: certificateId,
    personId: application.personId,
    unitId: application.unitId,
    regionId: application.regionId,
    applicationId: application.id,
    certificateNo: facts.certificateNo,
    fieldCode: application.fieldCode,
    area: application.area,
    issuingAuthority: rules.issuingAuthority.value,
    state,
    issuedDay: facts.today,
    validFromDay: plan.validFromDay,
    validToDay: plan.validToDay,
    checkToken: newCheckToken(),
    version: events.length,
  });
  await appendCertificateEvents(tx, events);
  await appendOutbox(
    tx,
    events.map((event) => stateChangedFact(event, application.personId)),
  );
  return certificateId;
}
