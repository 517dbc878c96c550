import type { Difficulty, QuestionType, Section } from '../bank/question.ts';

/** How a multiple-choice question is marked. Partial credit comes with a later blueprint. */
export type MultipleRule = 'all_or_nothing';

export interface TypePart {
  readonly type: QuestionType;
  readonly count: number;
  /** Marks of one item in hundredths. */
  readonly markHundredths: number;
}

/** 组卷方案: what a paper is made of. Immutable once stored; a change is a new version. */
export interface BlueprintSpec {
  /** In the order of the printed paper. */
  readonly parts: readonly TypePart[];
  /** Percent of all items by part of the syllabus; sums to 100; each is met within one item. */
  readonly sectionPercent: Readonly<Record<Section, number>>;
  /** Percent of all items, a goal that may be missed. */
  readonly difficultyPercent: Readonly<Record<Difficulty, number>>;
  readonly durationMinutes: number;
  readonly passMarkHundredths: number;
  readonly multipleRule: MultipleRule;
}

export interface Blueprint {
  readonly code: string;
  readonly title: string;
  readonly spec: BlueprintSpec;
}

/**
 * P1 资格考试. Counts and marks after the 济宁 2021 structure, pass mark after 安徽 and 四川 (domain.md §5.1, §5.2; basis:
 * search and proposal), weights by law and difficulty mix: domain.md §5.2, §5.4 (proposal).
 */
export const QUALIFICATION_BLUEPRINT: Blueprint = {
  code: 'P1',
  title: '行政执法资格考试（公共法律知识）',
  spec: {
    parts: [
      { type: 'single', count: 40, markHundredths: 100 },
      { type: 'multiple', count: 20, markHundredths: 200 },
      { type: 'true_false', count: 20, markHundredths: 100 },
    ],
    sectionPercent: {
      penalty: 25,
      licence: 12,
      coercion: 12,
      reconsideration: 12,
      litigation: 10,
      policy: 8,
      constitution: 7,
      compensation: 6,
      disclosure: 6,
      discipline: 2,
    },
    difficultyPercent: { easy: 30, medium: 50, hard: 20 },
    durationMinutes: 90,
    passMarkHundredths: 6_000,
    multipleRule: 'all_or_nothing',
  },
};

export const SHIPPED_BLUEPRINTS: readonly Blueprint[] = [QUALIFICATION_BLUEPRINT];

export function itemCount(spec: BlueprintSpec): number {
  return spec.parts.reduce((sum, part) => sum + part.count, 0);
}

export function fullMarkHundredths(spec: BlueprintSpec): number {
  return spec.parts.reduce((sum, part) => sum + part.count * part.markHundredths, 0);
}

/** Fewest and most items of one part of the syllabus: its percentage of all items, give or take one item. */
export function sectionBounds(spec: BlueprintSpec, section: Section): { least: number; most: number } {
  const hundredfold = spec.sectionPercent[section] * itemCount(spec);
  return {
    least: Math.max(0, Math.ceil((hundredfold - 100) / 100)),
    most: Math.floor((hundredfold + 100) / 100),
  };
}
