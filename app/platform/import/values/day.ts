import type { Day } from '#app/platform/time/day.ts';
import { addDays, makeDay } from '#app/platform/time/day.ts';
import type { Cell } from '../table/cell.ts';
import type { CellReader, Parsed } from './reading.ts';
import { cellReader, quoted, read, unreadable } from './reading.ts';
import { compact, toHalfWidth } from './width.ts';

const MIN_YEAR = 1900;
const MAX_YEAR = 2100;

/** Plain numbers that are taken as Excel day serials: 1954-10-03 … 2119-01-10. */
const MIN_PLAIN_SERIAL = 20_000;
const MAX_PLAIN_SERIAL = 80_000;
/** Serials below 61 fall before 1900-03-01, where Excel counts a 29 February that never was. */
const MIN_DATE_SERIAL = 61;
const MAX_DATE_SERIAL = 2_958_465;
const SERIAL_ZERO: Day = '1899-12-30';

/** What a month without its day stands for: refused, its first day, or its last day. The kind decides. */
export type MonthMeans = 'refused' | 'first_day' | 'last_day';

/** A date as written: with or without its day of month. */
interface WrittenDate {
  readonly year: number;
  readonly month: number;
  readonly dayOfMonth: number | null;
}

const FIX_DATE = '请写成 2022-11-01、2022.11.1 或 2022年11月1日';

