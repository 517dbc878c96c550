import type { CellReader, Parsed } from './reading.ts';
import { cellReader, quoted, read, unreadable } from './reading.ts';
import { toHalfWidth } from './width.ts';

const MIN_CHARACTERS = 2;
const MAX_CHARACTERS = 50;

/** Marks that keyboards and old code pages offer for the dot inside names such as 阿卜杜·热西提. */
const DOT_VARIANTS = /[\u2022\u2027\u2219\u22c5\u30fb\uff65\uff0e\ufe52\u0387\u2024.]/g;
const MIDDLE_DOT = '\u00b7';

/** Radicals and compatibility forms (copied from PDF) look like the real character but never match it. */
const LOOK_ALIKES = /[\u2e80-\u2fdf\uf900-\ufaff]/g;
const HAN = '\\p{Script=Han}';
const HAN_NAME = new RegExp(`^${HAN}+(?:${MIDDLE_DOT}${HAN}+)*$`, 'u');
const LATIN_NAME = /^\p{Script=Latin}+(?:[ '\u00b7-]\p{Script=Latin}+)*$/u;
const PRIVATE_USE = /\p{Co}/u;
const BRACKETED = /[(（[【]/;

/** One spelling for one name: `张　三` → 张三, `阿卜杜•热西提` → 阿卜杜·热西提. Latin names keep single blanks. */
export function normaliseName(text: string): string {
  const characters = text.replace(LOOK_ALIKES, (char) => char.normalize('NFKC'));
  if (/\p{Script=Han}/u.test(characters)) {
    return characters.replace(/\s+/gu, '').replace(DOT_VARIANTS, MIDDLE_DOT).replace(/·{2,}/g, MIDDLE_DOT);
  }
  return toHalfWidth(characters).replace(/\s+/gu, ' ').trim();
}

/** A person's name. Refuses remarks in brackets, digits and other signs, one character alone, and characters that
 *  exist on one computer only (private use). */
export function parsePersonName(text: string): Parsed<string> {
  const name = normaliseName(text);
  if (BRACKETED.test(name)) {
    return unreadable('NAME_WITH_REMARK', `姓名${quoted(name)}里带有括号说明`, '把说明移到「备注」列');
  }
  if (PRIVATE_USE.test(name)) {
    return unreadable(
      'NAME_PRIVATE_CHARACTER',
      `姓名${quoted(name)}里有自造字，换一台电脑就显示不出来`,
      '用支持生僻字的输入法重新录入',
    );
  }
  if (!HAN_NAME.test(name) && !LATIN_NAME.test(name)) {
    return unreadable(
      'NAME_MALFORMED',
      `${quoted(name)}不像姓名`,
      '只填姓名，不要带数字和符号；少数民族姓名中间用「·」',
    );
  }
  const length = [...name].length;
  if (length < MIN_CHARACTERS || length > MAX_CHARACTERS) {
    return unreadable('NAME_LENGTH', `姓名${quoted(name)}是 ${length} 个字`, '请填写完整姓名');
  }
  return read(name);
}

export const readPersonName: CellReader<string> = cellReader((text) => parsePersonName(text));
