import { toHalfWidth } from '#app/platform/import/values/width.ts';
import type { Day } from '#app/platform/time/day.ts';

/** What two papers about one training write differently: width, case, blanks, quotes, dashes, brackets. */
const plain = (text: string): string =>
  toHalfWidth(text)
    .toLowerCase()
    .replace(/[\s"'“”‘’「」『』《》〈〉()[\]【】·,，.。、:：;；—–_-]/gu, '');

/** One training of one person: person + first day + title + organiser (domain.md §4.2 case 16). */
export interface TrainingIdentity {
  readonly personId: string;
  readonly day: Day;
  readonly title: string;
  readonly organiser: string;
}

/** The same for claims and for imported ledgers, so that one finds what the other has recorded. */
export function duplicateKey({ personId, day, title, organiser }: TrainingIdentity): string {
  return [personId, day, plain(title), plain(organiser)].join('|');
}

/** Key of an imported training in the ledger. @param part 0 for the first calendar year it touches, 1 for the next … */
export function importEntryKey(key: string, part: number): string {
  return part === 0 ? `import:${key}` : `import:${key}|${part}`;
}
