import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { findBlueprint } from '../paper/blueprint.store.server.ts';

export interface NewSitting {
  readonly title: string;
  /** The newest version of this blueprint is taken. */
  readonly blueprintCode: string;
  readonly regionId: string;
  readonly opensAt: Date;
  readonly latestEntryAt: Date;
  readonly hardEndAt: Date;
  /** Left out: as the blueprint says. */
  readonly durationSeconds?: number | undefined;
  /** Caller passes the region's rule `examGraceSeconds`. */
  readonly graceSeconds: number;
  readonly earliestHandInSeconds: number;
  readonly startMode: 'own' | 'bell';
  /** Slug of the course that must be completed before the start; null when there is none. */
  readonly preconditionCourse: string | null;
  readonly attemptLimit: number;
  readonly isDemo?: boolean | undefined;
}

export type CreateSittingRefusal = 'BLUEPRINT_UNKNOWN' | 'TIMES_NOT_IN_ORDER';

/**
 * Publishes a sitting. For the system itself (the demo city) and for commands that have authorised their person.
 * Refuses BLUEPRINT_UNKNOWN, and TIMES_NOT_IN_ORDER unless opening < latest entry ≤ hard end.
 */
export async function createSitting(
  ctx: Ctx,
  input: NewSitting,
): Promise<Outcome<{ sittingId: string }, CreateSittingRefusal>> {
  return inTransaction<{ sittingId: string }, CreateSittingRefusal>(
    ctx,
    'create-sitting',
    async (tx, refuse) => {
      const { blueprintCode, durationSeconds, isDemo = false, ...rest } = input;
      const blueprint = (await findBlueprint(tx, blueprintCode)) ?? refuse('BLUEPRINT_UNKNOWN');
      const { opensAt, latestEntryAt, hardEndAt } = input;
      if (opensAt >= latestEntryAt || latestEntryAt > hardEndAt) refuse('TIMES_NOT_IN_ORDER');
      const sittingId = newId<'ExamSitting'>();
      await tx.examSitting.create({
        data: {
          id: sittingId,
          ...rest,
          blueprintId: blueprint.id,
          durationSeconds: durationSeconds ?? blueprint.spec.durationMinutes * 60,
          isDemo,
          status: 'published',
          createdAt: ctx.clock.now(),
        },
      });
      await appendAudit(tx, ctx, {
        action: 'exam.create_sitting',
        subjectKind: 'exam_sitting',
        subjectId: sittingId,
        regionId: input.regionId,
        detail: { title: input.title, blueprint: blueprint.code },
      });
      return { sittingId };
    },
  );
}
