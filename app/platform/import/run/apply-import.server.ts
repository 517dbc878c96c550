import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { judgeRows, rowsToDecide } from '../judge-rows.ts';
import { APPLY_BATCH_ROWS, APPLY_TIMEOUT_MS } from '../limits.ts';
import type { ReadRow } from '../read-rows.ts';
import { checkImport, targetOf } from './check-import.server.ts';
import type { ImportRun } from './import-run.ts';
import { findRun, isAppliedKeyTaken, lockByName, moveRun, writeProgress } from './import-run.store.server.ts';
import { digestOf, openRunFile, readAllRows, readTables } from './read-run-file.server.ts';
import { scopeKeyOf } from './start-import.server.ts';
import type { ImportWork } from './work.server.ts';

const CHANGED_SINCE = {
  code: 'CHANGED_SINCE_CHECK',
  text: '您确认之后，系统里的数据又有变化，因此没有写入。下面是按最新数据重新核对的结果，请看过后再次确认。',
};

/**
 * Writes what was confirmed, in one transaction: all of it or nothing. The file is read and decided again inside; when
 * the decisions are no longer those the person confirmed (somebody changed the register meanwhile), nothing is written
 * and a new report is made instead. Runs once per run, however often it is called: the state is a compare-and-set.
 */
export async function applyImport<Row, Fact, Context>(
  ctx: Ctx,
  work: ImportWork<Row, Fact, Context>,
  run: ImportRun,
): Promise<void> {
  const bytes = await openRunFile(ctx, run.id);
  invariant(bytes !== null && run.mapping !== null, 'a confirmed run has its file and mapping');
  const file = await readTables(work, bytes);
  invariant(!('code' in file), 'a file that was checked can be read again');
  const rows = await readAllRows(ctx, work.kind, file.tables, run.mapping, run.id);
  const outcome = await inTransaction<void, 'DECISIONS_CHANGED'>(
    ctx,
    'apply-import',
    async (tx, refuse) => {
      await lockByName(tx, `import-apply:${run.kind}`);
      // Asked again under the lock: a second worker on the same run finds it done.
      if ((await findRun(tx, run.kind, run.id))?.state !== 'applying') return;
      const facts = await decideAgain(tx, ctx, work, run, rows);
      if (facts === null) return refuse('DECISIONS_CHANGED');
      await writeFacts(tx, ctx, work, run, facts);
      await finish(tx, ctx, run);
    },
    { timeoutMs: APPLY_TIMEOUT_MS },
  );
  if (outcome.ok) return;
  await checkImport(ctx, work, run.id, ['applying']);
  await moveRun(ctx.db, run.id, { states: ['checked'] }, 'checked', { failure: CHANGED_SINCE });
}

/** Null when the decisions differ from the confirmed ones. */
async function decideAgain<Row, Fact, Context>(
  tx: Tx,
  ctx: Ctx,
  work: ImportWork<Row, Fact, Context>,
  run: ImportRun,
  rows: readonly ReadRow<Row>[],
): Promise<readonly Fact[] | null> {
  const context = await work.loadContext(tx, ctx, rowsToDecide(work.kind, rows), targetOf(run));
  const { facts, signature } = judgeRows(work.kind, rows, context);
  return digestOf(signature) === run.decisionDigest ? facts : null;
}

async function writeFacts<Row, Fact, Context>(
  tx: Tx,
  ctx: Ctx,
  work: ImportWork<Row, Fact, Context>,
  run: ImportRun,
  facts: readonly Fact[],
): Promise<void> {
  for (let at = 0; at < facts.length; at += APPLY_BATCH_ROWS) {
    await work.apply(tx, ctx, facts.slice(at, at + APPLY_BATCH_ROWS), targetOf(run));
    const done = Math.min(at + APPLY_BATCH_ROWS, facts.length);
    // On a connection of its own: other people see it before the transaction ends.
    await writeProgress(ctx.db, run.id, { phase: 'applying', done, total: facts.length });
  }
}

async function finish(tx: Tx, ctx: Ctx, run: ImportRun): Promise<void> {
  const appliedKey = `${run.kind}|${scopeKeyOf(run.scope)}|${run.fileSha256}`;
  const isFirst = !(await isAppliedKeyTaken(tx, appliedKey));
  const now = ctx.clock.now();
  const moved = await moveRun(tx, run.id, { states: ['applying'] }, 'applied', {
    appliedAt: now,
    appliedKey: isFirst ? appliedKey : null,
  });
  invariant(moved, 'an import is finished by the one worker that holds its lock');
  const figures = { kind: run.kind, mode: run.mode, ...run.counts };
  await appendAudit(tx, ctx, {
    action: 'import.apply',
    subjectKind: 'import_run',
    subjectId: run.id,
    detail: { ...figures, scope: { ...run.scope }, fileSha256: run.fileSha256 },
  });
  await appendOutbox(tx, [
    {
      topic: 'import.applied',
      key: run.id,
      payload: { runId: run.id, ...figures, scope: { ...run.scope } },
      occurredAt: now,
    },
  ]);
}
