import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { canonicalJson } from '#app/platform/result/canonical.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { ImportMode, WorkdayDecision } from './workday-change.ts';
import { decideWorkdays, yearsOf } from './workday-change.ts';
import type { LineProblem, WorkdayEntry } from './workday-lines.ts';
import { readWorkdayLines } from './workday-lines.ts';
import {
  insertExceptions,
  listExceptions,
  listExceptionsIn,
  lockCalendar,
  supersedeExceptions,
} from './workday.store.server.ts';

export interface WorkdayInput {
  readonly text: string;
  readonly basis: string;
  readonly mode: ImportMode;
}

/** What the person sees before confirming. */
export interface WorkdayPreview {
  readonly problems: readonly LineProblem[];
  readonly decision: WorkdayDecision;
  readonly years: readonly number[];
  /** Ties the confirmation to what was shown. */
  readonly digest: string;
}

export type ImportWorkdaysRefusal =
  | 'FORBIDDEN'
  | 'NOT_TOP_BUREAU'
  | 'LINES_UNREADABLE'
  | 'NOTHING_TO_IMPORT'
  | 'CHANGED_MEANWHILE'
  | 'COMMAND_REUSED';

const receiptShape = z.object({ added: z.number(), changed: z.number(), removed: z.number() });
export type ImportedWorkdays = z.infer<typeof receiptShape>;

/** The calendar holds for the whole installation, so only a bureau that answers for a top region keeps it. */
async function refusalFor(ctx: ActorCtx): Promise<'FORBIDDEN' | 'NOT_TOP_BUREAU' | null> {
  if (!mayDo(ctx, 'workday.manage')) return 'FORBIDDEN';
  const { tree, regionIds } = await reachFor(ctx, 'workday.manage');
  const isTop = [...regionIds].some((id) => tree.regions.get(id)?.parentId === null);
  return isTop ? null : 'NOT_TOP_BUREAU';
}

export async function mayKeepCalendar(ctx: ActorCtx): Promise<boolean> {
  return (await refusalFor(ctx)) === null;
}

function digestOf(input: WorkdayInput, decision: WorkdayDecision): string {
  const { added, changed, removed } = decision;
  return sha256(canonicalJson({ ...input, added, changed, removed })).toString('hex');
}

function previewOf(input: WorkdayInput, entries: readonly WorkdayEntry[], decision: WorkdayDecision) {
  return { years: yearsOf(entries), decision, digest: digestOf(input, decision) };
}

/** Dry run: what the lines say and what they would change. Changes nothing. Refusals: FORBIDDEN, NOT_TOP_BUREAU. */
export async function previewWorkdays(
  ctx: ActorCtx,
  input: WorkdayInput,
): Promise<Outcome<WorkdayPreview, 'FORBIDDEN' | 'NOT_TOP_BUREAU'>> {
  const refusal = await refusalFor(ctx);
  if (refusal !== null) return refused(refusal);
  const { entries, problems } = readWorkdayLines(input.text);
  const known = await listExceptions(ctx.pool, yearsOf(entries));
  return done({ problems, ...previewOf(input, entries, decideWorkdays(entries, known, input)) });
}

/**
 * Applies the lines as they were previewed, all or nothing. Refusals: FORBIDDEN, NOT_TOP_BUREAU, LINES_UNREADABLE (a line
 * cannot be read), NOTHING_TO_IMPORT, CHANGED_MEANWHILE (someone else imported since the preview), COMMAND_REUSED.
 */
export async function importWorkdays(
  ctx: ActorCtx,
  input: WorkdayInput & { readonly commandId: string; readonly digest: string },
): Promise<Outcome<ImportedWorkdays, ImportWorkdaysRefusal>> {
  const refusal = await refusalFor(ctx);
  if (refusal !== null) return refused(refusal);
  const { commandId, digest, ...lines } = input;
  const { entries, problems } = readWorkdayLines(lines.text);
  if (problems.length > 0) return refused('LINES_UNREADABLE', { count: problems.length });
  if (entries.length === 0) return refused('NOTHING_TO_IMPORT');
  return inTransaction<ImportedWorkdays, ImportWorkdaysRefusal>(
    ctx,
    'import-workdays',
    async (tx, refuse) => {
      const key = { actorId: ctx.actorId, commandId, kind: 'import-workdays', input: lines };
      return withReceipt(tx, key, receiptShape, refuse, async () => {
        await lockCalendar(tx);
        const years = yearsOf(entries);
        const decision = decideWorkdays(entries, await listExceptionsIn(tx, years), lines);
        if (digestOf(lines, decision) !== digest) refuse('CHANGED_MEANWHILE');
        const { added, changed, removed } = decision;
        if (added.length + changed.length + removed.length === 0) refuse('NOTHING_TO_IMPORT');
        const now = ctx.clock.now();
        const gone = [
          ...changed.map((change) => change.before.id),
          ...removed.map((exception) => exception.id),
        ];
        await supersedeExceptions(tx, gone, now);
        const coming = [...added, ...changed.map((change) => change.after)];
        await insertExceptions(tx, coming, { basis: lines.basis, now });
        const counts = { added: added.length, changed: changed.length, removed: removed.length };
        await appendAudit(tx, ctx, {
          action: 'workday.import',
          subjectKind: 'workday_calendar',
          subjectId: years.join(','),
          detail: { ...counts, basis: lines.basis, mode: lines.mode },
        });
        return counts;
      });
    },
  );
}
