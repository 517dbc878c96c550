import { describe, expect, it } from 'vitest';
import { isFiltered, matchesFilter, parseCourseFilter } from '#app/training/course/course-filter.ts';
import { checkContent } from '#app/training/course/check-content.server.ts';
import { fewAtATime } from '#app/training/course/few-at-a-time.ts';
import { headingsOf, sectionsOf, withHeadingIds } from '#app/training/course/lesson-outline.ts';
import { openPrerequisites } from '#app/training/course/prerequisite.ts';
import type { ResumeCourse } from '#app/training/course/resume.ts';
import { whereToGoOn } from '#app/training/course/resume.ts';
import { courseStanding } from '#app/training/course/standing.ts';
import type { VersionFacts } from '#app/training/course/version-change.ts';
import { changesBetween } from '#app/training/course/version-change.ts';
import { aCourse } from '#test/support/course.ts';

describe('继续学习: where to go on', () => {
  const lesson = (slug: string, isComplete = false) => ({ slug, title: `课 ${slug}`, isComplete });
  const course = (slug: string, over: Partial<ResumeCourse> = {}): ResumeCourse => ({
    slug,
    title: `课程 ${slug}`,
    standing: 'begun',
    lessons: [lesson('one'), lesson('two'), lesson('three')],
    ...over,
  });
  const at = (courseSlug: string, lessonSlug: string) => ({ courseSlug, lessonSlug });

  it('is the lesson last studied, with its number', () => {
    const found = whereToGoOn([course('a'), course('b')], [at('b', 'two'), at('a', 'one')]);
    expect(found).toMatchObject({ kind: 'resume', courseSlug: 'b', lessonSlug: 'two', number: 2 });
  });

  it('is the next open lesson when the last one is done, from the beginning again after the end', () => {
    const lessons = [lesson('one'), lesson('two', true), lesson('three', true)];
    expect(whereToGoOn([course('a', { lessons })], [at('a', 'two')])).toMatchObject({ lessonSlug: 'one' });
    const open = [lesson('one', true), lesson('two', true), lesson('three')];
    expect(whereToGoOn([course('a', { lessons: open })], [at('a', 'two')])).toMatchObject({ number: 3 });
  });

  it('passes over courses that are complete or gone, and lessons that are gone', () => {
    const courses = [course('done', { standing: 'complete' }), course('a')];
    const found = whereToGoOn(courses, [at('gone', 'x'), at('done', 'one'), at('a', 'renamed')]);
    expect(found).toMatchObject({ courseSlug: 'a', number: 1 });
  });

  it('begins with the first course offered when nothing is under way, and ends when all is done', () => {
    expect(whereToGoOn([course('a', { standing: 'new' })], [])).toMatchObject({ kind: 'start', number: 1 });
    expect(whereToGoOn([course('a', { standing: 'complete' })], [at('a', 'one')])).toBeNull();
    expect(whereToGoOn([], [])).toBeNull();
  });
});

describe('the standing of a course', () => {
  const lessons = (isBegun: boolean) => [{ isBegun }];
  it.each([
    ['never opened', { completedYears: [], requiredInYear: null, lessons: lessons(false) }, 'new'],
    ['under way', { completedYears: [], requiredInYear: null, lessons: lessons(true) }, 'begun'],
    ['completed once', { completedYears: [2024], requiredInYear: null, lessons: lessons(true) }, 'complete'],
    [
      'required and done this year',
      { completedYears: [2026], requiredInYear: 2026, lessons: lessons(true) },
      'complete',
    ],
    [
      'required, done in another year',
      { completedYears: [2025], requiredInYear: 2026, lessons: lessons(false) },
      'new',
    ],
    [
      'case 15: completed in an old version',
      { completedYears: [2025], requiredInYear: null, lessons: lessons(false) },
      'complete',
    ],
  ] as const)('%s', (_, facts, standing) => {
    expect(courseStanding(facts)).toBe(standing);
  });
});

describe('prerequisites', () => {
  const courses = [
    { slug: 'first', title: '第一门', broken: [] },
    { slug: 'broken', title: '坏了的', broken: ['01-x.mdx'] },
    { slug: 'second', title: '第二门', broken: [] },
  ];
  it.each([
    ['none named', [], [], []],
    ['not completed', ['first', 'second'], [], ['first', 'second']],
    ['one completed', ['first', 'second'], ['first'], ['second']],
    ['all completed', ['first', 'second'], ['first', 'second'], []],
    ['one that cannot be completed holds nobody up', ['broken'], [], []],
    ['one that is not served holds nobody up', ['gone'], [], []],
  ])('%s', (_, prerequisites, completed, open) => {
    const found = openPrerequisites({ prerequisites }, courses, new Set(completed));
    expect(found.map((one) => one.slug)).toEqual(open);
  });
});

