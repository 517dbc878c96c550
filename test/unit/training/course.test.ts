import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkContent } from '#app/training/course/check-content.server.ts';
import type { CompileOutcome } from '#app/training/course/compile-lesson.server.ts';
import { compileLesson } from '#app/training/course/compile-lesson.server.ts';
import type { Content } from '#app/training/course/content.ts';
import { courseFileSchema, lessonFileSchema } from '#app/training/course/course.schema.ts';
import { isHonestLength, justifiedMinutes } from '#app/training/course/honest-length.ts';
import { articleText, chineseNumber, citationFault } from '#app/training/course/laws.ts';
import { countHan, splitLessonSource } from '#app/training/course/lesson-source.ts';
import { placementFaults } from '#app/training/course/lesson-guard.ts';
import { readContent } from '#app/training/course/read-content.server.ts';
import { renderLesson } from '#app/training/course/render-lesson.server.ts';

const CONTENT = path.resolve('content');
/** The courses of the content plan (domain.md §10.1). */
const PLANNED = Array.from({ length: 15 }, (_, index) => `C${index + 1}`);
let cacheDir = '';
beforeAll(async () => {
  cacheDir = await mkdtemp(path.join(os.tmpdir(), 'zhifa-lessons-'));
});
afterAll(() => rm(cacheDir, { recursive: true, force: true }));

const compile = (body: string): Promise<CompileOutcome> => compileLesson({ body, firstLine: 3, cacheDir });
async function faultsOf(body: string): Promise<readonly string[]> {
  const outcome = await compile(body);
  return outcome.ok ? [] : outcome.faults;
}

describe('a lesson may hold only what is registered', () => {
  it.each([
    ['an import', '\nimport fs from "node:fs"\n', '不得使用 import 或 export'],
    ['an export', '\nexport const a = 1\n', '不得使用 import 或 export'],
    ['an expression', '\n{process.version}\n', '不得使用花括号表达式'],
    ['an expression in text', '\n文字 {1 + 1} 文字\n', '不得使用花括号表达式'],
    ['an unknown component', '\n<Script />\n', '未登记的组件 <Script>'],
    ['an HTML element', '\n文字 <b>粗</b>\n', '未登记的组件 <b>'],
    ['an inherited name', '\n<constructor />\n', '未登记的组件 <constructor>'],
    [
      'an attribute that is code',
      '\n<Case title={process.version}>\n\n文字\n\n</Case>\n',
      '的属性只能是引号中的文字',
    ],
    ['spread attributes', '\n<Case {...globalThis}>\n\n文字\n\n</Case>\n', '的属性只能是引号中的文字'],
    ['an unknown attribute', '\n<Case title="甲" onClick="x">\n\n文字\n\n</Case>\n', '没有属性 onClick'],
    ['a missing attribute', '\n<Case>\n\n文字\n\n</Case>\n', '<Case> 缺少属性 title'],
    ['a wrong kind', '\n<Callout kind="loud">\n\n文字\n\n</Callout>\n', 'kind 须为'],
    ['a first-level heading', '\n# 标题\n', '标题从二级（##）开始'],
    ['an image', '\n![图](/a.png)\n', '尚不支持图片'],
    ['a script link', '\n[x](javascript:alert(1))\n', '须为 https 地址或本站课程路径'],
    ['a plain http link', '\n[x](http://example.com)\n', '须为 https 地址或本站课程路径'],
    ['a check inside a case', '\n<Case title="甲">\n\n<Check id="c1" />\n\n</Case>\n', '须单独成段'],
    ['a timeline item alone', '\n<TimelineItem when="一">二</TimelineItem>\n', '只能放在 <Timeline> 之中'],
  ])('%s is refused, with its line', async (_, body, text) => {
    const faults = await faultsOf(body);
    expect(faults.join('\n')).toContain(text);
    expect(faults[0]).toMatch(/^第 \d+ 行：/);
  });

  it('an unclosed component is named with its place', async () => {
    expect((await faultsOf('\n<Case title="甲">\n\n文字\n')).join()).toContain(
      'closing tag for `<Case>` (5:1',
    );
  });

  it('a refused lesson leaves nothing in the cache, a good one is taken from it', async () => {
    const body = '\n## 标题\n\n正文\n';
    const first = await compile(body);
    const second = await compile(body);
    expect(first).toMatchObject({ ok: true, isFromCache: false });
    expect(second).toMatchObject({ ok: true, isFromCache: true });
    await faultsOf('\n{1}\n');
    expect(await compile('\n{1}\n')).toMatchObject({ ok: false });
  });
});

