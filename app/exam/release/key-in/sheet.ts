import type { QuestionType } from '../../bank/question.ts';
import type { FrozenPaper } from '../../paper/frozen-paper.ts';
import { choiceOf } from '../../sitting/choice.ts';

/** Letters by position, as an answer sheet shows them; positions without an answer are left out. */
export type SheetChoices = Readonly<Record<string, string>>;

/** What keying in needs to know of a question: its place, and which letters it has. */
export interface SheetItem {
  readonly position: number;
  readonly type: QuestionType;
  /** `T` and `F` for true/false. */
  readonly letters: readonly string[];
}

export const sheetItems = (paper: FrozenPaper): SheetItem[] =>
  paper.items.map(({ position, type, options }) => ({
    position,
    type,
    letters: type === 'true_false' ? ['T', 'F'] : options.map((option) => option.letter),
  }));

/** Questions that are typed in one field. */
export interface SheetGroup {
  readonly name: string;
  readonly type: QuestionType;
  readonly items: readonly SheetItem[];
}

/** As many as the eye takes in from a printed sheet without losing the place. */
const GROUP_SIZES: Readonly<Record<QuestionType, number>> = { single: 10, multiple: 5, true_false: 10 };

export function groupsOf(items: readonly SheetItem[]): SheetGroup[] {
  const groups: { name: string; type: QuestionType; items: SheetItem[] }[] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last?.type === item.type && last.items.length < GROUP_SIZES[item.type]) last.items.push(item);
    else groups.push({ name: `from${item.position}`, type: item.type, items: [item] });
  }
  return groups;
}

/** What stands on a sheet for 对 and 错, and for no answer. */
const TRUE_FALSE: Readonly<Record<string, string>> = {
  ...{ '√': 'T', '✓': 'T', 对: 'T', 正: 'T', T: 'T' },
  ...{ '×': 'F', '✗': 'F', 错: 'F', 误: 'F', X: 'F', F: 'F' },
};
const BLANK = /^[-—–0_空]$/u;

export type ChoiceReading = { readonly choice: string } | { readonly problem: string };

/** One answer as typed: letters in any order and case, 对/错 in their usual signs, `-` for none. */
export function readChoice(item: SheetItem, typed: string): ChoiceReading {
  const text = typed
    .normalize('NFKC')
    .replace(/[\s.,，、;；]/gu, '')
    .toUpperCase();
  if (text === '' || BLANK.test(text)) return { choice: '' };
  if (item.type === 'true_false') {
    const choice = TRUE_FALSE[text];
    return choice === undefined
      ? { problem: `第 ${item.position} 题应填 √ 或 ×，录入的是“${typed.slice(0, 8)}”` }
      : { choice };
  }
  const letters = [...text];
  const strange = letters.find((letter) => !item.letters.includes(letter));
  if (strange !== undefined) return { problem: `第 ${item.position} 题没有选项“${strange}”` };
  if (item.type === 'single' && letters.length > 1)
    return { problem: `第 ${item.position} 题是单项选择，录入了 ${letters.length} 个选项` };
  return { choice: choiceOf(letters) };
}

const SEPARATORS = /[\s,，、;；]+/u;

function partsOf({ type, items }: SheetGroup, typed: string): string[] {
  const text = typed.normalize('NFKC').trim();
  const parts = text.split(SEPARATORS).filter((part) => part !== '');
  // Multiple choice needs its blanks; everything else may be typed in one go.
  return type === 'multiple' || parts.length === items.length ? parts : [...parts.join('')];
}

/** The answers of one field, or what is wrong with it. */
export function readGroup(
  group: SheetGroup,
  typed: string,
): { readonly choices: SheetChoices } | { readonly problem: string } {
  const parts = partsOf(group, typed);
  const { items } = group;
  if (parts.length !== items.length) {
    const [first, last] = [items[0]?.position ?? 0, items.at(-1)?.position ?? 0];
    return {
      problem: `第 ${first}–${last} 题应录入 ${items.length} 个答案，现有 ${parts.length} 个；未作答的用 - 占位`,
    };
  }
  const choices: Record<string, string> = {};
  for (const [index, item] of items.entries()) {
    const reading = readChoice(item, parts[index] ?? '');
    if ('problem' in reading) return reading;
    if (reading.choice !== '') choices[String(item.position)] = reading.choice;
  }
  return { choices };
}

/** A typed sheet: all answers, or what is wrong by field. */
export function readTyped(
  groups: readonly SheetGroup[],
  typed: Readonly<Record<string, string>>,
): { readonly choices: SheetChoices } | { readonly errors: Readonly<Record<string, string>> } {
  const errors: Record<string, string> = {};
  const choices: Record<string, string> = {};
  for (const group of groups) {
    const read = readGroup(group, typed[group.name] ?? '');
    if ('problem' in read) errors[group.name] = read.problem;
    else Object.assign(choices, read.choices);
  }
  return Object.keys(errors).length > 0 ? { errors } : { choices };
}

/** Positions at which two readings of one sheet differ, ascending. */
export function differences(items: readonly SheetItem[], one: SheetChoices, other: SheetChoices): number[] {
  return items
    .map((item) => item.position)
    .filter((position) => (one[String(position)] ?? '') !== (other[String(position)] ?? ''));
}

/** How an answer is written for people: 对 and 错 as signs, nothing as 未答. */
export function choiceText(choice: string | undefined): string {
  switch (choice ?? '') {
    case '':
      return '未答';
    case 'T':
      return '√';
    case 'F':
      return '×';
    default:
      return choice ?? '';
  }
}
