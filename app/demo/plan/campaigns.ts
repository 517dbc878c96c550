import type { Day } from '#app/platform/time/day.ts';

/** How far a unit is in the campaign that is under way on the seed day. */
export type CampaignPart = 'waiting' | 'unchanged' | 'accepted' | 'changed' | 'returned';

/**
 * The part of each unit in the open campaign, by its place in the list: about two in five still owe an answer, most
 * others say nothing is different, a few have changes, fewer were sent back.
 */
export function planPart(index: number): CampaignPart {
  const of = (index * 37) % 100;
  if (of < 38) return 'waiting';
  if (of < 41) return 'returned';
  if (of < 46) return 'changed';
  return of < 80 ? 'accepted' : 'unchanged';
}

/** Units of the named accounts always have something to do. */
export function partOf(index: number, isOnStage: boolean): CampaignPart {
  return isOnStage ? 'waiting' : planPart(index);
}

/** When the confirmation of a year runs, told from the day of its announcement. */
export interface PastYear {
  readonly year: number;
  readonly issuedDay: Day;
  readonly dueDay: Day;
  readonly announcedDay: Day;
}

export function pastConfirmation(year: number): PastYear {
  return {
    year,
    issuedDay: `${year}-02-24`,
    dueDay: `${year}-03-10`,
    announcedDay: `${year}-03-20`,
  };
}
