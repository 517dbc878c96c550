import { describe, expect, it } from 'vitest';
import type { ImportDesk } from '#app/platform/import/import-desk.server.ts';
import { applyOrFail, checkOrFail, openImportDesk } from '#app/platform/import/import-desk.server.ts';
import { importNow } from '#app/platform/import/run/import-now.server.ts';
import { readBytes } from '#app/platform/import/run/read-run-file.server.ts';
import { importRunView } from '#app/platform/import/run/import-run-view.server.ts';
import type { ImportRun } from '#app/platform/import/run/import-run.ts';
import { purgeExpiredImports } from '#app/platform/import/run/withdraw-import.server.ts';
import type { ImportWork } from '#app/platform/import/run/work.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Jobs } from '#app/platform/jobs/jobs.server.ts';
import { useWorld } from '#test/support/database.ts';
import { anXlsx } from '#test/support/import-files.ts';
import type { LoanContext, LoanFact, LoanRow } from '#test/support/toy-import.ts';
import { loanKind } from '#test/support/toy-import.ts';

const world = useWorld();
const SCOPE = { library: 'one' };
const HEAD = ['图书编号', '借阅人', '借出日期'];

/** A slice that keeps its loans in memory: what is tested here is the machine around it. */
function aLibrary() {
  const loans = new Map<string, string>();
  const batches: LoanFact[][] = [];
  const work: ImportWork<LoanRow, LoanFact, LoanContext> = {
    kind: loanKind,
    placeKeys: ['library'],
    loadContext: () => Promise.resolve({ known: new Map(loans) }),
    apply: (_tx, _ctx, facts) => {
      batches.push([...facts]);
      for (const { code, borrower } of facts) loans.set(code, borrower);
      return Promise.resolve();
    },
  };
  return { loans, batches, work };
}

