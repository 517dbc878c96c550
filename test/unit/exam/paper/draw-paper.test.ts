import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readLawCalendar } from '#app/exam/bank/law-calendar.server.ts';
import type { LawCalendar } from '#app/exam/bank/law-calendar.ts';
import type { BankQuestion, Difficulty, Section } from '#app/exam/bank/question.ts';
import { SECTIONS } from '#app/exam/bank/question.ts';
import { readQuestionFiles } from '#app/exam/bank/read-question-files.server.ts';
import { QUALIFICATION_BLUEPRINT, fullMarkHundredths, sectionBounds } from '#app/exam/paper/blueprint.ts';
import { drawPaper } from '#app/exam/paper/draw-paper.ts';
import type { FrozenPaper } from '#app/exam/paper/frozen-paper.ts';
import { candidateItems, paperHash } from '#app/exam/paper/frozen-paper.ts';

const ROOT = path.resolve('.');
const DAY = '2026-11-23';
const SEEDS = Array.from({ length: 150 }, (_, index) => `seed-${index}`);

let laws: LawCalendar;
let bank: readonly BankQuestion[];
beforeAll(async () => {
  laws = await readLawCalendar(ROOT);
  const files = await readQuestionFiles(ROOT, laws);
  expect(files.broken).toEqual([]);
  bank = files.questions.map(({ code, content }) => ({
    ...content,
    code,
    questionId: code,
    versionId: code,
  }));
});

function draw(seed: string, questions: readonly BankQuestion[] = bank, day = DAY): FrozenPaper {
  const outcome = drawPaper({ questions, laws, day }, QUALIFICATION_BLUEPRINT, seed);
  if (!outcome.ok) throw new Error(String(outcome.detail?.missing));
  return outcome.value;
}

const questionOf = (versionId: string): BankQuestion => {
  const found = bank.find((question) => question.versionId === versionId);
  if (!found) throw new Error(`${versionId} is not in the bank`);
  return found;
};
const drawn = (paper: FrozenPaper): BankQuestion[] =>
  paper.items.map((item) => questionOf(item.questionVersionId));

describe('a paper drawn from the shipped bank by P1 (YC2)', () => {
  it('has 40 single, 20 multiple and 20 true/false items worth 100 marks, for every seed', () => {
    for (const seed of SEEDS) {
      const { items } = draw(seed);
      expect(items.map((item) => item.type)).toEqual([
        ...Array<string>(40).fill('single'),
        ...Array<string>(20).fill('multiple'),
        ...Array<string>(20).fill('true_false'),
      ]);
      expect(items.map((item) => item.position)).toEqual(Array.from({ length: 80 }, (_, i) => i + 1));
      expect(items.reduce((sum, item) => sum + item.markHundredths, 0)).toBe(10_000);
    }
    expect(fullMarkHundredths(QUALIFICATION_BLUEPRINT.spec)).toBe(10_000);
  });

  it('meets the weight of every part of the syllabus within one item, for every seed', () => {
    for (const seed of SEEDS) {
      const counts = new Map<Section, number>();
      for (const item of draw(seed).items) counts.set(item.section, (counts.get(item.section) ?? 0) + 1);
      for (const section of SECTIONS) {
        const wish = (QUALIFICATION_BLUEPRINT.spec.sectionPercent[section] * 80) / 100;
        expect(Math.abs((counts.get(section) ?? 0) - wish), `${seed} ${section}`).toBeLessThanOrEqual(1);
      }
    }
  });

  it('asks each question and each knowledge point once', () => {
    for (const seed of SEEDS) {
      const questions = drawn(draw(seed));
      expect(new Set(questions.map((one) => one.code)).size).toBe(80);
      expect(new Set(questions.map((one) => one.knowledgePoint)).size).toBe(80);
    }
  });

  it('comes within four items of the difficulty mix 30/50/20', () => {
    for (const seed of SEEDS) {
      const counts: Record<Difficulty, number> = { easy: 0, medium: 0, hard: 0 };
      for (const question of drawn(draw(seed))) counts[question.difficulty] += 1;
      expect(Math.abs(counts.easy - 24), seed).toBeLessThanOrEqual(4);
      expect(Math.abs(counts.medium - 40), seed).toBeLessThanOrEqual(4);
      expect(Math.abs(counts.hard - 16), seed).toBeLessThanOrEqual(4);
    }
  });

  it('is the same for the same seed and another for another', () => {
    const hashes = SEEDS.map((seed) => paperHash(draw(seed)));
    expect(hashes).toEqual(SEEDS.map((seed) => paperHash(draw(seed))));
    expect(new Set(hashes).size).toBe(SEEDS.length);
  });

  it('keeps the key with its option when options are shuffled', () => {
    for (const seed of SEEDS.slice(0, 30)) {
      for (const item of draw(seed).items) {
        const question = questionOf(item.questionVersionId);
        if (item.type === 'true_false') {
          expect(item.options).toEqual([]);
          expect(item.key).toEqual(question.answer);
          continue;
        }
        const textOf = (letter: string) => item.options.find((option) => option.letter === letter)?.text;
        const right = question.options.filter((option) => question.answer.includes(option.letter));
        expect(item.key.map(textOf).sort()).toEqual(right.map((option) => option.text).sort());
        expect([...item.key].sort()).toEqual(item.key);
        expect(item.options.map((option) => option.source).sort()).toEqual(
          question.options.map((option) => option.letter),
        );
      }
    }
  });

  it('spreads the right letter of single-choice items over the options', () => {
    const letters = new Map<string, number>();
    for (const seed of SEEDS)
      for (const item of draw(seed).items)
        if (item.type === 'single') letters.set(item.key.join(), (letters.get(item.key.join()) ?? 0) + 1);
    const total = SEEDS.length * 40;
    for (const letter of ['A', 'B', 'C', 'D']) {
      expect((letters.get(letter) ?? 0) / total).toBeGreaterThan(0.22);
      expect((letters.get(letter) ?? 0) / total).toBeLessThan(0.28);
    }
  });

  it('shows the candidate neither the key nor where an option came from', () => {
    const text = JSON.stringify(candidateItems(draw('seed')));
    expect(text).not.toContain('"key"');
    expect(text).not.toContain('"source"');
    expect(text).not.toContain('questionVersionId');
  });
});

