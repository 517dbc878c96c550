import { hash } from 'node:crypto';
import type { Id } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import { startOfDay } from '#app/platform/time/day.ts';

/** Ids of things without a day of their own carry this one. */
const NO_DAY: Day = '2020-01-01';

const times = new Map<Day, string>();

/** The first 48 bits of an id: the day's first instant, in hexadecimal. The days of a history are few. */
function timePart(day: Day): string {
  const known = times.get(day);
  if (known !== undefined) return known;
  const time = startOfDay(day).getTime().toString(16).padStart(12, '0');
  const part = `${time.slice(0, 8)}-${time.slice(8)}`;
  times.set(day, part);
  return part;
}

/**
 * The id of an invented thing: the same label and day always give the same id, so a seed that was cut short and runs
 * again writes nothing twice. Shaped as UUIDv7, with the day as its time, so that history lies in order in the index.
 */
export function demoId<K extends string = string>(label: string, day: Day = NO_DAY): Id<K> {
  const digest = hash('sha256', `zhifa-demo\n${label}`, 'hex');
  const variant = (8 + (Number.parseInt(digest.charAt(3), 16) & 3)).toString(16);
  return `${timePart(day)}-7${digest.slice(0, 3)}-${variant}${digest.slice(4, 7)}-${digest.slice(7, 19)}`;
}
