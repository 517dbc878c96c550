import { describe, expect, it } from 'vitest';
import type { QuestionType, Section } from '#app/exam/bank/question.ts';
import type { FrozenItem, FrozenPaper } from '#app/exam/paper/frozen-paper.ts';
import { gradePaper, markItem } from '#app/exam/result/grading.ts';
import { drawRandom } from '#app/exam/paper/draw-random.ts';

function anItem(
  position: number,
  type: QuestionType,
  key: string,
  more: Partial<FrozenItem> = {},
): FrozenItem {
  return {
    position,
    questionVersionId: `v${position}`,
    type,
    section: 'penalty',
    stem: '题干',
    options:
      type === 'true_false'
        ? []
        : ['A', 'B', 'C', 'D'].map((letter) => ({ letter, text: letter, source: letter })),
    key: [...key],
    markHundredths: type === 'multiple' ? 200 : 100,
    ...more,
  };
}

describe('marks of one item', () => {
  it.each<[QuestionType, string, string, number]>([
    ['single', 'B', 'B', 100],
    ['single', 'B', 'A', 0],
    ['single', 'B', '', 0],
    ['single', 'B', 'AB', 0],
    ['true_false', 'T', 'T', 100],
    ['true_false', 'T', 'F', 0],
    ['true_false', 'F', '', 0],
    ['multiple', 'AC', 'AC', 200],
    ['multiple', 'AC', 'A', 0],
    ['multiple', 'AC', 'ACD', 0],
    ['multiple', 'AC', 'BD', 0],
    ['multiple', 'AC', '', 0],
    ['multiple', 'ABCD', 'ABCD', 200],
  ])('%s with key %s answered “%s” earns %d hundredths', (type, key, choice, expected) => {
    expect(markItem(anItem(1, type, key), choice, 'all_or_nothing')).toBe(expected);
  });
});

describe('a graded paper', () => {
  const items = [
    anItem(1, 'single', 'A'),
    anItem(2, 'single', 'B', { section: 'licence' }),
    anItem(3, 'multiple', 'AC'),
    anItem(4, 'true_false', 'F', { section: 'licence' }),
  ];
  const paper: FrozenPaper = { blueprint: 'P1', multipleRule: 'all_or_nothing', items };

  it('adds up by hand', () => {
    const graded = gradePaper(
      paper,
      new Map([
        [1, 'A'],
        [2, 'C'],
        [3, 'AC'],
      ]),
    );
    expect(graded.scoreHundredths).toBe(300);
    expect(graded.fullMarkHundredths).toBe(500);
    expect(graded.sections).toEqual([
      { section: 'penalty', itemCount: 2, correctCount: 2, earnedHundredths: 300, fullHundredths: 300 },
      { section: 'licence', itemCount: 2, correctCount: 0, earnedHundredths: 0, fullHundredths: 200 },
    ]);
    expect(graded.items.map((item) => [item.choice, item.isCorrect])).toEqual([
      ['A', true],
      ['C', false],
      ['AC', true],
      ['', false],
    ]);
  });

  it('gives nothing for an empty paper and everything for the key', () => {
    expect(gradePaper(paper, new Map()).scoreHundredths).toBe(0);
    const key = new Map(items.map((item) => [item.position, item.key.join('')]));
    expect(gradePaper(paper, key).scoreHundredths).toBe(500);
  });

  it('leaves out answers to positions the paper does not have', () => {
    expect(gradePaper(paper, new Map([[9, 'A']])).scoreHundredths).toBe(0);
  });

  it('always equals the sum of its items and of its sections (200 seeded papers)', () => {
    const sections: readonly Section[] = ['penalty', 'licence', 'policy'];
    for (let seed = 0; seed < 200; seed += 1) {
      const random = drawRandom(`grading-${seed}`);
      const many = Array.from({ length: 20 }, (_, index) =>
        anItem(index + 1, 'single', 'ABCD'.charAt(random.below(4)), {
          section: sections[random.below(3)] ?? 'penalty',
          markHundredths: 50 + random.below(200),
        }),
      );
      const answers = new Map(many.map((item) => [item.position, 'ABCD'.charAt(random.below(4))]));
      const graded = gradePaper({ ...paper, items: many }, answers);
      const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
      expect(graded.scoreHundredths).toBe(sum(graded.items.map((item) => item.earnedHundredths)));
      expect(graded.scoreHundredths).toBe(sum(graded.sections.map((section) => section.earnedHundredths)));
      expect(graded.fullMarkHundredths).toBe(sum(graded.sections.map((section) => section.fullHundredths)));
      expect(graded.scoreHundredths).toBeLessThanOrEqual(graded.fullMarkHundredths);
    }
  });
});
