import type { Cell, MaybeCell } from '../table/cell.ts';
import { trimBlanks } from '../table/cell.ts';

/** Why a value cannot be taken, in Chinese, for the person who filled the sheet in. */
export interface Problem {
  /** SCREAMING_SNAKE, stable. */
  readonly code: string;
  readonly reason: string;
  /** What to do about it; null where the reason says it already. */
  readonly fix: string | null;
}

/** A text that was there: its value, or why it cannot be taken. */
export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** A read cell: a value, nothing (a blank cell gives null), or a problem. Never throws. */
export type Reading<T> = Parsed<T | null>;

export type CellReader<T> = (cell: MaybeCell) => Reading<T>;

export function read<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function unreadable(code: string, reason: string, fix: string | null = null): Parsed<never> {
  return { ok: false, problem: { code, reason, fix } };
}

/** Marks that offices write where there is nothing to say. */
const NOTHING = new Set(['', '-', '--', '—', '——', '/', '\\', '无', '空', '暂无']);

/** True for a text that stands for "nothing here" in a column where 「无」 carries no meaning of its own. */
export function saysNothing(text: string): boolean {
  return NOTHING.has(text);
}

/**
 * Frame of every reader: a blank cell is nothing, a formula error and a formula saved without its result are
 * problems, and `parse` sees the trimmed text of what is left.
 */
export function cellReader<T>(parse: (text: string, cell: Cell) => Parsed<T>): CellReader<T> {
  return (cell) => {
    if (cell === null) return read(null);
    if (cell.kind === 'error') {
      return unreadable(
        'CELL_ERROR',
        `单元格是公式错误值 ${cell.text}`,
        '改正公式，或复制后用「选择性粘贴—数值」粘贴成数值',
      );
    }
    const text = trimBlanks(cell.text);
    if (text === '') {
      return cell.isFormula
        ? unreadable(
            'FORMULA_WITHOUT_VALUE',
            '单元格是公式，文件里没有存计算结果',
            '在 Excel 或 WPS 中打开并保存一次，或粘贴成数值',
          )
        : read(null);
    }
    return parse(text, cell);
  };
}

const QUOTED_CHARACTERS = 24;
/** Eleven digits and more, in any width and with blanks between: phone, card and ID numbers. */
const LONG_NUMBER = /\p{Nd}(?:\s?\p{Nd}){9,}\s?[\p{Nd}XxＸｘ]/gu;

/** Numbers of persons with only their ends left: a number in the wrong column must not end up in a message. */
export function maskLongNumbers(text: string): string {
  return text.replace(LONG_NUMBER, (digits) => {
    const characters = [...digits];
    return `${characters.slice(0, 3).join('')}${'*'.repeat(characters.length - 5)}${characters.slice(-2).join('')}`;
  });
}

/** The given text as quoted in a message: long numbers masked, cut to a readable length. */
export function quoted(text: string): string {
  const characters = [...maskLongNumbers(text)];
  const cut =
    characters.length > QUOTED_CHARACTERS
      ? `${characters.slice(0, QUOTED_CHARACTERS).join('')}…`
      : characters.join('');
  return `「${cut}」`;
}
