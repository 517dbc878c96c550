import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { askForNotices } from '#app/office/notice/send-notice.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { finalisedFact } from '../../result/finalised-fact.ts';
import { appendBatchEvent } from '../batch.store.server.ts';

export type ReleaseRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'NOTHING_TO_RELEASE'
  | 'RELEASED_ALREADY'
  | 'SITTING_NOT_OVER'
  | 'COMMAND_REUSED';

const releasedShape = z.object({ released: z.number() });
const RELEASE_TIMEOUT_MS = 60_000;

const sittingRow = z.object({
  title: z.string(),
  regionId: z.string(),
  batchId: z.string().nullable(),
  resultRelease: z.enum(['at_once', 'by_bureau']),
  releasedAt: z.date().nullable(),
  running: z.number(),
});

async function lockSitting(tx: Tx, sittingId: string): Promise<z.infer<typeof sittingRow> | null> {
  const rows = await tx.$queryRaw`
    select s.title, s.region_id::text as "regionId", s.batch_id::text as "batchId",
      s.result_release as "resultRelease", s.results_released_at as "releasedAt",
      (select count(*)::int from attempt a join exam_registration r on r.id = a.registration_id
        where r.sitting_id = s.id and a.state = 'in_progress') as running
    from exam_sitting s where s.id = ${sittingId}::uuid for update of s`;
  return z.array(sittingRow).parse(rows)[0] ?? null;
}

const resultRow = z.object({
  attemptId: z.string(),
  resultVersion: z.number(),
  registrationId: z.string(),
  personId: z.string(),
  unitId: z.string(),
  passed: z.boolean(),
  scoreHundredths: z.number(),
  gradedAt: z.date(),
});

/** The latest version of every result of the sitting; void attempts have none that counts. */
async function listResults(tx: Tx, sittingId: string): Promise<z.infer<typeof resultRow>[]> {
  const rows = await tx.$queryRaw`
    select a.id::text as "attemptId", e.version_no as "resultVersion", r.id::text as "registrationId",
      r.person_id::text as "personId", r.unit_id::text as "unitId", e.passed,
      e.score_hundredths as "scoreHundredths", e.graded_at as "gradedAt"
    from attempt a join exam_registration r on r.id = a.registration_id
      join lateral (select * from exam_result x where x.attempt_id = a.id order by x.version_no desc limit 1) e on true
    where r.sitting_id = ${sittingId}::uuid and a.state <> 'void' order by a.id`;
  return z.array(resultRow).parse(rows);
}

/**
 * 发布成绩 of a sitting whose results the bureau releases: from now on candidates see them and passes become
 * qualifications. Only when nobody answers any more, and then no new attempt can begin: the latest entry is over. Once;
 * of two at once the second reads RELEASED_ALREADY. Refusals: FORBIDDEN; NOT_FOUND; NOTHING_TO_RELEASE (results are shown
 * at once here); RELEASED_ALREADY; SITTING_NOT_OVER; COMMAND_REUSED.
 */
export async function releaseResults(
  ctx: ActorCtx,
  input: { readonly sittingId: string; readonly commandId: string },
): Promise<Outcome<{ released: number }, ReleaseRefusal>> {
  if (!mayDo(ctx, 'exam.manage')) return refused('FORBIDDEN');
  const { regionIds } = await reachFor(ctx, 'exam.manage');
  const { sittingId, commandId } = input;
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.release_results', input: { sittingId } };
  return inTransaction<{ released: number }, ReleaseRefusal>(
    ctx,
    'release-results',
    (tx, refuse) =>
      withReceipt(tx, key, releasedShape, refuse, async () => {
        const sitting = await lockSitting(tx, sittingId);
        if (sitting === null || !regionIds.has(sitting.regionId)) return refuse('NOT_FOUND');
        if (sitting.resultRelease === 'at_once') return refuse('NOTHING_TO_RELEASE');
        if (sitting.releasedAt !== null) return refuse('RELEASED_ALREADY');
        const at = ctx.clock.now();
        const { latestEntryAt } = await tx.examSitting.findUniqueOrThrow({
          where: { id: sittingId },
          select: { latestEntryAt: true },
        });
        if (sitting.running > 0 || at <= latestEntryAt)
          return refuse('SITTING_NOT_OVER', { count: sitting.running });
        await tx.examSitting.update({
          where: { id: sittingId },
          data: { resultsReleasedAt: at, version: { increment: 1 } },
        });
        const results = await listResults(tx, sittingId);
        await appendOutbox(
          tx,
          results.map((result) => finalisedFact({ ...result, sittingId }, at)),
        );
        await tell(tx, ctx, { sittingId, sitting, results });
        return { released: results.length };
      }),
    { timeoutMs: RELEASE_TIMEOUT_MS },
  );
}

async function tell(
  tx: Tx,
  ctx: ActorCtx,
  told: {
    readonly sittingId: string;
    readonly sitting: z.infer<typeof sittingRow>;
    readonly results: readonly z.infer<typeof resultRow>[];
  },
): Promise<void> {
  const { sittingId, sitting, results } = told;
  const personIds = [...new Set(results.map((one) => one.personId))];
  if (personIds.length > 0)
    await askForNotices(tx, ctx, [
      {
        kind: 'exam.result',
        key: `${sittingId}:released`,
        title: `成绩已发布：${sitting.title}`.slice(0, 60),
        body: `“${sitting.title}”的成绩已发布，请在“考试”中查看。`,
        path: '/exams',
        to: [{ personIds }],
      },
    ]);
  if (sitting.batchId !== null)
    await appendBatchEvent(tx, {
      batchId: sitting.batchId,
      kind: 'results_released',
      note: `${sitting.title}：${results.length} 人`,
      detail: { sittingId },
      actorId: ctx.actorId,
      at: ctx.clock.now(),
    });
  await appendAudit(tx, ctx, {
    action: 'exam.release_results',
    subjectKind: 'exam_sitting',
    subjectId: sittingId,
    regionId: sitting.regionId,
    detail: { released: results.length },
  });
}
