import { describe, expect, it } from 'vitest';
import type { LawCalendar } from '#app/exam/bank/law-calendar.ts';
import { citationFault, isVersionInForce } from '#app/exam/bank/law-calendar.ts';
import { articleNumeral, citationText } from '#app/exam/bank/question.ts';
import { questionInFile } from '#app/exam/bank/question.schema.ts';
import { contentHash } from '#app/exam/bank/content-hash.ts';

const laws: LawCalendar = new Map([
  [
    '某法',
    {
      name: '某法',
      articleCount: 86,
      versions: [
        { version: '2017-09-01', inForceFrom: '2018-01-01' },
        { version: '2021-01-22', inForceFrom: '2021-07-15' },
        { version: '2027-06-30', inForceFrom: null },
      ],
    },
  ],
]);

describe('the law a question rests on', () => {
  it.each([
    ['2017-09-01', '2017-12-31', false],
    ['2017-09-01', '2018-01-01', true],
    ['2017-09-01', '2021-07-14', true],
    ['2017-09-01', '2021-07-15', false],
    ['2021-01-22', '2021-07-14', false],
    ['2021-01-22', '2021-07-15', true],
    ['2021-01-22', '2027-06-29', true],
    ['2021-01-22', '2027-06-30', false],
    ['2027-06-30', '2027-06-30', true],
    ['2020-01-01', '2026-01-01', false],
  ])('version %s on %s in force: %s', (version, day, expected) => {
    expect(isVersionInForce(laws, '某法', version, day)).toBe(expected);
  });

  it('is not in force when nobody knows it', () => {
    expect(isVersionInForce(laws, '他法', '2021-01-22', '2026-01-01')).toBe(false);
  });

  it.each([
    [{ law: '某法', article: 86, lawVersion: '2021-01-22' }, null],
    [{ law: '某法', article: 87, lawVersion: '2021-01-22' }, 'ARTICLE_UNKNOWN'],
    [{ law: '某法', article: 0, lawVersion: '2021-01-22' }, 'ARTICLE_UNKNOWN'],
    [{ law: '某法', article: 1, lawVersion: '2022-01-22' }, 'VERSION_UNKNOWN'],
    [{ law: '他法', article: 1, lawVersion: '2021-01-22' }, 'LAW_UNKNOWN'],
  ])('%o is checked: %s', (citation, expected) => {
    expect(citationFault(laws, citation)).toBe(expected);
  });

  it.each([
    [9, '九'],
    [10, '十'],
    [12, '十二'],
    [20, '二十'],
    [86, '八十六'],
    [100, '一百'],
    [103, '一百零三'],
    [110, '一百一十'],
    [112, '一百一十二'],
  ])('article %d is written %s', (article, text) => {
    expect(articleNumeral(article)).toBe(text);
    expect(citationText({ law: '某法', article })).toBe(`《某法》第${text}条`);
  });
});

describe('a question in a file', () => {
  const single = {
    code: 'CF-009-01',
    type: 'single',
    stem: '题干（　　）。',
    options: { A: '甲', B: '乙', C: '丙', D: '丁' },
    answer: ['B'],
    explanation: '依据某法。',
    law: '某法',
    article: 9,
    lawVersion: '2021-01-22',
    section: 'penalty',
    knowledgePoint: 'kinds-2021',
    difficulty: 'easy',
  };
  const { options: _, ...withoutOptions } = single;
  const problem = (raw: unknown): string | null => {
    const parsed = questionInFile.safeParse(raw);
    return parsed.success ? null : parsed.error.issues.map((issue) => issue.message).join('；');
  };

  it('is read with its options in order', () => {
    expect(questionInFile.parse(single)).toMatchObject({
      code: 'CF-009-01',
      content: { options: [{ letter: 'A', text: '甲' }, { letter: 'B' }, { letter: 'C' }, { letter: 'D' }] },
    });
    expect(problem({ ...withoutOptions, type: 'true_false', answer: ['F'] })).toBeNull();
    expect(problem({ ...single, type: 'multiple', answer: ['A', 'B', 'D'] })).toBeNull();
  });

  it.each<[string, unknown, string]>([
    ['two answers to a single-choice question', { ...single, answer: ['A', 'B'] }, '单项选择题只有一个答案'],
    ['one answer to a multiple-choice question', { ...single, type: 'multiple' }, '多项选择题至少两个答案'],
    ['an answer that is no option', { ...single, answer: ['E'] }, '答案不在选项之中'],
    [
      'answers out of order',
      { ...single, type: 'multiple', answer: ['B', 'A'] },
      '答案须按字母顺序排列且不重复',
    ],
    ['an answer twice', { ...single, type: 'multiple', answer: ['A', 'A'] }, '答案须按字母顺序排列且不重复'],
    ['a gap in the options', { ...single, options: { A: '甲', C: '丙', D: '丁' } }, '选项须依次为 A、B、C'],
    ['too few options', { ...single, options: { A: '甲', B: '乙' } }, '选项至少 3 个'],
    ['options of a true/false question', { ...single, type: 'true_false', answer: ['T'] }, '判断题不设选项'],
    [
      'a letter for true/false',
      { ...withoutOptions, type: 'true_false', answer: ['A'] },
      '判断题答案为 T 或 F',
    ],
    ['a day that does not exist', { ...single, lawVersion: '2021-02-30' }, '2021-02-30 不是有效日期'],
  ])('with %s is refused in Chinese', (_name, raw, expected) => {
    expect(problem(raw)).toBe(expected);
  });

  it('with an unknown field or section is refused', () => {
    expect(problem({ ...single, colour: 'red' })).not.toBeNull();
    expect(problem({ ...single, section: 'traffic' })).not.toBeNull();
    expect(problem(null)).not.toBeNull();
  });

  it('has a hash that follows its text, not the order of its keys', () => {
    const { content } = questionInFile.parse(single);
    const turned = Object.fromEntries(Object.entries(content).reverse());
    expect(contentHash(turned)).toBe(contentHash(content));
    expect(contentHash({ ...content, stem: `${content.stem}？` })).not.toBe(contentHash(content));
  });
});
