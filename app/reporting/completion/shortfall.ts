import { formatHours } from '#app/platform/ui/text/format.ts';

export interface Owing {
  readonly ownTargetSeconds: number;
  readonly totalSeconds: number;
  readonly isKey: boolean;
  readonly isKeyMet: boolean;
  readonly keyTargetSeconds: number;
  readonly specialisedLawSeconds: number;
  readonly isMet: boolean;
}

const CREDIT_HUNDREDTH_SECONDS = 27;

/** What is missing is rounded up to 0.01 学时: whoever earns the figure shown has enough. */
const missing = (seconds: number): string =>
  formatHours(Math.ceil(seconds / CREDIT_HUNDREDTH_SECONDS) * CREDIT_HUNDREDTH_SECONDS);

/** What an officer still owes, in words; null when nothing. */
export function shortfallText(person: Owing): string | null {
  const parts: string[] = [];
  const hours = person.ownTargetSeconds - person.totalSeconds;
  if (hours > 0) parts.push(`差 ${missing(hours)}`);
  if (hours <= 0 && !person.isMet) parts.push('必修课程未完成');
  const special = person.keyTargetSeconds - person.specialisedLawSeconds;
  if (person.isKey && !person.isKeyMet) parts.push(`专业法律差 ${missing(special)}`);
  return parts.length === 0 ? null : parts.join('，');
}
