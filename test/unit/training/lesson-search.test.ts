import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArticleNumber, articleText } from '#app/training/course/laws.ts';
import { fold } from '#app/training/course/search/fold.ts';
import { buildLessonIndex } from '#app/training/course/search/lesson-index.ts';
import { parseLessonQuery } from '#app/training/course/search/lesson-query.ts';
import { lessonSearchHref, parseLessonSearch } from '#app/training/course/search/lesson-search-query.ts';
import { searchLessons } from '#app/training/course/search/search-lessons.ts';
import { snippetOf } from '#app/training/course/search/snippet.ts';
import { aCheck, aCourse, aLesson } from '#test/support/course.ts';

const LAWS = [
  { name: '行政处罚法', officialTitle: '中华人民共和国行政处罚法', aliases: ['处罚法'] },
  { name: '行政复议法', officialTitle: '中华人民共和国行政复议法', aliases: ['复议法'] },
];

describe('an article by its number', () => {
  it.each([
    ['33', 33],
    ['三十三', 33],
    ['十', 10],
    ['十五', 15],
    ['二十', 20],
    ['一百', 100],
    ['一百零五', 105],
    ['一百一十', 110],
    ['二百〇五', 205],
    ['', null],
    ['0', null],
    ['零', null],
    ['三三', null],
    ['十百', null],
    ['条', null],
  ])('%s → %s', (text, number) => {
    expect(parseArticleNumber(text)).toBe(number);
  });

  it('reads back every article it writes', () => {
    for (let article = 1; article <= 999; article += 1)
      expect(parseArticleNumber(articleText(article).slice(1, -1))).toBe(article);
  });
});

describe('what somebody typed', () => {
  const parsed = (typed: string) => parseLessonQuery(typed, LAWS);
  const penalty33 = { statutes: [{ law: '行政处罚法', article: 33 }], terms: [] };
  it.each([
    '处罚法33',
    '处罚法33条',
    '行政处罚法第33条',
    '行政处罚法 第三十三条',
    '《行政处罚法》第三十三条',
    '中华人民共和国行政处罚法第三十三条',
    '行政处罚法三十三条',
    '行政处罚法３３条',
  ])('%s is article 33 of the law', (typed) => {
    expect(parsed(typed)).toEqual(penalty33);
  });

  it('a number of days behind a law is no article', () => {
    expect(parsed('处罚法三十日')).toEqual({ statutes: [], terms: [['处罚法三十日']] });
  });

  it('an article alone is looked for in both spellings, a statute beside words together with them', () => {
    expect(parsed('第33条')).toEqual({ statutes: [], terms: [['第三十三条', '第33条']] });
    expect(parsed('复议法20 期限')).toEqual({
      statutes: [{ law: '行政复议法', article: 20 }],
      terms: [['期限']],
    });
  });

  it('signs alone are no question; words are counted once and cut off after six', () => {
    expect(parsed(' ，。 ')).toBeNull();
    expect(parsed('听证 听证，期限')?.terms).toEqual([['听证'], ['期限']]);
    expect(parsed('一 二 三 四 五 六 七 八')?.terms).toHaveLength(6);
  });
});

const html = (text: string) => ({ kind: 'html' as const, html: text });
const COURSES = [
  aCourse('penalty', {
    title: '行政处罚法精讲',
    lessons: [
      aLesson('discretion', {
        title: '罚不罚',
        citations: [{ law: '行政处罚法', article: 33, version: '2021-01-22' }],
        checks: [aCheck('c1', { stem: '初次违法怎样处理？', explanation: '秘密的解析' })],
        segments: [
          html(
            '<h2 id="s1" class="a">一、不予处罚</h2><figure>《行政处罚法》第三十三条</figure><p>初次违法且危害后果轻微并及时改正的，可以不予行政处罚。</p>',
          ),
          html('<h2 id="s2" class="a">二、听证</h2><p>符合第三十三条的不必听证。</p>'),
        ],
      }),
      aLesson('hearing', {
        title: '听证怎么开',
        segments: [html('<p>听证由非本案调查人员主持。当事人不承担费用。</p>')],
      }),
    ],
  }),
  aCourse('other', {
    title: '其他',
    lessons: [aLesson('mention', { segments: [html('<p>听证只提一次。罚款可以当场收缴。</p>')] })],
  }),
].map((course) => ({
  ...course,
  courseVersionId: '',
  lessons: course.lessons.map((lesson) => ({ ...lesson, lessonVersionId: '' })),
}));
const INDEX = buildLessonIndex(COURSES);

