import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { LateDecisionRow, LateSitting } from './late.store.server.ts';
import { findSittingPlace, listLateAttempts, listLateDecisions } from './late.store.server.ts';
import type { LatePreview } from './preview-late.ts';
import { previewLate } from './preview-late.ts';

export interface LateLine {
  readonly attemptId: string;
  readonly personName: string;
  readonly ticketNo: string | null;
  readonly unitName: string;
  readonly closeAt: Date;
  readonly isVoid: boolean;
  readonly isOwn: boolean;
  readonly resultVersion: number;
  readonly scoreHundredths: number;
  readonly passed: boolean;
  /** Late answers that no decision has counted. */
  readonly lateCount: number;
  readonly firstLateAt: Date | null;
  readonly lastLateAt: Date | null;
  /** What the result would be if they counted; null when there are none. */
  readonly preview: LatePreview | null;
  readonly decisions: readonly (LateDecisionRow & { readonly isOwn: boolean })[];
}

export interface LatePage {
  readonly sitting: LateSitting;
  readonly lines: readonly LateLine[];
}

/** Attempts of a sitting with late answers, what counting them would change, and what was decided. Refuses NOT_FOUND. */
export async function viewLate(
  ctx: ActorCtx,
  sittingId: string,
): Promise<Outcome<LatePage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'exam.count_late')) return refused('FORBIDDEN');
  const sitting = await findSittingPlace(ctx.pool, sittingId);
  const { regionIds, tree } = await reachFor(ctx, 'exam.count_late');
  if (!sitting || !regionIds.has(sitting.regionId)) return refused('NOT_FOUND');
  const attempts = await listLateAttempts(ctx.pool, sittingId);
  const me = await personKeyOf(ctx.db, ctx.actorId);
  const decisions = await listLateDecisions(
    ctx.pool,
    attempts.map((attempt) => attempt.attemptId),
  );
  const lines = attempts.map((attempt): LateLine => {
    const {
      content: _,
      counted: __,
      late,
      lateIds: ___,
      personId,
      unitId,
      passMarkHundredths: ____,
      ...shown
    } = attempt;
    return {
      ...shown,
      unitName: tree.units.get(unitId)?.name ?? '',
      isOwn: personId === me,
      lateCount: late.length,
      preview: late.length > 0 ? previewLate(attempt) : null,
      decisions: decisions
        .filter((decision) => decision.attemptId === attempt.attemptId)
        .map((decision) => ({ ...decision, isOwn: decision.proposedPerson === me })),
    };
  });
  return done({ sitting, lines });
}