describe('what changed between two versions of a course', () => {
  const citation = (law: string, version: string) => ({ law, article: 1, version });
  const version = (over: Partial<VersionFacts> = {}): VersionFacts => ({
    statedHundredths: null,
    lessons: [
      { slug: 'one', title: '甲', contentHash: 'h1', citations: [citation('行政处罚法', '2017-09-01')] },
      { slug: 'two', title: '乙', contentHash: 'h2', citations: [] },
    ],
    ...over,
  });

  it('nothing a learner sees', () => {
    expect(changesBetween(version(), version())).toEqual([]);
  });

  it('an amended law stands first, then lessons changed, added and removed', () => {
    const now = version({
      statedHundredths: 200,
      lessons: [
        { slug: 'one', title: '甲', contentHash: 'h9', citations: [citation('行政处罚法', '2021-01-22')] },
        { slug: 'three', title: '丙', contentHash: 'h3', citations: [citation('行政强制法', '2011-06-30')] },
      ],
    });
    expect(changesBetween(version(), now)).toEqual([
      { kind: 'law_amended', law: '行政处罚法', from: '2017-09-01', to: '2021-01-22' },
      { kind: 'stated_hours' },
      { kind: 'lesson_changed', title: '甲' },
      { kind: 'lesson_added', title: '丙' },
      { kind: 'lesson_removed', title: '乙' },
    ]);
  });
});

describe('the filter of the courses page', () => {
  const course = {
    category: 'public_law',
    axes: { level: 'county', audience: 'enforcement', subject: '行政处罚' },
    actKinds: ['penalty', 'coercion'],
  } as const;
  const matches = (search: string) =>
    matchesFilter(
      { ...course, actKinds: [...course.actKinds] },
      'begun',
      parseCourseFilter(new URLSearchParams(search)),
    );

  it.each([
    ['', true],
    ['category=public_law', true],
    ['category=skill', false],
    ['level=county&audience=enforcement&subject=行政处罚', true],
    ['level=city', false],
    ['audience=supervision', false],
    ['subject=行政许可', false],
    ['act=coercion', true],
    ['act=licence', false],
    ['state=begun', true],
    ['state=new', false],
    ['category=unknown&state=unknown', true],
  ])('ZY3 AJ9: ?%s', (search, isShown) => {
    expect(matches(search)).toBe(isShown);
  });

  it('knows whether anything is chosen', () => {
    expect(isFiltered(parseCourseFilter(new URLSearchParams('category=nonsense')))).toBe(false);
    expect(isFiltered(parseCourseFilter(new URLSearchParams('act=penalty')))).toBe(true);
  });
});

describe('the outline of a lesson', () => {
  const html = withHeadingIds(
    '<p>开头</p><h2 class="x">一、<strong>甲</strong></h2><p>甲文 &amp; 更多</p><h3 class="y">细节</h3><p>细文</p>',
  );
  const segments = [
    { kind: 'html', html },
    { kind: 'check', id: 'c1' },
    { kind: 'html', html: '<p>末尾</p>' },
  ] as const;

  it('has its headings in order, each with its anchor', () => {
    expect(headingsOf(segments)).toEqual([
      { id: 's1', level: 2, text: '一、甲' },
      { id: 's2', level: 3, text: '细节' },
    ]);
  });

  it('is cut at its headings; what stands before the first has none', () => {
    expect(sectionsOf(segments).map(({ heading, text }) => [heading?.id ?? null, text])).toEqual([
      [null, '开头'],
      ['s1', '甲文 & 更多'],
      ['s2', '细文 末尾'],
    ]);
  });
});

describe('courses that come first', () => {
  it('content:check refuses courses that wait for each other, and prerequisites that do not exist', async () => {
    const courses = [
      aCourse('one', { code: 'A1', prerequisites: ['two'] }),
      aCourse('two', { code: 'A2', prerequisites: ['one', 'gone'] }),
      aCourse('three', { code: 'A3', prerequisites: ['one'] }),
    ];
    const { faults } = await checkContent('content', { courses, faults: [] }, '2026-11-23');
    const about = faults.filter((fault) => fault.file.endsWith('course.yaml'));
    expect(about.map((fault) => `${fault.file.split('/')[1]} ${fault.text}`)).toEqual([
      'one 先修课程互为先修，无法学完',
      'two 先修课程 gone 不存在',
      'two 先修课程互为先修，无法学完',
    ]);
  });
});

describe('a few at a time', () => {
  it('never has more at work than allowed, and answers in the order of the items', async () => {
    let working = 0;
    let most = 0;
    const done = await fewAtATime([1, 2, 3, 4, 5], 2, async (item) => {
      working += 1;
      most = Math.max(most, working);
      await Promise.resolve();
      working -= 1;
      return item * 10;
    });
    expect(done).toEqual([10, 20, 30, 40, 50]);
    expect(most).toBe(2);
  });

  it('fails as a whole with the first failure, once the rest has come to rest', async () => {
    const seen: number[] = [];
    const work = fewAtATime([1, 2, 3], 2, (item) => {
      seen.push(item);
      return item === 1 ? Promise.reject(new Error('one')) : Promise.resolve(item);
    });
    await expect(work).rejects.toThrow('one');
    expect(seen).toEqual([1, 2, 3]);
  });
});
