import type { Day } from '#app/platform/time/day.ts';
import { addDays, daysBetween, parseDay } from '#app/platform/time/day.ts';
import type { WorkdayKind } from './workday.ts';

/** A notice of one year names about fifty days; more lines than this are no calendar. */
export const MAX_LINES = 400;
/** The longest holiday is far shorter; a longer range has a wrong end. */
const MAX_RANGE_DAYS = 20;
export const MAX_NAME_CHARACTERS = 20;

export interface WorkdayEntry {
  readonly day: Day;
  readonly kind: WorkdayKind;
  readonly name: string;
  /** Written as part of a range: a holiday of several days spans weekends by nature. */
  readonly isOfRange: boolean;
  /** Line of the text, from 1. */
  readonly lineNumber: number;
}

export interface LineProblem {
  readonly lineNumber: number;
  readonly text: string;
  readonly reason: string;
  readonly fix: string;
}

export interface ReadLines {
  /** In the order of the text; a range is one entry per day. */
  readonly entries: readonly WorkdayEntry[];
  readonly problems: readonly LineProblem[];
}

const KIND_WORDS: ReadonlyMap<string, WorkdayKind> = new Map([
  ['休', 'holiday'],
  ['休息', 'holiday'],
  ['放假', 'holiday'],
  ['假', 'holiday'],
  ['调休', 'holiday'],
  ['班', 'workday'],
  ['上班', 'workday'],
  ['补班', 'workday'],
]);

const DAY_TEXT = '(\\d{4})[-./年](\\d{1,2})[-./月](\\d{1,2})日?';
const LINE = new RegExp(
  `^${DAY_TEXT}(?:\\s*(?:至|到|~|～|—+|–)\\s*${DAY_TEXT})?[\\s,，、;；]+(\\S+?)(?:[\\s,，;；]+(.*))?$`,
);
const FIX_LINE = '请写成“2026-10-01 休 国庆节”或“2026-10-10 班 国庆节调休”，一行一天或一段';

/** Full-width digits, blanks and dashes of input methods become plain ones. */
function plainText(line: string): string {
  return line
    .normalize('NFKC')
    .replace(/[\u00a0\u3000\t]/g, ' ')
    .trim();
}

function dayOfParts(parts: readonly (string | undefined)[]): Day | null {
  const [year = '', month = '', day = ''] = parts;
  return parseDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}

type LineReading =
  | { readonly ok: true; readonly days: readonly Day[]; readonly kind: WorkdayKind; readonly name: string }
  | { readonly ok: false; readonly reason: string; readonly fix: string };

const unreadable = (reason: string, fix: string): LineReading => ({ ok: false, reason, fix });

function readLine(text: string): LineReading {
  const match = LINE.exec(text);
  if (!match) return unreadable('看不出日期和“休”“班”', FIX_LINE);
  const from = dayOfParts(match.slice(1, 4));
  const to = match[4] === undefined ? from : dayOfParts(match.slice(4, 7));
  if (from === null || to === null) return unreadable('日期不存在', '请对照通知核对月和日');
  const length = daysBetween(from, to);
  if (length < 0) return unreadable('结束日期早于开始日期', '请对照通知核对起止日期');
  if (length >= MAX_RANGE_DAYS)
    return unreadable(`一段超过 ${MAX_RANGE_DAYS} 天`, '请核对结束日期，或分段填写');
  const kind = KIND_WORDS.get(match[7] ?? '');
  if (kind === undefined) return unreadable(`不认识“${match[7] ?? ''}”`, '日期后面请写“休”或“班”');
  const name = (match[8] ?? '').replace(/\s+/g, ' ').trim();
  if (name === '') return unreadable('没有写节日名称', '请在行末写明节日，如“国庆节”“国庆节调休上班”');
  if ([...name].length > MAX_NAME_CHARACTERS)
    return unreadable(`名称超过 ${MAX_NAME_CHARACTERS} 个字`, '请缩短名称');
  return {
    ok: true,
    days: Array.from({ length: length + 1 }, (_, index) => addDays(from, index)),
    kind,
    name,
  };
}

const isNote = (line: string): boolean => line === '' || line.startsWith('#') || line.startsWith('日期');

/**
 * Reads lines as `2026-10-01 休 国庆节` or `2026-10-01至2026-10-07 休 国庆节`; blanks, tabs and commas separate.
 * Blank lines, lines that begin with `#` and a head line are passed over. A day written twice is a problem.
 */
export function readWorkdayLines(text: string): ReadLines {
  const entries: WorkdayEntry[] = [];
  const problems: LineProblem[] = [];
  const firstLineOf = new Map<Day, number>();
  const lines = text.split(/\r\n|\r|\n/).map(plainText);
  lines.forEach((line, index) => {
    const lineNumber = index + 1;
    if (isNote(line)) return;
    const reading = readLine(line);
    if (!reading.ok) {
      problems.push({ lineNumber, text: line.slice(0, 60), reason: reading.reason, fix: reading.fix });
      return;
    }
    for (const day of reading.days) {
      const first = firstLineOf.get(day);
      if (first !== undefined) {
        const reason = `${day} 与第 ${first} 行重复`;
        problems.push({ lineNumber, text: line.slice(0, 60), reason, fix: '同一天只留一行' });
        continue;
      }
      firstLineOf.set(day, lineNumber);
      const { kind, name, days } = reading;
      entries.push({ day, kind, name, isOfRange: days.length > 1, lineNumber });
    }
  });
  if (lines.filter((line) => !isNote(line)).length > MAX_LINES) {
    const reason = `超过 ${MAX_LINES} 行`;
    return {
      entries: [],
      problems: [{ lineNumber: MAX_LINES + 1, text: '', reason, fix: '请按年度分别导入' }],
    };
  }
  return { entries, problems };
}
