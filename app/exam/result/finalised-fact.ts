import { dayOf } from '#app/platform/time/day.ts';

export interface FinalisedResult {
  readonly attemptId: string;
  readonly resultVersion: number;
  readonly registrationId: string;
  readonly sittingId: string;
  readonly personId: string;
  readonly unitId: string;
  readonly passed: boolean;
  readonly scoreHundredths: number;
  readonly gradedAt: Date;
}

/**
 * What the slices above learn of a result; the certificate makes a qualification of a pass (AJ1). Told once per result
 * version: when it is graded or, where the bureau releases the results, when it does. The day of the qualification is the
 * day of grading, not that of the release.
 */
export function finalisedFact(result: FinalisedResult, occurredAt: Date) {
  const { gradedAt, ...told } = result;
  return {
    topic: 'exam.finalised',
    key: `${told.attemptId}:${told.resultVersion}`,
    payload: { ...told, subject: 'public_law', gradedDay: dayOf(gradedAt) },
    occurredAt,
  };
}
