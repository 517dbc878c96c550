import type { Day } from '#app/platform/time/day.ts';
import { addDays, dayOf, formatDay } from '#app/platform/time/day.ts';

/** Consecutive items of one day; the order within and between days is that of the list. */
export interface DayGroup<T> {
  readonly day: Day;
  readonly items: readonly T[];
}

/** Groups a list that is sorted by time into days of Shanghai. */
export function groupByDay<T extends { readonly sentAt: Date }>(items: readonly T[]): DayGroup<T>[] {
  const groups: { day: Day; items: T[] }[] = [];
  for (const item of items) {
    const day = dayOf(item.sentAt);
    const last = groups.at(-1);
    if (last?.day === day) last.items.push(item);
    else groups.push({ day, items: [item] });
  }
  return groups;
}

/** 今天, 昨天, else the date. */
export function dayHeading(day: Day, today: Day): string {
  if (day === today) return `今天（${formatDay(day)}）`;
  if (day === addDays(today, -1)) return `昨天（${formatDay(day)}）`;
  return formatDay(day);
}
