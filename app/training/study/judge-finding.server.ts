import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { Verdict } from './finding-words.ts';
import { appendJudgement, findFinding } from './finding.store.server.ts';

export interface JudgeInput {
  readonly findingId: string;
  readonly verdict: Verdict;
  readonly reason: string;
  /** Judgements the person saw; somebody else's in between is told. */
  readonly seenJudgements: number;
  readonly commandId: string;
}

export type JudgeRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'REASON_REQUIRED' | 'JUDGE_IS_SUBJECT' | 'CHANGED_MEANWHILE' | 'COMMAND_REUSED';

const judgedSchema = z.object({ seq: z.number() });

/**
 * A person says what a finding amounts to: nothing, a question to the learner, or hours that should be struck. It is a
 * statement with a reason and takes nothing by itself: hours leave the ledger only by a correction with a second person
 * (domain.md §4.2 case 13). May be revised; every judgement stays. Nobody judges findings about themselves.
 */
export async function judgeFinding(
  ctx: ActorCtx,
  input: JudgeInput,
): Promise<Outcome<z.infer<typeof judgedSchema>, JudgeRefusal>> {
  if (!mayDo(ctx, 'study_finding.judge')) return refused('FORBIDDEN');
  const { unitIds } = await reachFor(ctx, 'study_finding.judge');
  const finding = await findFinding(ctx.pool, input.findingId);
  if (!finding || !unitIds.has(finding.unitId)) return refused('NOT_FOUND');
  if (finding.personId === ctx.actor.personId) return refused('JUDGE_IS_SUBJECT');
  const reason = input.reason.trim();
  if (reason === '') return refused('REASON_REQUIRED');
  return inTransaction<z.infer<typeof judgedSchema>, JudgeRefusal>(ctx, 'judge-finding', (tx, refuse) => {
    const { commandId, ...rest } = input;
    const key = { actorId: ctx.actorId, commandId, kind: 'judge-finding', input: rest };
    return withReceipt(tx, key, judgedSchema, refuse, async () => {
      const seq = input.seenJudgements + 1;
      const { findingId, verdict } = input;
      const now = ctx.clock.now();
      const judged = { findingId, seq, verdict, reason, judgedBy: ctx.actorId, now };
      // The number must follow on what stands: neither taken nor left out.
      const isNext = finding.judgements === input.seenJudgements && (await appendJudgement(tx, judged));
      if (!isNext) return refuse('CHANGED_MEANWHILE');
      await appendAudit(tx, ctx, {
        action: 'study_finding.judge',
        subjectKind: 'study_finding',
        subjectId: finding.id,
        unitId: finding.unitId,
        detail: { verdict, reason },
      });
      return { seq };
    });
  });
}
