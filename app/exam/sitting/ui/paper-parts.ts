import type { QuestionType } from '../../bank/question.ts';
import type { CandidateItem } from '../../paper/frozen-paper.ts';

/** A run of items of one type, as printed: 一、单项选择题（每题 1 分，共 40 题）. */
export interface PaperPart {
  readonly type: QuestionType;
  readonly items: readonly CandidateItem[];
}

export function partsOf(items: readonly CandidateItem[]): PaperPart[] {
  const parts: { type: QuestionType; items: CandidateItem[] }[] = [];
  for (const item of items) {
    const last = parts[parts.length - 1];
    if (last?.type === item.type) last.items.push(item);
    else parts.push({ type: item.type, items: [item] });
  }
  return parts;
}

const NUMERALS = ['一', '二', '三', '四', '五', '六'] as const;

const TITLES: Readonly<Record<QuestionType, { title: string; rule: string }>> = {
  single: { title: '单项选择题', rule: '每题只有一个正确答案' },
  multiple: { title: '多项选择题', rule: '每题有两个或两个以上正确答案，多选、少选、错选均不得分' },
  true_false: { title: '判断题', rule: '判断说法是否正确' },
};

/** Marks without needless decimals: 100 → `1`, 150 → `1.5`. */
export function marksText(hundredths: number): string {
  return String(hundredths / 100);
}

export function partTitle(part: PaperPart, index: number): string {
  const numeral = NUMERALS[index] ?? String(index + 1);
  return `${numeral}、${TITLES[part.type].title}`;
}

export function partRule(part: PaperPart): string {
  const [first] = part.items;
  return `共 ${part.items.length} 题，每题 ${marksText(first?.markHundredths ?? 0)} 分。${TITLES[part.type].rule}。`;
}

export const questionId = (position: number): string => `q-${position}`;
