import { describe, expect, it } from 'vitest';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { ImportDesk } from '#app/platform/import/import-desk.server.ts';
import { applyOrFail, checkOrFail, openImportDesk } from '#app/platform/import/import-desk.server.ts';
import {
  annotatedFileResponse,
  importIndexData,
  importRunData,
  runAction,
  uploadAction,
} from '#app/platform/import/import-pages.server.ts';
import { MAX_FILE_BYTES } from '#app/platform/import/limits.ts';
import type { ImportWork } from '#app/platform/import/run/work.server.ts';
import type { Jobs } from '#app/platform/jobs/jobs.server.ts';
import { useWorld } from '#test/support/database.ts';
import { anXlsx } from '#test/support/import-files.ts';
import type { LoanContext, LoanFact, LoanRow } from '#test/support/toy-import.ts';
import { loanKind } from '#test/support/toy-import.ts';

const world = useWorld();
const SCOPE = { library: 'pages' };
const PAGE = 'http://localhost/imports';
const runPath = (runId: string): string => `/imports/${runId}`;

const work: ImportWork<LoanRow, LoanFact, LoanContext> = {
  kind: loanKind,
  placeKeys: ['library'],
  loadContext: () => Promise.resolve({ known: new Map() }),
  apply: () => Promise.resolve(),
};
/** Jobs are run by hand below. */
const jobs: Jobs = {
  enqueue: () => Promise.resolve(),
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

function aDesk(mayImport = true): ImportDesk<Ctx> {
  const options = { work, jobs, system: world.ctx, mayImport: () => Promise.resolve(mayImport) };
  return openImportDesk<Ctx, LoanRow, LoanFact, LoanContext>(options);
}

function aForm(
  fields: Readonly<Record<string, string>>,
  file?: { name: string; bytes: Uint8Array },
): Request {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  if (file) body.set('file', new File([new Uint8Array(file.bytes)], file.name));
  return new Request(PAGE, { method: 'POST', body });
}

function upload(desk: ImportDesk<Ctx>, request: Request) {
  const scopeOf = (form: FormData) => (form.get('library') === SCOPE.library ? SCOPE : null);
  return uploadAction(desk, world.ctx, { request, scopeOf, runPath });
}

async function uploaded(desk: ImportDesk<Ctx>, rows: readonly (readonly string[])[]): Promise<string> {
  const bytes = await anXlsx([{ rows: [['图书编号', '借阅人'], ...rows] }]);
  const answer = await upload(desk, aForm({ library: SCOPE.library }, { name: '借阅.xlsx', bytes }));
  if ('data' in answer) throw new Error(answer.data.error);
  expect(answer.status).toBe(302);
  return (answer.headers.get('Location') ?? '').split('/').at(-1) ?? '';
}

const act = (desk: ImportDesk<Ctx>, runId: string, fields: Readonly<Record<string, string>>) =>
  runAction(desk, world.ctx, { request: aForm(fields), runId, runPath, indexPath: '/imports' });

const dataOf = (desk: ImportDesk<Ctx>, runId: string, search = '') =>
  importRunData(desk, world.ctx, runId, new Request(`http://localhost/imports/${runId}${search}`));

describe('the pages of an import', () => {
  it('lead from upload through report and confirmation to the result', async () => {
    const desk = aDesk();
    const runId = await uploaded(desk, [
      ['P1', '张三'],
      ['P2', ''],
    ]);
    await checkOrFail(world.ctx, work, runId);
    const { run, kind } = await dataOf(desk, runId, '?f.verdict=refused&page=7');
    expect(kind).toMatchObject({ title: '借阅登记', rowWord: '条' });
    expect(run).toMatchObject({ state: 'checked', issuesShown: 1, issues: [{ cell: 'B3' }] });
    const stale = await act(desk, runId, { intent: 'confirm', mode: 'good_rows', expectedVersion: '1' });
    expect(stale).toMatchObject({
      init: { status: 409 },
      data: { error: expect.stringContaining('刚刚有变化') },
    });
    const version = String(run.version);
    const done = await act(desk, runId, { intent: 'confirm', mode: 'good_rows', expectedVersion: version });
    expect(done).toMatchObject({ status: 302 });
    await applyOrFail(world.ctx, work, runId);
    expect((await dataOf(desk, runId)).run.state).toBe('applied');
    const { runs } = await importIndexData(desk, world.ctx, { ...SCOPE, day: 'another' });
    expect(runs[0]).toMatchObject({ id: runId, state: 'applied', counts: { new: 1, refused: 1 } });
  });

  it('take a mapping from the form’s selects and keep what is wrong with it', async () => {
    const desk = aDesk();
    const runId = await uploaded(desk, [['P3', '张三']]);
    await checkOrFail(world.ctx, work, runId);
    const { run } = await dataOf(desk, runId);
    const [code, borrower] = run.layout?.columns.map(({ key }) => `column.${key}`) ?? [];
    const form = { intent: 'map', expectedVersion: String(run.version) };
    const wrong = await act(desk, runId, { ...form, [code ?? '']: 'code', [borrower ?? '']: '' });
    expect(wrong).toMatchObject({
      init: { status: 422 },
      data: { error: '没有哪一列对应「借阅人」，这是必填项' },
    });
    const right = await act(desk, runId, { ...form, [code ?? '']: 'code', [borrower ?? '']: 'borrower' });
    expect(right).toMatchObject({ status: 302 });
  });

  it('give the marked file as a download that nobody caches', async () => {
    const desk = aDesk();
    const runId = await uploaded(desk, [['P4', '']]);
    await checkOrFail(world.ctx, work, runId);
    const response = await annotatedFileResponse(desk, world.ctx, runId);
    expect(response.headers.get('Cache-Control')).toBe('private, no-store');
    expect(decodeURIComponent(response.headers.get('Content-Disposition') ?? '')).toContain(
      '借阅（错误说明）.xlsx',
    );
  });

  it('refuse a missing file, an oversized one and a malformed form, each in its own way', async () => {
    const desk = aDesk();
    const none = await upload(desk, aForm({ library: SCOPE.library }));
    expect(none).toMatchObject({ init: { status: 422 }, data: { error: '请先选择要导入的文件。' } });
    const bytes = new Uint8Array(MAX_FILE_BYTES + 1_000_000);
    const large = await upload(desk, aForm({ library: SCOPE.library }, { name: 'a.xlsx', bytes }));
    expect(large).toMatchObject({ data: { error: expect.stringContaining('超过了大小上限') } });
    const small = { name: 'a.csv', bytes: new TextEncoder().encode('a,b') };
    await expect(upload(desk, aForm({ library: 'elsewhere' }, small))).rejects.toMatchObject({ status: 400 });
    await expect(act(desk, 'x', { intent: 'unknown' })).rejects.toMatchObject({ status: 400 });
  });

  it('are closed to who may not import there', async () => {
    const runId = await uploaded(aDesk(), [['P5', '张三']]);
    const stranger = aDesk(false);
    await expect(importIndexData(stranger, world.ctx, SCOPE)).rejects.toMatchObject({ status: 403 });
    await expect(dataOf(stranger, runId)).rejects.toMatchObject({ status: 404 });
    await expect(annotatedFileResponse(stranger, world.ctx, runId)).rejects.toMatchObject({ status: 404 });
    const withdraw = await act(stranger, runId, { intent: 'withdraw', expectedVersion: '1' });
    expect(withdraw).toMatchObject({ init: { status: 404 } });
  });
});
