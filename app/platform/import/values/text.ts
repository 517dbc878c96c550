import type { CellReader } from './reading.ts';
import { cellReader, quoted, read, unreadable } from './reading.ts';
import { compact } from './width.ts';

/** Free text: blanks at the ends go, blanks and line breaks inside become one blank. Text that begins with `=` is
 *  text like any other. Refuses what is longer than the column holds.
 *  @param maxCharacters characters, not bytes */
export function textReader(maxCharacters: number): CellReader<string> {
  return cellReader((text) => {
    const value = text.replace(/\s+/gu, ' ');
    const length = [...value].length;
    if (length > maxCharacters) {
      return unreadable('TEXT_TOO_LONG', `内容有 ${length} 个字，最多 ${maxCharacters} 个字`, '请缩短内容');
    }
    return read(value);
  });
}

/** A code or number that is kept as text (certificate number, licence number): blanks inside are removed, full-width
 *  characters become half-width ones. Numbers that Excel has cut are refused.
 *  @param maxCharacters characters */
export function codeReader(maxCharacters: number): CellReader<string> {
  return cellReader((text, cell) => {
    const value = compact(text);
    if (isCutByExcel(value, cell.value)) {
      return unreadable(
        'NUMBER_SPOILT_BY_EXCEL',
        `${quoted(value)}是 Excel 按数字保存后走样的编号，末几位已经丢失`,
        '把该列设为「文本」格式，再重新录入完整编号',
      );
    }
    if (value.length > maxCharacters) {
      return unreadable('TEXT_TOO_LONG', `内容有 ${value.length} 位，最多 ${maxCharacters} 位`, '请核对编号');
    }
    return read(value);
  });
}

/** Excel keeps 15 significant digits; longer numbers lose their end, and wide ones are shown as 1.40E+17. */
export function isCutByExcel(text: string, storedNumber: number | undefined): boolean {
  if (/^\d(?:\.\d+)?e\+\d+$/i.test(text)) return true;
  return storedNumber !== undefined && Math.abs(storedNumber) >= 1e15;
}
