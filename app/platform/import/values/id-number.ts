import type { Day } from '#app/platform/time/day.ts';
import { parseDay } from '#app/platform/time/day.ts';
import type { CellReader, Parsed } from './reading.ts';
import { cellReader, read, unreadable } from './reading.ts';
import { isCutByExcel } from './text.ts';
import { compact } from './width.ts';

/** 公民身份号码 (GB 11643-1999): 6 digits area, 8 birth date, 3 sequence (odd = male), 1 check character. */
const ID_PATTERN = /^[1-9]\d{16}[\dX]$/;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';
const FIX_TEXT_FORMAT = '把身份证号列设为「文本」格式（或在号码前加英文单引号），再重新录入完整的 18 位号码';

/** Check character of the first 17 digits (ISO 7064 MOD 11-2). @param body 17 digits */
export function idCheckCharacter(body: string): string {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return CHECK_CHARACTERS[sum % 11] ?? '';
}

/** Birth date written in the number; null when that day does not exist. */
export function birthDayOfId(idNumber: string): Day | null {
  return parseDay(`${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`);
}

/** Sex written in the number: the 17th digit is odd for men. */
export function sexOfId(idNumber: string): 'male' | 'female' {
  return Number(idNumber[16]) % 2 === 1 ? 'male' : 'female';
}

/** Reads an ID number as people write it: inner blanks, full-width digits, small x, a leading quote mark.
 *  Refuses 15-digit numbers, wrong check characters, impossible birth dates. Messages never hold the number. */
export function parseIdNumber(text: string, storedNumber?: number): Parsed<string> {
  const value = compact(text)
    .replace(/^['‘’`]+/, '')
    .toUpperCase();
  if (isCutByExcel(value, storedNumber)) {
    return unreadable(
      'ID_SPOILT_BY_EXCEL',
      '身份证号被 Excel 当作数字保存，后几位已经丢失，无法还原',
      FIX_TEXT_FORMAT,
    );
  }
  if (/^\d{15}$/.test(value)) {
    return unreadable(
      'ID_OLD_15_DIGITS',
      '这是 15 位的旧身份证号，2013 年起已停止使用',
      '请填写现行的 18 位身份证号',
    );
  }
  if (!ID_PATTERN.test(value)) {
    return unreadable(
      'ID_MALFORMED',
      `身份证号应为 18 位（17 位数字加 1 位数字或 X），这里是 ${[...value].length} 位`,
      '请对照身份证核对，号码中不要有其他文字',
    );
  }
  if (birthDayOfId(value) === null) {
    return unreadable('ID_BIRTH_DATE', '身份证号第 7–14 位不是存在的出生日期', '请对照身份证核对');
  }
  if (idCheckCharacter(value) !== value[17]) {
    return value.endsWith('000')
      ? unreadable(
          'ID_SPOILT_BY_EXCEL',
          '身份证号末三位是 000 且校验不符，多半是 Excel 把后几位变成了 0',
          FIX_TEXT_FORMAT,
        )
      : unreadable('ID_CHECKSUM', '身份证号校验位不符，至少有一位录错', '请对照身份证逐位核对');
  }
  return read(value);
}

export const readIdNumber: CellReader<string> = cellReader((text, cell) =>
  parseIdNumber(text, cell.kind === 'number' ? cell.value : undefined),
);
