import type { Day } from '#app/platform/time/day.ts';
import { formatDay, weekdayOf } from '#app/platform/time/day.ts';
import type { WorkdayKind } from '../workday.ts';

export const KIND_LABELS: Readonly<Record<WorkdayKind, string>> = { holiday: '休', workday: '班' };

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'] as const;

/** 2026年10月1日（周四） */
export function dayWithWeekday(day: Day): string {
  return `${formatDay(day)}（周${WEEKDAYS[weekdayOf(day)] ?? ''}）`;
}
