import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadBank } from '#app/exam/bank/load-bank.server.ts';
import { viewQuestion, viewQuestions } from '#app/exam/bank/questions-view.server.ts';
import { databaseFault } from '#app/platform/db/errors.server.ts';
import { useWorld } from '#test/support/database.ts';
import { ROOT_DIR } from '#test/support/exam.ts';
import { anActor } from '#test/support/world.ts';

const world = useWorld();
let rootDir = '';
beforeAll(async () => {
  rootDir = await mkdtemp(path.join(os.tmpdir(), 'zhifa-bank-'));
  await cp(path.join(ROOT_DIR, 'content', 'laws.yaml'), path.join(rootDir, 'content', 'laws.yaml'));
  await cp(path.join(ROOT_DIR, 'content', 'questions'), path.join(rootDir, 'content', 'questions'), {
    recursive: true,
  });
});
afterAll(() => rm(rootDir, { recursive: true, force: true }));

const load = () => loadBank({ system: world.ctx, rootDir });
const file = (name: string): string => path.join(rootDir, 'content', 'questions', name);
/** Runs `check` while a file reads otherwise. */
async function whileEdited(
  name: string,
  change: (text: string) => string,
  check: () => Promise<void>,
): Promise<void> {
  const before = await readFile(file(name), 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(file(name), after);
  try {
    await check();
  } finally {
    await writeFile(file(name), before);
  }
}
const versionsOf = (code: string) =>
  world.ctx.db.questionVersion.findMany({ where: { question: { code } }, orderBy: { versionNo: 'asc' } });
const question = (code: string) => world.ctx.db.question.findUniqueOrThrow({ where: { code } });

describe('loading the question bank', () => {
  it('takes in every shipped question, by two different groups, and nothing twice', async () => {
    const first = await load();
    expect(first.broken).toEqual([]);
    expect(first.total).toBeGreaterThanOrEqual(160);
    expect(first.added).toBe(first.total);
    expect(await load()).toMatchObject({ added: 0, changed: 0, retired: 0, total: first.total });
    const [version] = await versionsOf('CF-009-01');
    expect(version).toMatchObject({
      versionNo: 1,
      author: '命题组',
      reviewer: '审题组',
      law: '行政处罚法',
      article: 9,
    });
  });

  it('is the same with two processes at once', async () => {
    const reports = await Promise.all([load(), load(), load()]);
    expect(reports.map((report) => report.changed)).toEqual([0, 0, 0]);
    expect(await world.ctx.db.questionVersion.count()).toBe(reports[0]?.total);
  });

  it('makes a further version of a changed question and leaves the old one as it was', async () => {
    await whileEdited(
      'penalty.yaml',
      (text) => text.replace('降低资质等级', '降低资质的等级'),
      async () => {
        expect(await load()).toMatchObject({ changed: 1, added: 0 });
        const [one, two, ...others] = await versionsOf('CF-009-01');
        expect(others).toEqual([]);
        expect(JSON.stringify(one?.options)).toContain('降低资质等级');
        expect(JSON.stringify(two?.options)).toContain('降低资质的等级');
        expect((await question('CF-009-01')).liveVersionNo).toBe(2);
      },
    );
    expect(await load()).toMatchObject({ changed: 0 });
    expect((await question('CF-009-01')).liveVersionNo).toBe(1);
    expect(await versionsOf('CF-009-01')).toHaveLength(2);
  });

  it('names a broken question and keeps its last version, while the others load', async () => {
    await whileEdited(
      'penalty.yaml',
      (text) => text.replace('answer: [B]', 'answer: [X]'),
      async () => {
        const report = await load();
        expect(report.broken).toEqual([
          { file: 'penalty.yaml', where: 'CF-009-01', reason: 'answer：答案不在选项之中' },
        ]);
        expect(await question('CF-009-01')).toMatchObject({ status: 'live', liveVersionNo: 1 });
      },
    );
  });

  it('names a file that is no YAML and retires nothing on its account', async () => {
    await whileEdited(
      'licence.yaml',
      (text) => `${text}\n  : [`,
      async () => {
        const report = await load();
        expect(report.broken).toMatchObject([{ file: 'licence.yaml', where: null }]);
        expect(report.retired).toBe(0);
      },
    );
  });

  it('names a citation of an article that does not exist, and a code used twice', async () => {
    await whileEdited(
      'penalty.yaml',
      (text) =>
        text
          .replace('article: 2\n', 'article: 999\n')
          .replace(/code: CF-009-01([^]*?)code: [A-Z0-9-]+/, 'code: CF-009-01$1code: CF-009-01'),
      async () => {
        expect((await load()).broken.map(({ where, reason }) => [where, reason])).toEqual([
          ['CF-002-01', '行政处罚法：该法没有这一条'],
          ['CF-009-01', '题号重复'],
        ]);
      },
    );
    await load();
  });

  it('retires a shipped question whose entry is gone and takes it up again when it is back', async () => {
    const withoutFirst = (text: string): string =>
      text
        .split(/^(?=- code: )/m)
        .slice(1)
        .join('');
    await whileEdited('discipline.yaml', withoutFirst, async () => {
      expect((await load()).retired).toBe(1);
    });
    const { total } = await load();
    expect(await world.ctx.db.question.count({ where: { status: 'live' } })).toBe(total);
  });

  it('leaves a frozen question frozen', async () => {
    await world.ctx.db.question.update({ where: { code: 'CF-009-01' }, data: { status: 'frozen' } });
    await load();
    expect((await question('CF-009-01')).status).toBe('frozen');
    await world.ctx.db.question.update({ where: { code: 'CF-009-01' }, data: { status: 'live' } });
  });

  it('lets nobody change a version that was written', async () => {
    const update = world.ctx.pool.query(`update question_version set stem = 'other' where version_no = 1`);
    expect(
      await update.then(
        () => null,
        (error: unknown) => databaseFault(error)?.sqlState,
      ),
    ).toBe('ZA001');
  });
});

describe('the question list', () => {
  const query = {
    page: 1,
    size: 20 as const,
    sort: { field: 'article' as const, direction: 'desc' as const },
    q: '',
    filters: {},
    columns: null,
  };
  const editor = () => anActor(world.ctx, { grants: [{ role: 'question_editor', scopeKind: 'platform' }] });

  it('filters, sorts and pages on the server', async () => {
    const ctx = await editor();
    const outcome = await viewQuestions(ctx, {
      ...query,
      filters: { law: '行政许可法', type: 'single', difficulty: 'hard' },
    });
    if (!outcome.ok) throw new Error(outcome.code);
    expect(outcome.value.total).toBeGreaterThan(0);
    expect(outcome.value.rows.every((row) => row.law === '行政许可法' && row.type === 'single')).toBe(true);
    const articles = outcome.value.rows.map((row) => row.article);
    expect([...articles].sort((a, b) => b - a)).toEqual(articles);
    const beyond = await viewQuestions(ctx, { ...query, page: 999 });
    expect(beyond.ok && beyond.value.rows.length).toBeGreaterThan(0);
    const found = await viewQuestions(ctx, { ...query, q: 'cf-009-01' });
    expect(found.ok && found.value.rows.map((row) => row.code)).toEqual(['CF-009-01']);
    const nothing = await viewQuestions(ctx, { ...query, q: '%' });
    expect(nothing.ok && nothing.value.total).toBe(0);
  });

  it('shows one question with its versions, and is closed to everybody else', async () => {
    const ctx = await editor();
    const { id } = await question('CF-009-01');
    const outcome = await viewQuestion(ctx, id);
    expect(outcome.ok && outcome.value.versions.map((version) => version.versionNo)).toEqual([2, 1]);
    expect(outcome.ok && outcome.value.live.versionNo).toBe(1);
    const officer = await anActor(world.ctx, { grants: [{ role: 'officer', scopeKind: 'self' }] });
    expect(await viewQuestion(officer, id)).toEqual({ ok: false, code: 'FORBIDDEN' });
    expect(await viewQuestions(officer, query)).toEqual({ ok: false, code: 'FORBIDDEN' });
  });
});
