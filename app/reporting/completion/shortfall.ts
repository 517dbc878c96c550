import { formatMissingHours } from '#app/platform/ui/text/format.ts';

export interface Owing {
  readonly ownTargetSeconds: number;
  readonly totalSeconds: number;
  readonly isKey: boolean;
  readonly isKeyMet: boolean;
  readonly keyTargetSeconds: number;
  readonly specialisedLawSeconds: number;
  readonly isMet: boolean;
}

/** What an officer still owes, in words; null when nothing. */
export function shortfallText(person: Owing): string | null {
  const parts: string[] = [];
  const hours = person.ownTargetSeconds - person.totalSeconds;
  if (hours > 0) parts.push(`差 ${formatMissingHours(hours)}`);
  if (hours <= 0 && !person.isMet) parts.push('必修课程未完成');
  const special = person.keyTargetSeconds - person.specialisedLawSeconds;
  if (person.isKey && !person.isKeyMet) parts.push(`专业法律差 ${formatMissingHours(special)}`);
  return parts.length === 0 ? null : parts.join('，');
}
