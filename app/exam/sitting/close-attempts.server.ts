import { appendAudit, appendAudits } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { finalisedFact } from '../result/finalised-fact.ts';
import { gradePaper } from '../result/grading.ts';
import type { ClosedAttempt, GradedAttempt, ResultReason } from './close-attempt.store.server.ts';
import { appendAttemptEvents, insertResults, listClosed, lockResult } from './close-attempt.store.server.ts';
import type { JournalEvent } from './fold.ts';
import { foldAnswers } from './fold.ts';
import { listCountedEventsOf } from './journal.store.server.ts';

/** Grades attempts by what counts of each. @param versionNo the number this grading gets */
export function gradeAll(
  attempts: readonly ClosedAttempt[],
  counted: ReadonlyMap<string, readonly JournalEvent[]>,
  versionNo: number,
): GradedAttempt[] {
  return attempts.map((attempt) => {
    const graded = gradePaper(attempt.paper, foldAnswers(counted.get(attempt.attemptId) ?? []));
    return { attempt, graded, passed: graded.scoreHundredths >= attempt.passMarkHundredths, versionNo };
  });
}

/** Where the bureau releases the results, nobody is told of them before it does. */
function factsOf(results: readonly GradedAttempt[], gradedAt: Date) {
  return results
    .filter(({ attempt }) => !attempt.isWithheld)
    .map(({ attempt, graded, passed, versionNo }) =>
      finalisedFact(
        {
          attemptId: attempt.attemptId,
          resultVersion: versionNo,
          registrationId: attempt.registrationId,
          sittingId: attempt.sittingId,
          personId: attempt.personId,
          unitId: attempt.unitId,
          passed,
          scoreHundredths: graded.scoreHundredths,
          gradedAt,
        },
        gradedAt,
      ),
    );
}

/** Whose request closed an attempt. */
export interface ClosedBy {
  readonly actorId: string | null;
  readonly requestId: string;
}

/** What closed an attempt, and what the audit calls it. */
const CLOSING_ACTIONS = { handed_in: 'exam.hand_in', expired: 'exam.expire', ended: 'exam.end' } as const;

/**
 * Grades attempts that this very transaction has closed: their rows are locked, so the counted events are complete.
 * Writes result version 1, the attempts' events, the facts for the slices above and the audit rows.
 * @param cause `handed_in` by the candidate, `expired` when the time was over, `ended` by an invigilator
 * @param by whose request closed each, where several share the transaction; left out: the context's
 */
export async function gradeClosed(
  tx: Tx,
  ctx: Ctx,
  attemptIds: readonly string[],
  cause: keyof typeof CLOSING_ACTIONS,
  by: ReadonlyMap<string, ClosedBy> = new Map(),
): Promise<GradedAttempt[]> {
  if (attemptIds.length === 0) return [];
  const now = ctx.clock.now();
  const attempts = await listClosed(tx, attemptIds);
  invariant(attempts.length === attemptIds.length, 'every closed attempt has its paper and registration');
  const results = gradeAll(attempts, await listCountedEventsOf(tx, attemptIds), 1);
  await insertResults(tx, results, { reasonCode: 'graded', decidedBy: null, gradedAt: now });
  await appendAttemptEvents(
    tx,
    results.flatMap(({ attempt, graded, passed }) => {
      const common = {
        attemptId: attempt.attemptId,
        epoch: attempt.epoch,
        actorId: (by.get(attempt.attemptId) ?? ctx).actorId,
        occurredAt: now,
      };
      const answered = graded.items.filter((item) => item.choice !== '').length;
      return [
        { ...common, kind: cause, detail: { answered } },
        { ...common, kind: 'finalised', detail: { scoreHundredths: graded.scoreHundredths, passed } },
      ];
    }),
  );
  await appendOutbox(tx, factsOf(results, now));
  await appendAudits(
    tx,
    ctx,
    results.map(({ attempt, graded, passed }) => ({
      action: CLOSING_ACTIONS[cause],
      subjectKind: 'attempt',
      subjectId: attempt.attemptId,
      regionId: attempt.regionId,
      unitId: attempt.unitId,
      detail: { scoreHundredths: graded.scoreHundredths, passed },
      by: by.get(attempt.attemptId),
    })),
  );
  return results;
}

/** Why a closed attempt is graded anew, and who decided it; `decidedBy` null where no person did. */
export interface Regrading {
  readonly attemptId: string;
  readonly reasonCode: Exclude<ResultReason, 'graded'>;
  readonly decidedBy: string | null;
  /** Kept with the attempt's event and the audit row. */
  readonly detail: Readonly<Record<string, string | number | null>>;
}

/**
 * Grades a closed attempt anew from everything that counts now, as the next version of its result; the earlier ones
 * stay. Writes the attempt's event, the fact for the slices above and the audit row. Null, and nothing is written, when
 * the attempt still runs, was never graded, or is void.
 */
export async function regradeClosed(tx: Tx, ctx: Ctx, regrading: Regrading): Promise<GradedAttempt | null> {
  const { attemptId, reasonCode, decidedBy, detail } = regrading;
  const locked = await lockResult(tx, attemptId);
  if (locked?.state !== 'finalised' || locked.lastVersion === 0) return null;
  const events = await listCountedEventsOf(tx, [attemptId]);
  const [result] = gradeAll(await listClosed(tx, [attemptId]), events, locked.lastVersion + 1);
  invariant(result, 'a graded attempt has its paper and registration');
  const { attempt, graded, passed, versionNo } = result;
  const gradedAt = ctx.clock.now();
  await insertResults(tx, [result], { reasonCode, decidedBy, gradedAt });
  const said = { ...detail, reasonCode, versionNo, scoreHundredths: graded.scoreHundredths, passed };
  await appendAttemptEvents(tx, [
    {
      attemptId,
      kind: 'regraded',
      epoch: attempt.epoch,
      detail: said,
      actorId: decidedBy,
      occurredAt: gradedAt,
    },
  ]);
  await appendOutbox(tx, factsOf([result], gradedAt));
  await appendAudit(tx, ctx, {
    action: 'exam.regrade',
    subjectKind: 'attempt',
    subjectId: attemptId,
    regionId: attempt.regionId,
    unitId: attempt.unitId,
    detail: said,
  });
  return result;
}
