import type { CellReader } from './reading.ts';
import { cellReader, quoted, read, unreadable } from './reading.ts';
import { compact } from './width.ts';

/** Words people write → value. The first word of each value is the one shown in messages. */
export type Words<V> = readonly { readonly value: V; readonly words: readonly [string, ...string[]] }[];

/** One of a closed list of words; width, blanks and case do not matter. Refuses every other word and names the
 *  allowed ones. */
export function choiceReader<V>(words: Words<V>): CellReader<V> {
  const byWord = new Map<string, V>();
  for (const { value, words: spellings } of words) {
    for (const word of spellings) byWord.set(comparable(word), value);
  }
  const allowed = words.map((choice) => choice.words[0]).join('、');
  return cellReader((text) => {
    const value = byWord.get(comparable(text));
    return value === undefined
      ? unreadable('CHOICE_UNKNOWN', `${quoted(text)}不在可选内容里`, `请填写：${allowed}`)
      : read(value);
  });
}

function comparable(text: string): string {
  return compact(text).toLowerCase();
}

/** 是/否 and the signs people tick with. A blank cell stays blank: whether that means no is for the kind to say. */
export const readYesNo: CellReader<boolean> = choiceReader<boolean>([
  { value: true, words: ['是', '√', '✓', '✔', '☑', '有', '对', 'y', 'yes', '1', 'true'] },
  {
    value: false,
    words: ['否', '×', '✗', '✘', 'x', '无', '没有', '不是', '错', 'n', 'no', '0', 'false', '-', '/'],
  },
]);

export const readSex: CellReader<'male' | 'female'> = choiceReader<'male' | 'female'>([
  { value: 'male', words: ['男', '男性', 'm', 'male'] },
  { value: 'female', words: ['女', '女性', 'f', 'female'] },
]);
