import type { CellReader, Problem } from '#app/platform/import/values/reading.ts';
import { read } from '#app/platform/import/values/reading.ts';
import { dayReader, readDayRange } from '#app/platform/import/values/day.ts';
import type { MaybeCell } from '#app/platform/import/table/cell.ts';
import { textCell, textOf } from '#app/platform/import/table/cell.ts';
import { compact } from '#app/platform/import/values/width.ts';
import type { Day } from '#app/platform/time/day.ts';

/** The days of a training as a ledger writes them. */
export interface TrainingDays {
  readonly from: Day;
  readonly to: Day;
  /** Only the month is written. */
  readonly isMonth: boolean;
}

/** A date cell of a ledger, or a text that is none (in the heads of wide tables title and date trade places). */
export type DayOrText =
  | { readonly is: 'days'; readonly days: TrainingDays }
  | { readonly is: 'text'; readonly text: string; readonly problem: Problem };

const exact = dayReader('refused');
const firstOfMonth = dayReader('first_day');
const lastOfMonth = dayReader('last_day');

/** 「2026.3.5-7」「2026年3月5日至7日」「2026.3.30-4.2」: the end leaves out what it shares with the beginning. */
const SHORT_END =
  /^(\d{4})[./年](\d{1,2})[./月](\d{1,2})日?(?:-|–|—|~|～|至|到)(?:(\d{1,2})[./月])?(\d{1,2})日?$/;

function longRange(text: string): string | null {
  const match = SHORT_END.exec(compact(text));
  if (!match) return null;
  const [, year = '', month = '', day = '', endMonth = month, endDay = ''] = match;
  return `${year}.${month}.${day}-${year}.${endMonth}.${endDay}`;
}

/** Days, a range or a month; null for a blank cell. */
function readDays(cell: MaybeCell): TrainingDays | Problem | null {
  const day = exact(cell);
  if (day.ok) return day.value === null ? null : { from: day.value, to: day.value, isMonth: false };
  if (day.problem.code === 'DATE_WITHOUT_DAY') {
    const [first, last] = [firstOfMonth(cell), lastOfMonth(cell)];
    if (first.ok && first.value !== null && last.ok && last.value !== null)
      return { from: first.value, to: last.value, isMonth: true };
  }
  const long = longRange(textOf(cell));
  const range = readDayRange(long === null ? cell : textCell(long));
  if (range.ok && range.value !== null && range.value.from !== null)
    return { from: range.value.from, to: range.value.until, isMonth: false };
  if (!range.ok && range.problem.code === 'RANGE_REVERSED') return range.problem;
  return day.problem;
}

/** What stands in a date column; a text that is no date is handed on, with why it is none. */
export const readDayOrText: CellReader<DayOrText> = (cell) => {
  const found = readDays(cell);
  if (found === null) return read(null);
  if ('from' in found) return read({ is: 'days', days: found });
  return read({ is: 'text', text: textOf(cell).trim(), problem: found });
};

const INSIDE =
  /\d{4}[./年-]\d{1,2}[./月-]\d{1,2}日?(?:(?:-|–|—|~|～|至|到)(?:\d{4}[./年-])?(?:\d{1,2}[./月])?\d{1,2}日?)?/u;

/** A head such as 「2026.3.5行政处罚法轮训」 taken apart; null when no date stands in it. */
export function daysInTitle(title: string): { readonly days: TrainingDays; readonly title: string } | null {
  const match = INSIDE.exec(title);
  if (!match) return null;
  const found = readDays(textCell(match[0]));
  if (found === null || !('from' in found)) return null;
  const rest = `${title.slice(0, match.index)}${title.slice(match.index + match[0].length)}`
    .replace(/[（(]\s*[)）]/gu, '')
    .replace(/^[\s:：,，、-]+|[\s:：,，、-]+$/gu, '');
  return { days: found, title: rest };
}
