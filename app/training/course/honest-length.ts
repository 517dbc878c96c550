/** Reading speed that nominal lengths are measured by (issue "Learning that counts"). */
export const CHARACTERS_PER_MINUTE = 300;
export const MINUTES_PER_CHECK = 1;
const LEAST_SHARE = 0.7;
const MOST_SHARE = 1.5;

export interface LessonLength {
  /** Chinese characters of text and questions. */
  readonly characters: number;
  readonly checks: number;
  readonly mediaMinutes: number;
  readonly nominalMinutes: number;
}

/** Minutes that text, questions and media justify. Not rounded. */
export function justifiedMinutes(length: Omit<LessonLength, 'nominalMinutes'>): number {
  return length.characters / CHARACTERS_PER_MINUTE + length.checks * MINUTES_PER_CHECK + length.mediaMinutes;
}

/** A lesson may state 0.7 to 1.5 times what it justifies: hours are not to be had for a long number. */
export function isHonestLength(length: LessonLength): boolean {
  const justified = justifiedMinutes(length);
  return length.nominalMinutes >= justified * LEAST_SHARE && length.nominalMinutes <= justified * MOST_SHARE;
}
