import { formatDay, weekdayOf } from '#app/platform/time/day.ts';
import { parseDateText } from './date-text.ts';

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'] as const;

/** `20261121` → `2026年11月21日 星期六`; empty while the text is no day yet. */
export function describeDateText(text: string): string {
  const day = parseDateText(text);
  if (day === null) return '';
  const weekday = WEEKDAYS[weekdayOf(day)] ?? '';
  return `${formatDay(day)} 星期${weekday}`;
}
