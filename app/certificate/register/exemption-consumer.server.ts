import { z } from 'zod';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { OutboxConsumer } from '#app/platform/outbox/outbox.server.ts';
import { CLAUSES } from '../clauses.ts';
import { lastDayOfClaim } from './claim-period.server.ts';
import { askAboutCards, cardsProvenAgain } from './exempted-cards.server.ts';
import { QUALIFICATION_SUBJECTS } from './qualification.ts';
import {
  EXEMPTION,
  appendQualificationEvent,
  insertQualification,
  lockQualificationOf,
} from './qualification.store.server.ts';

/** Account that decided; facts of before it was told lack it. */
const decider = z.uuid().optional();

/** The fact `exam.exempted`, as the exam slice writes it. */
const examExempted = z.object({
  exemptionId: z.string(),
  registrationId: z.string(),
  personId: z.string(),
  unitId: z.string(),
  subject: z.enum(QUALIFICATION_SUBJECTS),
  batchTitle: z.string(),
  reason: z.string(),
  approvedDay: z.string(),
  decidedBy: decider,
});
type Exempted = z.infer<typeof examExempted>;

/** The fact `exam.exemption_ended`. */
const exemptionEnded = z.object({
  exemptionId: z.string(),
  /** Lacking where `decidedBy` is. */
  registrationId: z.string().optional(),
  unitId: z.string(),
  subject: z.enum(QUALIFICATION_SUBJECTS),
  reason: z.string(),
  endedDay: z.string(),
  decidedBy: decider,
});
type Ended = z.infer<typeof exemptionEnded>;

/** Exactly once: outbox cursor, natural key of the exemption. */
async function grant(ctx: Ctx, tx: Tx, fact: Exempted, occurredAt: Date): Promise<void> {
  const { exemptionId, personId, unitId, subject, approvedDay, decidedBy } = fact;
  const { registrationId, batchTitle, reason } = fact;
  const qualificationId = await insertQualification(tx, {
    ...{ personId, subject, obtainedDay: approvedDay },
    validUntilDay: await lastDayOfClaim(tx, ctx.pool, { unitId, day: approvedDay }),
    ...{ sourceKind: EXEMPTION, sourceId: exemptionId },
  });
  if (qualificationId === null) return;
  await appendQualificationEvent(tx, {
    ...{ qualificationId, seq: 1, kind: 'granted', status: 'valid', actorId: decidedBy ?? null },
    legalBasis: CLAUSES.examExemption.citation,
    detail: { reason, batchTitle, exemptionId, registrationId },
    effectiveDay: approvedDay,
    occurredAt,
  });
  await cardsProvenAgain(tx, ctx, personId);
  await told(ctx, tx, { qualificationId, kind: 'granted', unitId, exemptionId });
}

/**
 * From the day on which the exemption is taken back nothing is claimed on it, and the bureau is asked about cards that were;
 * who was disqualified meanwhile stays so.
 */
async function end(ctx: Ctx, tx: Tx, fact: Ended, occurredAt: Date): Promise<void> {
  const { exemptionId, registrationId, unitId, subject, reason, endedDay, decidedBy } = fact;
  const known = await lockQualificationOf(tx, { kind: EXEMPTION, id: exemptionId, subject });
  if (known?.status !== 'valid') return;
  await appendQualificationEvent(tx, {
    ...{ qualificationId: known.id, seq: known.lastSeq + 1, kind: 'voided', status: 'void' },
    actorId: decidedBy ?? null,
    legalBasis: CLAUSES.examExemption.citation,
    detail: { reason, exemptionId, ...(registrationId === undefined ? {} : { registrationId }) },
    effectiveDay: endedDay,
    occurredAt,
  });
  await askAboutCards(tx, ctx, { personId: known.personId, exemptionId, endedDay });
  await told(ctx, tx, { qualificationId: known.id, kind: 'voided', unitId, exemptionId });
}

async function told(
  ctx: Ctx,
  tx: Tx,
  step: { qualificationId: string; kind: 'granted' | 'voided'; unitId: string; exemptionId: string },
): Promise<void> {
  await appendAudit(tx, ctx, {
    action: `qualification.${step.kind}`,
    subjectKind: 'qualification',
    subjectId: step.qualificationId,
    unitId: step.unitId,
    detail: { exemptionId: step.exemptionId },
  });
}

/**
 * A 免考 makes the 执法资格 that the exam would have made, from the day of its approval, for the same period of claiming a
 * card (domain.md §5.5); taken back, it ends it. Nothing is overwritten: each grant is a record of its own.
 */
export function exemptionConsumer(ctx: Ctx): OutboxConsumer {
  return {
    name: 'certificate.exemption',
    topics: ['exam.exempted', 'exam.exemption_ended'],
    handle: async (tx, { topic, payload, occurredAt }) => {
      if (topic === 'exam.exempted') await grant(ctx, tx, examExempted.parse(payload), occurredAt);
      else await end(ctx, tx, exemptionEnded.parse(payload), occurredAt);
    },
  };
}