function find(typed: string) {
  const query = parseLessonQuery(typed, LAWS);
  return query === null ? [] : searchLessons(INDEX, query);
}

describe('search across lessons', () => {
  it('a title that holds the word comes before a text that does', () => {
    expect(find('听证').map((hit) => hit.lesson.slug)).toEqual(['hearing', 'discretion', 'mention']);
  });

  it('a statute leads to its box first, then to where it is spoken of', () => {
    const [best] = find('处罚法33');
    expect(best?.sections.map((section) => section.anchor)).toEqual(['s1', 's2']);
    expect(best?.sections[0]?.snippet.find((part) => part.isHit)?.text).toBe('《行政处罚法》第三十三条');
    expect(find('处罚法42')).toEqual([]);
  });

  it('words of a longer phrase are enough, marked where they stand; unknown words are not', () => {
    const [hit] = find('当场收缴的罚款');
    expect(hit?.lesson.slug).toBe('mention');
    expect(hit?.sections[0]?.snippet.filter((part) => part.isHit).map((part) => part.text)).toContain(
      '当场收缴',
    );
    expect(find('渔业资源增殖')).toEqual([]);
  });

  it('two words must both stand there', () => {
    expect(find('听证 费用').map((hit) => hit.lesson.slug)).toEqual(['hearing']);
  });

  it('questions are found, their keys and explanations are not', () => {
    expect(find('怎样处理')[0]?.sections[0]).toMatchObject({ anchor: 'check-c1', heading: '自测第 1 题' });
    expect(find('秘密的解析')).toEqual([]);
  });

  it('never fails, and a snippet is always a piece of its text', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 20, unit: fc.constantFrom(...'罚听证第33三十条《》 ()*[\\法a．') }),
        (typed) => {
          for (const hit of find(typed))
            for (const section of hit.sections) {
              const text = section.snippet
                .map((part) => part.text)
                .join('')
                .replace(/^…|…$/g, '');
              expect(INDEX.sections.some((one) => one.text.includes(text))).toBe(true);
            }
        },
      ),
    );
  });
});

describe('a snippet', () => {
  it('folds character for character', () => {
    fc.assert(fc.property(fc.string(), (text) => fold(text).length === text.length));
    expect(fold('ＡＢ３３　法')).toBe('ab33 法');
  });

  it('shows the beginning where nothing is marked, and the place where most is', () => {
    const text = `${'前'.repeat(200)}目标${'后'.repeat(200)}`;
    const parts = snippetOf(text, fold(text), { exact: [], loose: ['目标'] });
    expect(parts.filter((part) => part.isHit)).toEqual([{ text: '目标', isHit: true }]);
    expect(parts[0]?.text).toBe('…');
    expect(snippetOf('短文', '短文', { exact: ['没有'], loose: [] })).toEqual([
      { text: '短文', isHit: false },
    ]);
  });
});

describe('the address of a search', () => {
  it('keeps every filter, and begins at the first page when one changes', () => {
    const asked = parseLessonSearch(
      new URLSearchParams('q=听证&course=penalty&category=skill&act=penalty&page=3'),
    );
    expect(asked).toEqual({ q: '听证', course: 'penalty', category: 'skill', act: 'penalty', page: 3 });
    const back = (href: string) => parseLessonSearch(new URL(href, 'http://x').searchParams);
    expect(back(lessonSearchHref(asked, { page: 4 }))).toEqual({ ...asked, page: 4 });
    expect(back(lessonSearchHref(asked, { course: null }))).toEqual({ ...asked, course: null, page: 1 });
    expect(parseLessonSearch(new URLSearchParams('page=-1&course=../x'))).toMatchObject({
      page: 1,
      course: null,
    });
  });
});
