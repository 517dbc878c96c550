import type { CellReader, Parsed } from './reading.ts';
import { cellReader, quoted, read, unreadable } from './reading.ts';
import { compact } from './width.ts';

const MOBILE = /^1[3-9]\d{9}$/;
/** Area code of three or four digits, seven or eight digits, optionally an extension. */
const LANDLINE = /^0(?:10|2\d|[3-9]\d{2})\d{7,8}(?:转\d{1,6})?$/;
const LOCAL = /^[2-9]\d{6,7}$/;

/** A mobile number (11 digits), a landline with area code, or a local landline. Blanks, hyphens, brackets and +86 are
 *  dropped. Refuses two numbers in one cell. */
export function parsePhone(text: string): Parsed<string> {
  const plain = compact(text);
  if (/[;,、/；，]/.test(plain)) {
    return unreadable('PHONE_SEVERAL', `${quoted(text)}里有几个号码`, '只留一个常用号码');
  }
  const digits = plain.replace(/[-–—()]/g, '').replace(/^(?:\+|00)86(?=[01])/, '');
  if (MOBILE.test(digits) || LANDLINE.test(digits) || LOCAL.test(digits)) return read(digits);
  return unreadable('PHONE_MALFORMED', '电话号码的位数不对', '手机号为 11 位；座机请带区号');
}

export const readPhone: CellReader<string> = cellReader((text) => parsePhone(text));