describe('a lesson as HTML', () => {
  it('is cut at its questions, which hold nothing but their id', async () => {
    const outcome = await compile('\n## 甲\n\n<Check id="c1" />\n\n乙\n\n<Check id="c2" />\n');
    const segments = outcome.ok ? renderLesson(outcome.lesson.code) : [];
    expect(segments.map((segment) => (segment.kind === 'check' ? segment.id : segment.kind))).toEqual([
      'html',
      'c1',
      'html',
      'c2',
    ]);
  });

  it('escapes what is text', async () => {
    const outcome = await compile('\n<Case title="a &lt;script&gt; b">\n\n甲 &lt;img&gt;\n\n</Case>\n');
    const [segment] = outcome.ok ? renderLesson(outcome.lesson.code) : [];
    const html = segment?.kind === 'html' ? segment.html : '';
    expect(html).toContain('甲 &lt;img&gt;');
    expect(html).not.toContain('<script');
  });

  it('a statute names law, article in Chinese and version', async () => {
    const outcome = await compile(
      '\n<Statute law="行政处罚法" article="42" version="2021-01-22">\n\n条文。\n\n</Statute>\n',
    );
    const [segment] = outcome.ok ? renderLesson(outcome.lesson.code) : [];
    const html = segment?.kind === 'html' ? segment.html : '';
    expect(html).toContain('《行政处罚法》第四十二条');
    expect(html).toContain('2021年1月22日文本');
  });
});

describe('questions and statutes of a lesson', () => {
  const citation = { law: '行政处罚法', article: 42, version: '2021-01-22' };
  const checks = [{ id: 'c1', citation }];
  it.each([
    [['c1'], checks, [citation], 0],
    [[], checks, [citation], 1],
    [['c1', 'c1'], checks, [citation], 1],
    [['c1', 'c2'], checks, [citation], 1],
    [['c1'], checks, [], 1],
  ])('placed %j of %j cited %j: %i faults', (checkIds, declared, citations, count) => {
    expect(placementFaults({ checkIds, statutes: [] }, { checks: declared, citations })).toHaveLength(count);
  });

  it('a statute box that is not among the citations is a fault', () => {
    const statutes = [{ ...citation, article: 43 }];
    const faults = placementFaults({ checkIds: ['c1'], statutes }, { checks, citations: [citation] });
    expect(faults.join()).toContain('第 43 条');
  });
});

