/**
 * Calendar days and displays in Asia/Shanghai (UTC+8, no summer time since 1992; the platform holds no earlier day).
 * A Day is text `YYYY-MM-DD`, so days compare and sort as text. This file is the only place that converts.
 */
export type Day = string & { readonly __day?: true };

export const ZONE = 'Asia/Shanghai';
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const DAY_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** The day on which an instant falls in Shanghai. */
export function dayOf(instant: Date): Day {
  return new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** Reads `YYYY-MM-DD`; null for anything else and for days that do not exist (2023-02-30). */
export function parseDay(text: string): Day | null {
  const match = DAY_PATTERN.exec(text);
  if (!match) return null;
  return makeDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** @param month 1–12. Null for days that do not exist. Years 1900–2999. */
export function makeDay(year: number, month: number, dayOfMonth: number): Day | null {
  if (year < 1900 || year > 2999 || month < 1 || month > 12 || dayOfMonth < 1) return null;
  const date = new Date(Date.UTC(year, month - 1, dayOfMonth));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== dayOfMonth) return null;
  return `${pad(year, 4)}-${pad(month)}-${pad(dayOfMonth)}`;
}

const utcMs = (day: Day): number => Date.parse(`${day}T00:00:00.000Z`);

/** @param days whole days, may be negative */
export function addDays(day: Day, days: number): Day {
  return new Date(utcMs(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Same day of the month `months` later; the last day of a shorter month (01-31 + 1 month = 02-28). */
export function addMonths(day: Day, months: number): Day {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7)) - 1 + months;
  const first = new Date(Date.UTC(year, month, 1));
  const lastOfMonth = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const dayOfMonth = Math.min(Number(day.slice(8, 10)), lastOfMonth);
  return `${pad(first.getUTCFullYear(), 4)}-${pad(first.getUTCMonth() + 1)}-${pad(dayOfMonth)}`;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((utcMs(to) - utcMs(from)) / DAY_MS);
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(day: Day): number {
  return new Date(utcMs(day)).getUTCDay();
}

/** First instant of the day in Shanghai. */
export function startOfDay(day: Day): Date {
  return new Date(utcMs(day) - OFFSET_MS);
}

/** First instant of the following day: the exclusive end of `day`. */
export function endOfDay(day: Day): Date {
  return new Date(utcMs(day) - OFFSET_MS + DAY_MS);
}

/** 2026年11月21日 */
export function formatDay(day: Day): string {
  return `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
}

/** `2026年3月2日`, or a span that says once what both days share: `2026年3月2日至4日`, `2026年3月30日至4月2日`. */
export function formatDays(from: Day, to: Day): string {
  if (from === to) return formatDay(from);
  const end = formatDay(to);
  const shared = from.slice(0, 4) !== to.slice(0, 4) ? '' : from.slice(0, 7) === to.slice(0, 7) ? '月' : '年';
  return `${formatDay(from)}至${shared === '' ? end : end.slice(end.indexOf(shared) + 1)}`;
}

const shanghaiIso = (instant: Date): string => new Date(instant.getTime() + OFFSET_MS).toISOString();

/** 09:00 */
export function formatClock(instant: Date): string {
  return shanghaiIso(instant).slice(11, 16);
}

/** 09:00:05 */
export function formatTime(instant: Date): string {
  return shanghaiIso(instant).slice(11, 19);
}

/** 2026年11月21日 09:00 */
export function formatInstant(instant: Date): string {
  return `${formatDay(dayOf(instant))} ${formatClock(instant)}`;
}

/** 11月21日 09:00–11:30; with both days when the range crosses midnight, with years when it is longer than a year. */
export function formatRange(from: Date, to: Date): string {
  if (to.getTime() - from.getTime() >= 365 * DAY_MS) return `${formatInstant(from)}–${formatInstant(to)}`;
  const short = (instant: Date): string => {
    const day = dayOf(instant);
    return `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
  };
  const start = `${short(from)} ${formatClock(from)}`;
  return dayOf(from) === dayOf(to)
    ? `${start}–${formatClock(to)}`
    : `${start}–${short(to)} ${formatClock(to)}`;
}

/** 2026年11月21日 09:00–11:30; over midnight with both days. For papers, which are read in other years too. */
export function formatFullRange(from: Date, to: Date): string {
  return dayOf(from) === dayOf(to)
    ? `${formatInstant(from)}–${formatClock(to)}`
    : `${formatInstant(from)}至${formatInstant(to)}`;
}

/** Reads the local form value of `<input type="datetime-local">` as Shanghai time; null when it is not one. */
export function parseLocalInstant(text: string): Date | null {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (!match) return null;
  const day = parseDay(match[1] ?? '');
  const [hours, minutes, seconds] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
  if (!day || hours > 23 || minutes > 59 || seconds > 59) return null;
  return new Date(startOfDay(day).getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000);
}

/** 2026-11-21T09:00 in Shanghai, the value of `<input type="datetime-local">`. */
export function toLocalInput(instant: Date): string {
  return shanghaiIso(instant).slice(0, 16);
}
