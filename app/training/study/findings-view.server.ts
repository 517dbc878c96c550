import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { findEntriesOfDay } from './finding-entries.store.server.ts';
import type { FindingEntry } from './finding-entries.store.server.ts';
import type { FindingRow, Judgement } from './finding.store.server.ts';
import { findFinding, listFindings, listJudgements } from './finding.store.server.ts';
import type { Verdict } from './finding-words.ts';

export interface FindingsQuery {
  readonly text: string;
  readonly kind: string | null;
  readonly state: Verdict | 'open' | null;
  readonly page: number;
  readonly size: number;
}

/** The findings about people of the units the viewer is responsible for. */
export async function findingsView(
  ctx: ActorCtx,
  query: FindingsQuery,
): Promise<Outcome<{ rows: readonly FindingRow[]; total: number }, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'study_finding.read')) return refused('FORBIDDEN');
  const { unitIds } = await reachFor(ctx, 'study_finding.read');
  const { page, size, ...rest } = query;
  return done(
    await listFindings(ctx.pool, {
      ...rest,
      unitIds: [...unitIds],
      limit: size,
      offset: (page - 1) * size,
    }),
  );
}

export interface FindingView {
  readonly finding: FindingRow;
  readonly judgements: readonly Judgement[];
  /** What the ledger holds for that lesson on that day: a 冲销 is asked for entry by entry. */
  readonly entries: readonly FindingEntry[];
  readonly mayJudge: boolean;
}

/** One finding with everything needed to judge it. */
export async function findingView(
  ctx: ActorCtx,
  findingId: string,
): Promise<Outcome<FindingView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'study_finding.read')) return refused('FORBIDDEN');
  const { unitIds } = await reachFor(ctx, 'study_finding.read');
  const finding = await findFinding(ctx.pool, findingId);
  if (!finding || !unitIds.has(finding.unitId)) return refused('NOT_FOUND');
  const isOwn = finding.personId === ctx.actor.personId;
  const judges = mayDo(ctx, 'study_finding.judge') ? await reachFor(ctx, 'study_finding.judge') : null;
  return done({
    finding,
    judgements: await listJudgements(ctx.pool, findingId),
    entries: await findEntriesOfDay(ctx.pool, finding),
    mayJudge: !isOwn && (judges?.unitIds.has(finding.unitId) ?? false),
  });
}