describe('front matter', () => {
  const check = {
    id: 'c1',
    type: 'single',
    stem: '题干',
    options: { A: '甲', B: '乙' },
    answer: ['A'],
    explanation: '说明',
    citation: { law: '行政处罚法', article: 1, version: '2021-01-22' },
  };
  const lesson = { title: '课', nominalMinutes: 3, citations: [], checks: [check] };
  it.each([
    ['as it should be', lesson, true],
    ['unknown key', { ...lesson, author: '某' }, false],
    ['no minutes', { ...lesson, nominalMinutes: 0 }, false],
    ['half a minute', { ...lesson, nominalMinutes: 1.5 }, false],
    ['no question', { ...lesson, checks: [] }, false],
    ['two questions of one id', { ...lesson, checks: [check, check] }, false],
    ['an answer that is no option', { ...lesson, checks: [{ ...check, answer: ['C'] }] }, false],
    ['a single choice with two answers', { ...lesson, checks: [{ ...check, answer: ['A', 'B'] }] }, false],
    ['a multiple choice with one', { ...lesson, checks: [{ ...check, type: 'multiple' }] }, false],
    [
      'a true/false with options',
      { ...lesson, checks: [{ ...check, type: 'true_false', answer: ['T'] }] },
      false,
    ],
    [
      'a day that does not exist',
      { ...lesson, citations: [{ ...check.citation, version: '2023-02-30' }] },
      false,
    ],
  ])('%s', (_, value, ok) => {
    expect(lessonFileSchema.safeParse(value).success).toBe(ok);
  });

  const targets = { fields: [], levels: [], unitTypes: [], roles: [] };
  const course = {
    code: 'C2',
    title: '课程',
    summary: '摘要',
    category: 'public_law',
    axes: { level: 'county', audience: 'enforcement', subject: '行政处罚' },
    trainingKind: 'in_service',
    actKinds: [],
    targets,
    prerequisites: [],
    required: null,
    statedHours: null,
  };
  it.each([
    ['as it should be', {}, true],
    ['ZY3: without its three axes', { axes: { level: 'county' } }, false],
    ['an unknown category', { category: 'law' }, false],
    ['targets of a level that does not exist', { targets: { ...targets, levels: ['district'] } }, false],
    ['targets of a unit type that does not exist', { targets: { ...targets, unitTypes: ['town'] } }, false],
    ['targets of a role that does not exist', { targets: { ...targets, roles: ['police'] } }, false],
    [
      'targets',
      { targets: { fields: ['ECO'], levels: ['city'], unitTypes: ['team'], roles: ['officer'] } },
      true,
    ],
    ['stated hours', { statedHours: 2.5 }, true],
    ['stated hours of nothing', { statedHours: 0 }, false],
    ['stated hours too fine', { statedHours: '1.005' }, false],
    [
      'a requirement that ends before it begins',
      { required: { from: '2026-02-01', to: '2026-01-01', basis: '文' } },
      false,
    ],
  ])('course.yaml %s', (_, over, ok) => {
    expect(courseFileSchema.safeParse({ ...course, ...over }).success).toBe(ok);
  });

  it.each(['induction', 'promotion', 'in_service', 'special_task'])(
    'ZY7: a course says which kind of training it is: %s',
    (trainingKind) => {
      expect(courseFileSchema.safeParse({ ...course, trainingKind }).success).toBe(true);
      expect(courseFileSchema.safeParse({ ...course, trainingKind: `${trainingKind}s` }).success).toBe(false);
    },
  );

  it.each(['public_law', 'specialised_law', 'business', 'skill'])(
    'YC4: a course belongs to one category of the ledger: %s',
    (category) => {
      expect(courseFileSchema.safeParse({ ...course, category }).success).toBe(true);
    },
  );

  it('AJ9: a course names the kinds of acts it is about, out of 许可、处罚、强制、检查', () => {
    const kinds = ['licence', 'penalty', 'coercion', 'inspection'];
    expect(courseFileSchema.safeParse({ ...course, actKinds: kinds }).success).toBe(true);
    expect(courseFileSchema.safeParse({ ...course, actKinds: ['fine'] }).success).toBe(false);
  });

  it('is told apart from the body', () => {
    expect(splitLessonSource('---\ntitle: 课\n---\n正文\n')).toEqual({
      frontMatter: 'title: 课',
      body: '正文\n',
    });
    expect(splitLessonSource('\uFEFF---\r\na: 1\r\n---\r\nb')).toEqual({ frontMatter: 'a: 1', body: 'b' });
    expect(splitLessonSource('正文')).toBeNull();
    expect(splitLessonSource('---js\nprocess.exit()\n---\n')).toBeNull();
  });
});

