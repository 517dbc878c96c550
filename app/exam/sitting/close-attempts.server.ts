import { appendAudits } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { gradePaper } from '../result/grading.ts';
import type { ClosedAttempt, FirstResult } from './close-attempt.store.server.ts';
import { appendAttemptEvents, insertFirstResults, listClosed } from './close-attempt.store.server.ts';
import type { StoredEvent } from './journal.store.server.ts';
import { listCountedEventsOf } from './journal.store.server.ts';
import { foldAnswers } from './fold.ts';

function gradeAll(attempts: readonly ClosedAttempt[], events: readonly StoredEvent[]): FirstResult[] {
  const byAttempt = new Map<string, StoredEvent[]>(attempts.map((attempt) => [attempt.attemptId, []]));
  for (const event of events) byAttempt.get(event.attemptId)?.push(event);
  return attempts.map((attempt) => {
    const graded = gradePaper(attempt.content, foldAnswers(byAttempt.get(attempt.attemptId) ?? []));
    return { attempt, graded, passed: graded.scoreHundredths >= attempt.passMarkHundredths };
  });
}

/** What the slices above learn; the certificate makes a qualification of a pass (AJ1). */
function factOf({ attempt, graded, passed }: FirstResult, gradedAt: Date) {
  return {
    topic: 'exam.finalised',
    key: `${attempt.attemptId}:1`,
    payload: {
      attemptId: attempt.attemptId,
      resultVersion: 1,
      registrationId: attempt.registrationId,
      sittingId: attempt.sittingId,
      personId: attempt.personId,
      unitId: attempt.unitId,
      subject: 'public_law',
      passed,
      scoreHundredths: graded.scoreHundredths,
      gradedDay: dayOf(gradedAt),
    },
    occurredAt: gradedAt,
  };
}

/**
 * Grades attempts that this very transaction has closed: their rows are locked, so the counted events are complete.
 * Writes result version 1, the attempts' events, the facts for the slices above and the audit rows.
 * @param cause `handed_in` by the candidate, `expired` when the time was over
 */
export async function gradeClosed(
  tx: Tx,
  ctx: Ctx,
  attemptIds: readonly string[],
  cause: 'handed_in' | 'expired',
): Promise<FirstResult[]> {
  const now = ctx.clock.now();
  const attempts = await listClosed(tx, attemptIds);
  invariant(attempts.length === attemptIds.length, 'every closed attempt has its paper and registration');
  const results = gradeAll(attempts, await listCountedEventsOf(tx, attemptIds));
  await insertFirstResults(tx, results, now);
  await appendAttemptEvents(
    tx,
    results.flatMap(({ attempt, graded, passed }) => {
      const common = {
        attemptId: attempt.attemptId,
        epoch: attempt.epoch,
        actorId: ctx.actorId,
        occurredAt: now,
      };
      const answered = graded.items.filter((item) => item.choice !== '').length;
      return [
        { ...common, kind: cause, detail: { answered } },
        { ...common, kind: 'finalised', detail: { scoreHundredths: graded.scoreHundredths, passed } },
      ];
    }),
  );
  await appendOutbox(
    tx,
    results.map((result) => factOf(result, now)),
  );
  await appendAudits(
    tx,
    ctx,
    results.map(({ attempt, graded, passed }) => ({
      action: cause === 'handed_in' ? 'exam.hand_in' : 'exam.expire',
      subjectKind: 'attempt',
      subjectId: attempt.attemptId,
      regionId: attempt.regionId,
      unitId: attempt.unitId,
      detail: { scoreHundredths: graded.scoreHundredths, passed },
    })),
  );
  return results;
}
