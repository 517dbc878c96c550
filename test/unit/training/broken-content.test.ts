import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkContent } from '#app/training/course/check-content.server.ts';
import { readContent } from '#app/training/course/read-content.server.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'zhifa-content-'));
  await mkdir(path.join(root, 'questions'));
  await put('laws.yaml', LAWS);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const LAWS = `- name: 行政处罚法
  officialTitle: 中华人民共和国行政处罚法
  aliases: []
  kind: law
  articles: 86
  versions:
    - version: 2021-01-22
`;

const COURSE = `code: T1
title: 课程
summary: 摘要
category: public_law
axes: { level: county, audience: enforcement, subject: 行政处罚 }
trainingKind: in_service
actKinds: []
targets: { fields: [], levels: [], unitTypes: [], roles: [] }
prerequisites: []
required: null
statedHours: null
`;

const lesson = (over: { minutes?: number; article?: number; body?: string } = {}): string => `---
title: 课
nominalMinutes: ${over.minutes ?? 1}
citations:
  - { law: 行政处罚法, article: ${over.article ?? 42}, version: 2021-01-22 }
checks:
  - id: c1
    type: true_false
    stem: 题
    answer: [T]
    explanation: 说明
    citation: { law: 行政处罚法, article: ${over.article ?? 42}, version: 2021-01-22 }
---

${over.body ?? '正文'}

<Check id="c1" />
`;

async function put(file: string, text: string): Promise<void> {
  const target = path.join(root, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text);
}

const read = () => readContent({ contentDir: root, cacheDir: path.join(root, '.cache') });

describe('broken content', () => {
  it('a broken lesson is named, the others still load', async () => {
    await put('courses/a/course.yaml', COURSE);
    await put('courses/a/01-good.mdx', lesson());
    await put('courses/a/02-bad.mdx', lesson({ body: '{process.env}' }));
    await put('courses/b/course.yaml', COURSE.replace('T1', 'T2'));
    await put('courses/b/01-good.mdx', lesson());
    const content = await read();
    expect(
      content.courses.map((course) => [course.slug, course.lessons.length, course.broken.length]),
    ).toEqual([
      ['a', 1, 1],
      ['b', 1, 0],
    ]);
    expect(content.faults).toEqual([
      { file: 'courses/a/02-bad.mdx', text: '第 15 行：不得使用花括号表达式' },
    ]);
  });

  it.each([
    ['no course.yaml', null, '缺少 course.yaml'],
    ['YAML that is none', 'code: [', 'YAML 有误'],
    ['a wrong category', COURSE.replace('public_law', 'law'), 'category：'],
    ['an unknown key', `${COURSE}hours: 3\n`, 'hours'],
  ])('a course with %s is left out and named', async (_, text, fault) => {
    await put('courses/a/01-good.mdx', lesson());
    if (text !== null) await put('courses/a/course.yaml', text);
    const content = await read();
    expect(content.courses).toEqual([]);
    expect(content.faults[0]).toMatchObject({ file: 'courses/a/course.yaml' });
    expect(content.faults[0]?.text).toContain(fault);
  });

  it('two courses of one code: the second is left out', async () => {
    for (const slug of ['a', 'b']) {
      await put(`courses/${slug}/course.yaml`, COURSE);
      await put(`courses/${slug}/01-good.mdx`, lesson());
    }
    const content = await read();
    expect(content.courses.map((course) => course.slug)).toEqual(['a']);
    expect(content.faults[0]?.text).toContain('T1 重复');
  });

  it.each([
    ['too long a nominal length', { minutes: 3 }, '标称 3 分钟'],
    ['an article the law does not have', { article: 87 }, '只有 86 条'],
    ['a link to a course that is not there', { body: '[甲](/courses/none)' }, '没有对应的课程'],
  ])('content:check names %s', async (_, over, text) => {
    await put('courses/a/course.yaml', COURSE);
    await put('courses/a/01-good.mdx', lesson(over));
    const report = await checkContent(root, await read(), '2026-11-23');
    expect(report.faults.map((fault) => fault.text).join()).toContain(text);
  });

  it('content:check names questions that cite what does not exist, and codes used twice', async () => {
    await put('courses/a/course.yaml', COURSE);
    await put('courses/a/01-good.mdx', lesson());
    const question = (code: string, article: number) =>
      `- { code: ${code}, law: 行政处罚法, article: ${article}, lawVersion: 2021-01-22 }\n`;
    await put('questions/a.yaml', question('CF-1', 86) + question('CF-1', 1) + question('CF-2', 99));
    const report = await checkContent(root, await read(), '2026-11-23');
    expect(report.faults.map((fault) => fault.text)).toEqual([
      '题目编号 CF-1 重复',
      expect.stringContaining('CF-2：'),
    ]);
  });
});