/** The queue as the tests drive it: what was queued runs when a test says so. */
function aQueue() {
  const queued: { readonly name: string; readonly runId: string }[] = [];
  const jobs: Jobs = {
    enqueue: (_tx, job, payload) => {
      queued.push({ name: job.name, runId: 'runId' in payload ? String(payload.runId) : '' });
      return Promise.resolve();
    },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
  return { queued, jobs };
}

function aDesk(options: { mayImport?: (ctx: Ctx, scope: Readonly<Record<string, string>>) => boolean } = {}) {
  const library = aLibrary();
  const queue = aQueue();
  const desk: ImportDesk<Ctx> = openImportDesk({
    work: library.work,
    jobs: queue.jobs,
    system: world.ctx,
    mayImport: (ctx, scope) => Promise.resolve(options.mayImport?.(ctx, scope) ?? true),
  });
  const runQueued = async (): Promise<void> => {
    for (let next = queue.queued.shift(); next !== undefined; next = queue.queued.shift()) {
      if (next.name.endsWith('-check')) await checkOrFail(world.ctx, library.work, next.runId);
      else await applyOrFail(world.ctx, library.work, next.runId);
    }
  };
  return { ...library, ...queue, desk, runQueued };
}

async function started(
  desk: ImportDesk<Ctx>,
  rows: readonly (readonly string[])[],
  head = HEAD,
): Promise<string> {
  return startedWith(desk, await anXlsx([{ rows: [head, ...rows] }]));
}

async function startedWith(desk: ImportDesk<Ctx>, bytes: Uint8Array): Promise<string> {
  const file = { scope: SCOPE, fileName: 'C:\\loans\\借阅.xlsx', bytes };
  const outcome = await desk.startImport(world.ctx, file);
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value.runId;
}

async function runOf(desk: ImportDesk<Ctx>, runId: string): Promise<ImportRun> {
  const found = await desk.findImport(world.ctx, runId);
  if (!found.ok) throw new Error(found.code);
  return found.value;
}

let unique = 0;
const aRow = (borrower = '张三'): string[] => [`B${(unique += 1)}`, borrower, '2026.1.1'];

describe('an import from file to result', () => {
  it('is checked without writing, confirmed, applied once, and told by figures', async () => {
    const { desk, loans, batches, runQueued, queued } = aDesk();
    const good = aRow();
    const runId = await started(desk, [good, [aRow()[0] ?? '', '', '']]);
    expect((await runOf(desk, runId)).state).toBe('received');
    await runQueued();
    const checked = await runOf(desk, runId);
    expect(checked).toMatchObject({
      state: 'checked',
      fileName: '借阅.xlsx',
      fileFormat: 'xlsx',
      counts: { total: 2, new: 1, change: 0, same: 0, refused: 1, warning: 0 },
    });
    expect(loans.size).toBe(0);
    const view = await importRunView(world.ctx, checked, { page: 1, size: 20 });
    expect(view.issues).toMatchObject([
      { cell: 'B3', label: '借阅人', verdict: 'refused', code: 'VALUE_MISSING' },
    ]);
    expect(view.groups).toMatchObject([{ verdict: 'refused', code: 'VALUE_MISSING', count: 1 }]);

    const input = { mode: 'good_rows', expectedVersion: checked.version } as const;
    const both = await Promise.all([
      desk.confirmImport(world.ctx, runId, input),
      desk.confirmImport(world.ctx, runId, input),
    ]);
    expect(both.filter((outcome) => outcome.ok)).not.toHaveLength(0);
    expect(queued).toHaveLength(1);
    await runQueued();
    expect(await runOf(desk, runId)).toMatchObject({ state: 'applied', mode: 'good_rows' });
    expect([...loans]).toEqual([[good[0], '张三']]);
    expect(batches).toHaveLength(1);

    const audit = await world.ctx.db.auditEvent.findMany({
      where: { subjectId: runId },
      include: { payload: true },
    });
    expect(audit.map(({ action }) => action)).toEqual(['import.apply']);
    expect(await world.ctx.db.outboxEvent.count({ where: { topic: 'import.applied', key: runId } })).toBe(1);
  });

  it('answers a repeated file with its earlier result, and checks it again only when asked', async () => {
    const { desk, runQueued, batches } = aDesk();
    const file = await anXlsx([{ rows: [HEAD, aRow()] }]);
    const runId = await startedWith(desk, file);
    expect(await startedWith(desk, file)).toBe(runId);
    await runQueued();
    const { version } = await runOf(desk, runId);
    await desk.confirmImport(world.ctx, runId, { mode: 'all_or_nothing', expectedVersion: version });
    await runQueued();
    expect(await startedWith(desk, file)).toBe(runId);
    await runQueued();
    expect(batches).toHaveLength(1);
    const again = await desk.checkAgain(world.ctx, runId);
    if (!again.ok) throw new Error(again.code);
    expect(again.value.runId).not.toBe(runId);
    await runQueued();
    expect(await runOf(desk, again.value.runId)).toMatchObject({
      state: 'checked',
      isRecheck: true,
      counts: { same: 1, new: 0 },
    });
  });

  it('writes nothing and reports anew when the register has changed since the check', async () => {
    const { desk, loans, batches, runQueued } = aDesk();
    const row = aRow();
    const runId = await started(desk, [row]);
    await runQueued();
    const { version } = await runOf(desk, runId);
    loans.set(row[0] ?? '', '李四');
    await desk.confirmImport(world.ctx, runId, { mode: 'good_rows', expectedVersion: version });
    await runQueued();
    const run = await runOf(desk, runId);
    expect(run).toMatchObject({
      state: 'checked',
      failure: { code: 'CHANGED_SINCE_CHECK' },
      counts: { change: 1, new: 0 },
    });
    expect(batches).toEqual([]);
    const retry = await desk.confirmImport(world.ctx, runId, {
      mode: 'good_rows',
      expectedVersion: run.version,
    });
    expect(retry.ok).toBe(true);
    await runQueued();
    expect(loans.get(row[0] ?? '')).toBe('张三');
  });

  it('rolls everything back when writing fails, and says so under an id', async () => {
    const { desk, work, loans, runQueued } = aDesk();
    const runId = await started(desk, [aRow()]);
    await runQueued();
    const { version } = await runOf(desk, runId);
    await desk.confirmImport(world.ctx, runId, { mode: 'good_rows', expectedVersion: version });
    const broken = { ...work, apply: () => Promise.reject(new Error('bug')) };
    await applyOrFail(world.ctx, broken, runId);
    const run = await runOf(desk, runId);
    expect(run).toMatchObject({ state: 'failed', failure: { code: 'FAULT' } });
    expect(run.failure?.text).toContain(runId);
    expect(loans.size).toBe(0);
    expect((await desk.checkAgain(world.ctx, runId)).ok).toBe(true);
  });

  it('is applied once when two workers take it up at the same time', async () => {
    const { desk, work, batches, queued } = aDesk();
    const runId = await started(desk, [aRow()]);
    await checkOrFail(world.ctx, work, runId);
    const { version } = await runOf(desk, runId);
    await desk.confirmImport(world.ctx, runId, { mode: 'good_rows', expectedVersion: version });
    expect(queued).not.toHaveLength(0);
    await Promise.all([applyOrFail(world.ctx, work, runId), applyOrFail(world.ctx, work, runId)]);
    expect(batches).toHaveLength(1);
    expect((await runOf(desk, runId)).state).toBe('applied');
  });
});

describe('columns that a person settles', () => {
  const strangeHead = ['图书编号', '日期', '拿走的人'];
  const strangeRow = (): string[] => [aRow()[0] ?? '', '2026.1.1', '张三'];

  it('asks when a required column is unknown, and remembers the answer for the next file of the source', async () => {
    const { desk, runQueued } = aDesk();
    const runId = await started(desk, [strangeRow()], strangeHead);
    await runQueued();
    const run = await runOf(desk, runId);
    expect(run).toMatchObject({ state: 'needs_mapping', layout: { mappingFrom: 'proposed' } });
    const keys = run.layout?.columns.map(({ key }) => key) ?? [];
    const wrong = await desk.correctMapping(world.ctx, runId, {
      mapping: { [keys[0] ?? '']: 'code' },
      expectedVersion: run.version,
    });
    expect(wrong).toMatchObject({ code: 'MAPPING_INCOMPLETE' });
    const mapping = { [keys[0] ?? '']: 'code', [keys[1] ?? '']: 'day', [keys[2] ?? '']: 'borrower' };
    const right = await desk.correctMapping(world.ctx, runId, { mapping, expectedVersion: run.version });
    expect(right.ok).toBe(true);
    await runQueued();
    expect(await runOf(desk, runId)).toMatchObject({
      state: 'checked',
      layout: { mappingFrom: 'corrected' },
    });

    const next = await started(desk, [strangeRow()], strangeHead);
    await runQueued();
    expect(await runOf(desk, next)).toMatchObject({
      state: 'checked',
      layout: { mappingFrom: 'remembered' },
      counts: { new: 1 },
    });
  });
});

describe('files and people that are refused', () => {
  it('says why a file is no workbook, and keeps nothing of it in the register', async () => {
    const { desk, runQueued } = aDesk();
    const bytes = new TextEncoder().encode('%PDF-1.7');
    const outcome = await desk.startImport(world.ctx, { scope: SCOPE, fileName: 'a.xls', bytes });
    if (!outcome.ok) throw new Error(outcome.code);
    await runQueued();
    expect(await runOf(desk, outcome.value.runId)).toMatchObject({
      state: 'refused',
      failure: {
        code: 'FILE_NOT_A_WORKBOOK',
        text: '这不是表格文件，而是 PDF 文件。请上传 .xlsx、.xls 或 .csv 文件。',
      },
    });
  });

  it('refuses 100 MB before storing a byte', async () => {
    const { desk } = aDesk();
    const before = await world.ctx.db.importRun.count();
    const bytes = new Uint8Array(100 * 1024 * 1024);
    const outcome = await desk.startImport(world.ctx, { scope: SCOPE, fileName: 'a.xlsx', bytes });
    expect(outcome).toMatchObject({ code: 'FILE_REFUSED', detail: { code: 'FILE_TOO_LARGE' } });
    expect(await world.ctx.db.importRun.count()).toBe(before);
  });

  it('refuses who may not import here, and hides runs of other places', async () => {
    const own = aDesk();
    const runId = await started(own.desk, [aRow()]);
    const stranger = aDesk({ mayImport: () => false });
    const bytes = new TextEncoder().encode('a,b');
    const start = await stranger.desk.startImport(world.ctx, { scope: SCOPE, fileName: 'a.csv', bytes });
    expect(start).toMatchObject({ code: 'FORBIDDEN' });
    expect(await stranger.desk.findImport(world.ctx, runId)).toMatchObject({ code: 'NOT_FOUND' });
    const input = { mode: 'good_rows', expectedVersion: 1 } as const;
    expect(await stranger.desk.confirmImport(world.ctx, runId, input)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await stranger.desk.annotatedFile(world.ctx, runId)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('refuses the whole file when a row is refused and all or nothing was asked', async () => {
    const { desk, runQueued, batches } = aDesk();
    const runId = await started(desk, [aRow(), [aRow()[0] ?? '', '', '']]);
    await runQueued();
    const { version } = await runOf(desk, runId);
    const refusal = await desk.confirmImport(world.ctx, runId, {
      mode: 'all_or_nothing',
      expectedVersion: version,
    });
    expect(refusal).toMatchObject({ code: 'HAS_REFUSED_ROWS', detail: { refused: 1 } });
    expect(batches).toEqual([]);
  });
});

describe('the stored file', () => {
  it('is unreadable in the database, comes back marked, and goes after its week', async () => {
    const { desk, runQueued } = aDesk();
    const name = '只此一人';
    const runId = await started(desk, [[aRow()[0] ?? '', name, '2023-02-30']]);
    await runQueued();
    const stored = await world.ctx.db.importRunFile.findUniqueOrThrow({ where: { runId } });
    expect(Buffer.from(stored.content).subarray(0, 4).toString('latin1')).not.toBe('PK\x03\x04');
    const marked = await desk.annotatedFile(world.ctx, runId);
    if (!marked.ok) throw new Error(marked.code);
    expect(marked.value.fileName).toBe('借阅（错误说明）.xlsx');
    expect(Buffer.from(marked.value.bytes).subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');

    expect(await purgeExpiredImports(world.ctx)).toBe(0);
    const later = world.clock.now();
    world.clock.advanceSeconds(9 * 86_400);
    expect(await purgeExpiredImports(world.ctx)).toBeGreaterThan(0);
    expect(await desk.annotatedFile(world.ctx, runId)).toMatchObject({ code: 'FILE_GONE' });
    expect((await runOf(desk, runId)).counts.total).toBe(1);
    expect(await world.ctx.db.importRowIssue.count({ where: { runId } })).toBe(0);
    world.clock.set(later);
  });

  it('goes at once when the person withdraws', async () => {
    const { desk, runQueued } = aDesk();
    const runId = await started(desk, [aRow()]);
    await runQueued();
    const { version } = await runOf(desk, runId);
    expect((await desk.withdrawImport(world.ctx, runId, version)).ok).toBe(true);
    expect(await world.ctx.db.importRunFile.findUnique({ where: { runId } })).toBeNull();
    const listed = await desk.listImports(world.ctx, SCOPE);
    expect(listed.ok && listed.value.some(({ id }) => id === runId)).toBe(false);
  });
});

describe('the same import without a queue', () => {
  it('makes dry runs, applies, and answers a second time with the first result', async () => {
    const { work, batches } = aLibrary();
    const bytes = await anXlsx([{ rows: [HEAD, aRow()] }]);
    const file = { scope: SCOPE, fileName: 'a.xlsx', bytes };
    const dry = await importNow(world.ctx, work, { ...file, mode: 'dry_run' });
    expect(dry.ok && dry.value).toMatchObject({ state: 'checked', counts: { new: 1 } });
    expect(batches).toEqual([]);
    const first = await importNow(world.ctx, work, { ...file, mode: 'all_or_nothing' });
    const second = await importNow(world.ctx, work, { ...file, mode: 'all_or_nothing' });
    if (!first.ok || !second.ok) throw new Error('refused');
    expect(first.value.state).toBe('applied');
    expect(second.value.id).toBe(first.value.id);
    expect(batches).toHaveLength(1);
  });

  it('takes a file apart once for check and writing, and writes what was in it', async () => {
    const { work, batches } = aLibrary();
    const bytes = await anXlsx([{ rows: [HEAD, aRow()] }]);
    let reads = 0;
    const counting = {
      ...work,
      readFile: (given: Uint8Array) => {
        reads += 1;
        return readBytes(work, given);
      },
    };
    const file = { scope: SCOPE, fileName: 'b.xlsx', bytes, mode: 'all_or_nothing' as const };
    const run = await importNow(world.ctx, counting, file);
    expect(run.ok && run.value.state).toBe('applied');
    expect([reads, batches.length]).toEqual([1, 1]);
  });
});
