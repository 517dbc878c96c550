import type { Day } from '#app/platform/time/day.ts';
import { formatDay } from '#app/platform/time/day.ts';

export interface ReminderFacts {
  readonly title: string;
  readonly dueDay: Day;
  readonly today: Day;
  /** Whole address that also works when opened from a chat app. */
  readonly url: string;
  readonly total: number;
  /** Names of the units that still owe an answer. */
  readonly owing: readonly string[];
}

/** Names in one message; a chat app cuts longer texts. */
const MOST_NAMES = 100;

/** What is pasted into the work group: text, link, and who has not answered. */
export function reminderText({ title, dueDay, today, url, total, owing }: ReminderFacts): string {
  const answered = total - owing.length;
  const when = today > dueDay ? `截止日期${formatDay(dueDay)}，现已逾期` : `请于${formatDay(dueDay)}前完成`;
  const named = owing.slice(0, MOST_NAMES).join('、');
  const rest = owing.length > MOST_NAMES ? `等${owing.length}个单位` : '';
  const lines = [`【${title}】${when}。已报${answered}个，未报${owing.length}个（共${total}个）。`];
  if (owing.length > 0) lines.push(`尚未填报：${named}${rest}。`);
  return [...lines, `填报地址：${url}`].join('\n');
}
