import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, yearOf } from '#app/platform/time/day.ts';

/** 已启动 → 公示（或签字表）→ 单位已确认 → 已封账; sent back by the bureau: 公示 again. */
export const CLOSING_STATES = ['opened', 'published', 'confirmed', 'frozen'] as const;
export type ClosingState = (typeof CLOSING_STATES)[number];

/** How people get to see their figures: on the notice board, or by signing the list (domain.md §11.4). */
export const CLOSING_WAYS = ['notice', 'signed_sheet'] as const;
export type ClosingWay = (typeof CLOSING_WAYS)[number];

/** What happens with a closing; its history. */
export const EVENT_KINDS = [
  'opened',
  'published',
  'sheet_attached',
  'objected',
  'answered',
  'confirmed',
  'returned',
  'frozen',
] as const;
export type ClosingEventKind = (typeof EVENT_KINDS)[number];

export const EVENT_WORDS: Readonly<Record<ClosingEventKind, string>> = {
  opened: '启动年度确认',
  published: '公示名单',
  sheet_attached: '上传签字表',
  objected: '提出异议',
  answered: '答复异议',
  confirmed: '单位确认',
  returned: '退回单位',
  frozen: '封账',
};

/** The closing of one unit's year. */
export interface Closing {
  readonly id: string;
  readonly unitId: string;
  readonly year: number;
  readonly state: ClosingState;
  /** By this day the bureau wants it frozen. */
  readonly dueDay: Day;
  /** How often the list was put up or signed. */
  readonly round: number;
  readonly way: ClosingWay | null;
  readonly publishedDay: Day | null;
  /** Last day for objections; null with a signed sheet, where they may come until the unit confirms. */
  readonly objectionsUntilDay: Day | null;
  readonly openedBy: string;
  readonly confirmedBy: string | null;
  readonly confirmedAt: Date | null;
  readonly frozenAt: Date | null;
  readonly version: number;
}

/** Years before this one are over for good: whoever closes them has mistyped. */
const OLDEST_YEARS_BACK = 5;

/** The last day for closing a year (domain.md §4.2 case 14; a regional value). @param dueDays 31 = 31 January */
export function closingDueDay(year: number, dueDays: number): Day {
  return addDays(`${year}-12-31`, dueDays);
}

/** A year is closed after it is over: from 1 January on. */
export function decideOpening(year: number, today: Day): Outcome<null, 'YEAR_NOT_OVER' | 'YEAR_TOO_OLD'> {
  const thisYear = yearOf(today);
  if (year >= thisYear) return refused('YEAR_NOT_OVER', { year });
  return year < thisYear - OLDEST_YEARS_BACK ? refused('YEAR_TOO_OLD', { year }) : done(null);
}

export type PublishRefusal = 'CLOSING_CONFIRMED' | 'YEAR_FROZEN' | 'NOBODY_ON_LIST';

/** Putting up the list, or putting it up anew after a correction: until the unit has confirmed. */
export function decidePublication(
  closing: Pick<Closing, 'state'>,
  people: number,
): Outcome<null, PublishRefusal> {
  if (closing.state === 'frozen') return refused('YEAR_FROZEN');
  if (closing.state === 'confirmed') return refused('CLOSING_CONFIRMED');
  return people === 0 ? refused('NOBODY_ON_LIST') : done(null);
}

/** True while somebody on the list may object. */
export function takesObjections(closing: Pick<Closing, 'state' | 'objectionsUntilDay'>, today: Day): boolean {
  if (closing.state !== 'published') return false;
  return closing.objectionsUntilDay === null || today <= closing.objectionsUntilDay;
}

/** What stands between a published list and its confirmation. */
export interface ConfirmFacts {
  readonly today: Day;
  readonly openObjections: number;
  /** Scans of the signed list in this round. */
  readonly sheets: number;
  /** People who are worse off than on the list they saw, or were not on it. */
  readonly fallen: number;
}

export type ConfirmRefusal =
  | 'NOT_PUBLISHED'
  | 'CLOSING_CONFIRMED'
  | 'YEAR_FROZEN'
  | 'NOTICE_RUNS'
  | 'OBJECTIONS_OPEN'
  | 'SHEET_MISSING'
  | 'LIST_FELL';

/**
 * The unit confirms when the notice period is over (逾期视为无异议, domain.md §11.4) or the list is signed, every
 * objection has its answer, and nobody is worse off than on the list that was shown: silence is assent only to what one saw.
 */
export function decideConfirmation(closing: Closing, facts: ConfirmFacts): Outcome<null, ConfirmRefusal> {
  if (closing.state === 'frozen') return refused('YEAR_FROZEN');
  if (closing.state === 'confirmed') return refused('CLOSING_CONFIRMED');
  if (closing.state === 'opened') return refused('NOT_PUBLISHED');
  if (facts.openObjections > 0) return refused('OBJECTIONS_OPEN', { count: facts.openObjections });
  if (closing.way === 'signed_sheet' && facts.sheets === 0) return refused('SHEET_MISSING');
  const until = closing.objectionsUntilDay;
  if (until !== null && facts.today <= until) return refused('NOTICE_RUNS', { until });
  return facts.fallen > 0 ? refused('LIST_FELL', { count: facts.fallen }) : done(null);
}

export type FreezeRefusal = 'NOT_CONFIRMED' | 'YEAR_FROZEN' | 'CONFIRMER_IS_ACTOR' | 'LIST_FELL';

/** The bureau freezes what the unit has confirmed; never the same person twice (design invariant 11). */
export function decideFreezing(
  closing: Closing,
  { actorId, fallen }: { readonly actorId: string; readonly fallen: number },
): Outcome<null, FreezeRefusal> {
  if (closing.state === 'frozen') return refused('YEAR_FROZEN');
  if (closing.state !== 'confirmed') return refused('NOT_CONFIRMED');
  if (closing.confirmedBy === actorId) return refused('CONFIRMER_IS_ACTOR');
  return fallen > 0 ? refused('LIST_FELL', { count: fallen }) : done(null);
}

/** Sent back to the unit with a reason: it puts the list up once more or confirms again. */
export function decideReturn(
  closing: Pick<Closing, 'state'>,
): Outcome<null, 'NOT_CONFIRMED' | 'YEAR_FROZEN'> {
  if (closing.state === 'frozen') return refused('YEAR_FROZEN');
  return closing.state === 'confirmed' ? done(null) : refused('NOT_CONFIRMED');
}

/** How a unit stands on the bureau's board: what has to happen next, and by whom. */
export const STANDINGS = [
  'not_published',
  'notice',
  'objected',
  'to_confirm',
  'to_freeze',
  'frozen',
] as const;
export type Standing = (typeof STANDINGS)[number];

export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  not_published: '未公示',
  notice: '公示中',
  objected: '有异议',
  to_confirm: '待单位确认',
  to_freeze: '待封账',
  frozen: '已封账',
};

/** @param closing null when nobody has begun */
export function standingOf(
  closing: Pick<Closing, 'state' | 'way' | 'objectionsUntilDay'> | null,
  openObjections: number,
  today: Day,
): Standing {
  if (closing === null || closing.state === 'opened') return 'not_published';
  if (closing.state === 'frozen') return 'frozen';
  if (closing.state === 'confirmed') return 'to_freeze';
  if (openObjections > 0) return 'objected';
  const until = closing.objectionsUntilDay;
  return until !== null && today <= until ? 'notice' : 'to_confirm';
}
