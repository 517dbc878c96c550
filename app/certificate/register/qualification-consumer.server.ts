import { z } from 'zod';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import type { OutboxConsumer } from '#app/platform/outbox/outbox.server.ts';
import { CLAUSES } from '../clauses.ts';
import type { QualificationStatus, QualificationSubject } from './qualification.ts';
import { QUALIFICATION_SUBJECTS, stepAfterResult } from './qualification.ts';
import { lastDayOfClaim } from './claim-period.server.ts';
import { cardsProvenAgain } from './exempted-cards.server.ts';
import {
  EXAM,
  appendQualificationEvent,
  insertQualification,
  lockQualificationOf,
} from './qualification.store.server.ts';

/** The fact `exam.finalised`, as the exam slice writes it. */
export const examFinalised = z.object({
  attemptId: z.string(),
  resultVersion: z.number().int().min(1),
  registrationId: z.string(),
  sittingId: z.string(),
  personId: z.string(),
  unitId: z.string(),
  subject: z.enum(QUALIFICATION_SUBJECTS),
  passed: z.boolean(),
  scoreHundredths: z.number().int().min(0),
  gradedDay: z.string(),
});
export type ExamFinalised = z.infer<typeof examFinalised>;

async function grant(tx: Tx, pool: Pool, fact: ExamFinalised): Promise<string | null> {
  return insertQualification(tx, {
    personId: fact.personId,
    subject: fact.subject,
    obtainedDay: fact.gradedDay,
    validUntilDay: await lastDayOfClaim(tx, pool, { unitId: fact.unitId, day: fact.gradedDay }),
    sourceKind: EXAM,
    sourceId: fact.attemptId,
  });
}

const KIND_OF_STEP = { grant: 'granted', void: 'voided', restore: 'restored' } as const;
const STATUS_OF_STEP: Readonly<Record<'grant' | 'void' | 'restore', QualificationStatus>> = {
  grant: 'valid',
  void: 'void',
  restore: 'valid',
};

/** Takes one final result in. Exactly once: outbox cursor, natural key of the attempt, result version. */
async function takeResult(ctx: Ctx, tx: Tx, fact: ExamFinalised, occurredAt: Date): Promise<void> {
  const subject: QualificationSubject = fact.subject;
  const known = await lockQualificationOf(tx, { kind: EXAM, id: fact.attemptId, subject });
  const step = stepAfterResult(known, fact);
  if (step === 'none') return;
  const qualificationId = known?.id ?? (await grant(tx, ctx.pool, fact));
  if (qualificationId === null) return;
  await appendQualificationEvent(tx, {
    qualificationId,
    seq: (known?.lastSeq ?? 0) + 1,
    kind: KIND_OF_STEP[step],
    status: STATUS_OF_STEP[step],
    legalBasis: CLAUSES.qualificationNeedsExam.citation,
    detail: {
      resultVersion: fact.resultVersion,
      scoreHundredths: fact.scoreHundredths,
      sittingId: fact.sittingId,
      attemptId: fact.attemptId,
    },
    actorId: null,
    effectiveDay: fact.gradedDay,
    occurredAt,
  });
  if (STATUS_OF_STEP[step] === 'valid' && subject === 'public_law')
    await cardsProvenAgain(tx, ctx, fact.personId);
  await appendAudit(tx, ctx, {
    action: `qualification.${KIND_OF_STEP[step]}`,
    subjectKind: 'qualification',
    subjectId: qualificationId,
    unitId: fact.unitId,
    detail: { attemptId: fact.attemptId, resultVersion: fact.resultVersion },
  });
}

/** A pass makes a 执法资格, apart from any card; a result corrected to a fail takes it back (AJ1). */
export function qualificationConsumer(ctx: Ctx): OutboxConsumer {
  return {
    name: 'certificate.qualification',
    topics: ['exam.finalised'],
    handle: async (tx, message) =>
      takeResult(ctx, tx, examFinalised.parse(message.payload), message.occurredAt),
  };
}