describe('a bank that cannot feed the paper', () => {
  const missingOf = (questions: readonly BankQuestion[], day = DAY): string => {
    const outcome = drawPaper({ questions, laws, day }, QUALIFICATION_BLUEPRINT, 'seed');
    return outcome.ok ? '' : String(outcome.detail?.missing);
  };

  it('is told which type is short', () => {
    const singles = bank.filter((question) => question.type === 'single');
    const questions = bank.filter((question) => !singles.slice(35).includes(question));
    expect(missingOf(questions)).toContain('单项选择题需 40 道，可用 35 道');
  });

  it('is told which part of the syllabus is short', () => {
    const licence = bank.filter((question) => question.section === 'licence');
    const questions = bank.filter((question) => !licence.slice(5).includes(question));
    expect(sectionBounds(QUALIFICATION_BLUEPRINT.spec, 'licence')).toEqual({ least: 9, most: 10 });
    expect(missingOf(questions)).toBe('“行政许可”至少需 9 道，可用 5 道');
  });

  it('is told when types and parts do not go together', () => {
    const questions = bank.filter((one) => one.type !== 'multiple' || one.section === 'penalty');
    expect(missingOf([...questions])).toContain('多项选择题');
  });

  it('counts a knowledge point once, however many questions it has', () => {
    const twins = bank
      .filter((question) => question.section === 'discipline')
      .map((question) => ({ ...question, knowledgePoint: 'one-and-the-same' }));
    const others = bank.filter((question) => question.section !== 'discipline');
    const items = draw('seed', [...others, ...twins]).items;
    expect(items.filter((item) => item.section === 'discipline')).toHaveLength(1);
  });

  it('finds a choice of questions where one of two on a point fits and the other does not', () => {
    const trueFalse = bank.filter((question) => question.type === 'true_false');
    const twins = trueFalse.map((question) => ({
      ...question,
      code: `${question.code}x`,
      versionId: question.versionId,
    }));
    expect(draw('seed', [...bank, ...twins]).items).toHaveLength(80);
  });

  it('leaves out questions on a law that is not in force on the exam day', () => {
    expect(missingOf(bank, '2021-07-14')).toContain('“行政处罚”至少需 19 道，可用 0 道');
  });
});