const SEPARATED = '(\\d{4})(?:[-./]|年)(\\d{1,2})(?:(?:[-./]|月)(\\d{1,2})日?|月)?';
const JOINED = '(\\d{4})(\\d{2})(\\d{2})';
/** Exports write midnight behind their dates. */
const TIME_OF_DAY = /[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;
const SINGLE = new RegExp(`^(?:${SEPARATED}|${JOINED})$`);
const MONTH_JOINED = /^(\d{4})(0[1-9]|1[0-2])$/;
const TWO_DIGIT_YEAR = /^['‘’]?\d{2}[-./年]\d{1,2}(?:[-./月]\d{1,2}日?)?$/;
const BETWEEN = '(?:-+|–|—+|~|～|至|到|起至)';
const RANGE = new RegExp(`^[自从]?(?:${SEPARATED}|${JOINED})起?${BETWEEN}(?:${SEPARATED}|${JOINED})[止前]?$`);

/** Half width, without blanks and without a time of day. */
function dateText(text: string): string {
  return compact(toHalfWidth(text).replace(TIME_OF_DAY, ''));
}

function written(parts: readonly (string | undefined)[], at: number): WrittenDate | null {
  const [year, month, day] = parts.slice(at, at + 3);
  if (year === undefined || month === undefined) return null;
  return { year: Number(year), month: Number(month), dayOfMonth: day === undefined ? null : Number(day) };
}

/** Null when the text is no date at all; whether the day exists is checked by `existingDay`. */
function parseWrittenDate(plain: string): WrittenDate | null {
  const month = MONTH_JOINED.exec(plain);
  if (month) return written([...month, undefined], 1);
  const match = SINGLE.exec(plain);
  return match ? (written(match, 1) ?? written(match, 4)) : null;
}

function lastDayOf(year: number, month: number): Day | null {
  const nextFirst = month === 12 ? makeDay(year + 1, 1, 1) : makeDay(year, month + 1, 1);
  return nextFirst === null ? null : addDays(nextFirst, -1);
}

/** The day a written date stands for; refuses days that do not exist (2023-02-30) and years out of 1900–2100. */
function existingDay(date: WrittenDate, given: string, monthMeans: MonthMeans): Parsed<Day> {
  if (date.year < MIN_YEAR || date.year > MAX_YEAR) {
    const reason = `${quoted(given)}的年份不在 ${MIN_YEAR}–${MAX_YEAR} 之间`;
    return unreadable('DATE_OUT_OF_RANGE', reason, '请核对年份');
  }
  if (date.dayOfMonth === null && monthMeans === 'refused') {
    return unreadable('DATE_WITHOUT_DAY', `${quoted(given)}只到月份，这里需要具体到日`, FIX_DATE);
  }
  const first = makeDay(date.year, date.month, date.dayOfMonth ?? 1);
  const day =
    first !== null && date.dayOfMonth === null && monthMeans === 'last_day'
      ? lastDayOf(date.year, date.month)
      : first;
  return day === null
    ? unreadable('DATE_NOT_EXISTING', `${quoted(given)}不是存在的日期`, '请核对月和日')
    : read(day);
}

function dayOfSerial(serial: number, given: string): Parsed<Day> {
  const whole = Math.floor(serial);
  return whole >= MIN_DATE_SERIAL && whole <= MAX_DATE_SERIAL
    ? read(addDays(SERIAL_ZERO, whole))
    : malformed(given);
}

function isPlainSerial(value: number): boolean {
  return Number.isInteger(value) && value >= MIN_PLAIN_SERIAL && value <= MAX_PLAIN_SERIAL;
}

function malformed(given: string): Parsed<never> {
  if (TWO_DIGIT_YEAR.test(compact(given))) {
    const reason = `${quoted(given)}的年份只有两位`;
    return unreadable('DATE_TWO_DIGIT_YEAR', reason, '年份请写四位，如 2022-11-01');
  }
  return unreadable('DATE_MALFORMED', `${quoted(given)}不是日期`, FIX_DATE);
}

/** `2021.10` typed into a number cell is stored and shown as `2021.1`: nobody can tell it from January. */
function ambiguousMonth(given: string): Parsed<never> {
  const year = given.slice(0, 4);
  return unreadable(
    'DATE_MONTH_AMBIGUOUS',
    `${quoted(given)}分不清是 1 月还是 10 月（Excel 会把 ${given}0 存成 ${given}）`,
    `把单元格设为「文本」格式，写成 ${year}-01 或 ${year}-10`,
  );
}

/** @param plain the date without the words around it @param given the cell's text, for messages */
function dayFrom(plain: string, given: string, cell: Cell, monthMeans: MonthMeans): Parsed<Day> {
  if (cell.kind === 'date') return dayOfSerial(cell.value ?? Number.NaN, given);
  if (cell.kind === 'number' && /^\d{4}\.1$/.test(plain)) return ambiguousMonth(plain);
  const serial = /^\d{5}$/.test(plain) ? Number(plain) : Number.NaN;
  if (isPlainSerial(serial)) return dayOfSerial(serial, given);
  const date = parseWrittenDate(plain);
  return date === null ? malformed(given) : existingDay(date, given, monthMeans);
}

/** A calendar day in any of the forms offices write: 2022-11-1, 2022.11.1, 2022/11/01, 2022年11月1日, 20221101, Excel
 *  date cells and serial numbers.
 *  @param monthMeans what `2021.3` stands for */
export function dayReader(monthMeans: MonthMeans = 'refused'): CellReader<Day> {
  return cellReader((text, cell) => dayFrom(dateText(text), text, cell, monthMeans));
}

/** A month as `YYYY-MM`; a full date is taken down to its month. */
export const readMonth: CellReader<string> = cellReader((text, cell) => {
  const day = dayFrom(dateText(text), text, cell, 'first_day');
  return day.ok ? read(day.value.slice(0, 7)) : day;
});

export interface DayRange {
  /** Null when only the end is written. */
  readonly from: Day | null;
  readonly until: Day;
}

/** A range in one cell, `2022.11.1-2027.10.31`, or its end alone (`至2027年10月31日`, a date cell). Months count
 *  from their first and to their last day. Refuses an end before its beginning. */
export const readDayRange: CellReader<DayRange> = cellReader((text, cell) => {
  const plain = dateText(text);
  const match = RANGE.exec(plain);
  if (match) return parseRange(match, text);
  const endOnly = plain.replace(/^(?:有效期)?[至到]/, '').replace(/[止前]$/, '');
  const until = dayFrom(endOnly, text, cell, 'last_day');
  return until.ok ? read({ from: null, until: until.value }) : until;
});

function parseRange(match: RegExpExecArray, given: string): Parsed<DayRange> {
  const begin = written(match, 1) ?? written(match, 4);
  const end = written(match, 7) ?? written(match, 10);
  if (begin === null || end === null) return malformed(given);
  const from = existingDay(begin, given, 'first_day');
  if (!from.ok) return from;
  const until = existingDay(end, given, 'last_day');
  if (!until.ok) return until;
  if (until.value < from.value) {
    return unreadable('RANGE_REVERSED', `${quoted(given)}的结束日期早于开始日期`, '请核对两个日期');
  }
  return read({ from: from.value, until: until.value });
}