describe('honest length', () => {
  it('counts Chinese characters only', () => {
    expect(countHan('行政处罚法 第42条，article。')).toBe(7);
  });

  it('a declared video lengthens what a lesson may state, without any file being there', () => {
    const lesson = { characters: 600, checks: 1, nominalMinutes: 18 };
    expect(isHonestLength({ ...lesson, mediaMinutes: 0 })).toBe(false);
    expect(isHonestLength({ ...lesson, mediaMinutes: 15 })).toBe(true);
  });

  const length = { characters: 3000, checks: 5, mediaMinutes: 0 };
  it('is 300 characters a minute, a minute a question, and media', () => {
    expect(justifiedMinutes(length)).toBe(15);
    expect(justifiedMinutes({ ...length, mediaMinutes: 4 })).toBe(19);
  });

  it.each([
    [10, false],
    [11, true],
    [22, true],
    [23, false],
  ])('%i minutes for 15: %s', (nominalMinutes, honest) => {
    expect(isHonestLength({ ...length, nominalMinutes })).toBe(honest);
  });
});

describe('citations', () => {
  const catalogue = [
    {
      name: '行政处罚法',
      officialTitle: '中华人民共和国行政处罚法',
      aliases: [],
      kind: 'law',
      articles: 86,
      versions: [{ version: '2021-01-22', inForce: '2021-07-15' }],
    },
  ];
  const cite = (article: number, version = '2021-01-22', law = '行政处罚法', today = '2026-11-23') =>
    citationFault(catalogue, { law, article, version }, today);
  it('name a law of the catalogue, one of its versions and an article it has', () => {
    expect(cite(86)).toBeNull();
    expect(cite(87)).toContain('只有 86 条');
    expect(cite(1, '1996-03-17')).toContain('没有 1996-03-17 版本');
    expect(cite(1, '2021-01-22', '行政许可')).toContain('目录中没有');
    expect(cite(1, '2021-01-22', '行政处罚法', '2021-07-14')).toContain('尚未施行');
  });

  it.each([
    [1, '一'],
    [10, '十'],
    [11, '十一'],
    [20, '二十'],
    [42, '四十二'],
    [100, '一百'],
    [101, '一百零一'],
    [110, '一百一十'],
    [143, '一百四十三'],
    [205, '二百零五'],
  ])('article %i is 第%s条', (article, words) => {
    expect(chineseNumber(article)).toBe(words);
    expect(articleText(article)).toBe(`第${words}条`);
  });
});

describe('the content of this repository', () => {
  let content: Content;
  beforeAll(async () => {
    content = await readContent({ contentDir: CONTENT, cacheDir });
  }, 120_000);

  it('compiles without a fault, keeps the honest length and cites what exists', async () => {
    const report = await checkContent(CONTENT, content, '2026-11-23');
    expect(report.faults).toEqual([]);
    expect(report.questions).toBeGreaterThanOrEqual(160);
  });

  it('holds the fifteen courses of the plan, three to six lessons each, each with a case, a statute and 3–5 questions', () => {
    const planned = content.courses.filter((course) => PLANNED.includes(course.code));
    expect(planned.map((course) => course.code).sort()).toEqual([...PLANNED].sort());
    for (const course of planned) {
      expect(course.lessons.length, course.slug).toBeGreaterThanOrEqual(3);
      expect(course.lessons.length, course.slug).toBeLessThanOrEqual(6);
      for (const lesson of course.lessons) {
        const html = lesson.segments.flatMap((part) => (part.kind === 'html' ? [part.html] : [])).join('');
        expect(lesson.checks.length, lesson.slug).toBeGreaterThanOrEqual(3);
        expect(lesson.checks.length, lesson.slug).toBeLessThanOrEqual(5);
        expect(html, `${lesson.slug} has no case`).toContain('aria-label="案例：');
        expect(html, `${lesson.slug} has no statute box`).toContain('<blockquote');
      }
    }
    const lessons = planned.flatMap((course) => course.lessons);
    expect(lessons.length).toBeGreaterThanOrEqual(60);
    expect(lessons.reduce((sum, lesson) => sum + lesson.characters, 0)).toBeGreaterThanOrEqual(120_000);
  });

  it('no key of a question stands in the HTML of a lesson', () => {
    for (const course of content.courses)
      for (const lesson of course.lessons)
        for (const segment of lesson.segments)
          for (const check of lesson.checks)
            if (segment.kind === 'html') expect(segment.html).not.toContain(check.explanation);
  });
});
