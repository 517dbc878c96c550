import type { Day } from '#app/platform/time/day.ts';

/** 题型. Single and true/false have one right answer, multiple at least two. */
export const QUESTION_TYPES = ['single', 'multiple', 'true_false'] as const;
export type QuestionType = (typeof QUESTION_TYPES)[number];

/** Parts of the syllabus that carry the weights of a blueprint (domain.md §5.2). */
export const SECTIONS = [
  'penalty',
  'licence',
  'coercion',
  'reconsideration',
  'litigation',
  'policy',
  'constitution',
  'compensation',
  'disclosure',
  'discipline',
] as const;
export type Section = (typeof SECTIONS)[number];

export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];

export const QUESTION_STATUSES = ['draft', 'in_review', 'live', 'retired', 'frozen'] as const;
export type QuestionStatus = (typeof QUESTION_STATUSES)[number];

export const TYPE_LABELS: Readonly<Record<QuestionType, string>> = {
  single: '单项选择题',
  multiple: '多项选择题',
  true_false: '判断题',
};

export const SECTION_LABELS: Readonly<Record<Section, string>> = {
  penalty: '行政处罚',
  licence: '行政许可',
  coercion: '行政强制',
  reconsideration: '行政复议',
  litigation: '行政诉讼',
  policy: '执法三项制度与裁量',
  constitution: '宪法、立法法',
  compensation: '国家赔偿',
  disclosure: '政府信息公开',
  discipline: '公务员与政务处分',
};

export const DIFFICULTY_LABELS: Readonly<Record<Difficulty, string>> = {
  easy: '易',
  medium: '中',
  hard: '难',
};

export const STATUS_LABELS: Readonly<Record<QuestionStatus, string>> = {
  draft: '草稿',
  in_review: '待审',
  live: '在用',
  retired: '停用',
  frozen: '冻结',
};

/** Letters of options as printed, in order; a question uses the first few of them. */
export const OPTION_LETTERS = ['A', 'B', 'C', 'D', 'E'] as const;

/** What a true/false question is answered with, and how it reads. */
export const TRUE_FALSE = { T: '正确', F: '错误' } as const;

export interface Option {
  readonly letter: string;
  readonly text: string;
}

/** One version of a question: what is asked, what is right and which article says so. */
export interface QuestionContent {
  readonly type: QuestionType;
  readonly stem: string;
  /** Empty for true/false. */
  readonly options: readonly Option[];
  /** Letters ascending; `T` or `F` for true/false. */
  readonly answer: readonly string[];
  readonly explanation: string;
  readonly law: string;
  readonly article: number;
  /** Day of the law's version the question rests on. */
  readonly lawVersion: Day;
  readonly section: Section;
  /** Two questions that test the same fact share it; a paper holds at most one of them. */
  readonly knowledgePoint: string;
  readonly difficulty: Difficulty;
}

/** A live question as the draw sees it. */
export interface BankQuestion extends QuestionContent {
  readonly questionId: string;
  readonly versionId: string;
  readonly code: string;
}

const NUMERALS = '零一二三四五六七八九';

/** `9` → `九`, `12` → `十二`, `103` → `一百零三`, as articles are numbered in statutes. @param n 1–999 */
export function articleNumeral(n: number): string {
  const digit = (value: number): string => NUMERALS.charAt(value);
  const [hundreds, tens, ones] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10];
  const head = hundreds > 0 ? `${digit(hundreds)}百` : '';
  if (tens === 0) return `${head}${hundreds > 0 && ones > 0 ? '零' : ''}${ones > 0 ? digit(ones) : ''}`;
  // 十二 alone, but 一百一十二 inside a larger number.
  return `${head}${tens === 1 && hundreds === 0 ? '' : digit(tens)}十${ones > 0 ? digit(ones) : ''}`;
}

/** `《行政处罚法》第九条` */
export function citationText(question: Pick<QuestionContent, 'law' | 'article'>): string {
  return `《${question.law}》第${articleNumeral(question.article)}条`;
}

/** The right answer in words: `B`, `A、C`, `正确`. */
export function answerText(answer: readonly string[]): string {
  return answer.map((mark) => (mark === 'T' || mark === 'F' ? TRUE_FALSE[mark] : mark)).join('、');
}
