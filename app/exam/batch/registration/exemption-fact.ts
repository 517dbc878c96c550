import type { OutboxFact } from '#app/platform/outbox/outbox.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { purposeOf } from '../batch.ts';

interface ExemptionBatch {
  readonly title: string;
  readonly blueprintCode: string;
}

/**
 * What the slices above learn of a 免考 that was granted: it stands for the exam it spares (domain.md §5.5). Only of an exam
 * that gives the qualification; who renews a card has it. Each grant is an exemption of its own, named after its event.
 */
export function exemptedFacts(
  batch: ExemptionBatch,
  {
    exemptionId,
    registrationId,
    personId,
    unitId,
    reason,
    decidedBy,
  }: {
    /** Id of the event that grants it. */
    readonly exemptionId: string;
    readonly registrationId: string;
    readonly personId: string;
    readonly unitId: string;
    /** Why the unit asked, on what proof. */
    readonly reason: string;
    /** Account of the bureau that granted it. */
    readonly decidedBy: string;
  },
  at: Date,
): OutboxFact[] {
  if (purposeOf(batch) !== 'qualification') return [];
  const granted = { exemptionId, registrationId, personId, unitId, reason, decidedBy };
  return [
    {
      topic: 'exam.exempted',
      key: exemptionId,
      payload: { ...granted, subject: 'public_law', batchTitle: batch.title, approvedDay: dayOf(at) },
      occurredAt: at,
    },
  ];
}

/** A 免考 taken back: it stood until the day before. */
export function exemptionEndedFacts(
  batch: ExemptionBatch,
  ended: {
    readonly exemptionId: string;
    readonly registrationId: string;
    readonly unitId: string;
    readonly reason: string;
    /** Account of the bureau that took it back. */
    readonly decidedBy: string;
  },
  at: Date,
): OutboxFact[] {
  if (purposeOf(batch) !== 'qualification') return [];
  return [
    {
      topic: 'exam.exemption_ended',
      key: ended.exemptionId,
      payload: { ...ended, subject: 'public_law', endedDay: dayOf(at) },
      occurredAt: at,
    },
  ];
}
