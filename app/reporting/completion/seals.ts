import type { Day } from '#app/platform/time/day.ts';
import { formatDay, yearOf } from '#app/platform/time/day.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';

/** A unit of the place whose year is closed. */
export interface SealedUnit {
  readonly unitName: string;
  readonly sealNo: string;
  readonly closedDay: Day;
}

/** 封账 of the units a report is about (domain.md §4.2 case 14): printed on every report of a year that is over. */
export interface ReportSeals {
  readonly year: number;
  /** Units of the place in which somebody is due. */
  readonly units: number;
  /** Those whose year is closed, in the order of their seal numbers. */
  readonly sealed: readonly SealedUnit[];
}

/** Null while the year runs: there is nothing to seal yet. */
export function reportSeals(
  asked: { readonly day: Day; readonly today: Day },
  units: number,
  sealed: readonly SealedUnit[],
): ReportSeals | null {
  const year = yearOf(asked.day);
  return year >= yearOf(asked.today) ? null : { year, units, sealed };
}

const sealWords = (seal: SealedUnit): string => `${seal.sealNo}（${formatDay(seal.closedDay)}封账）`;

/** 「2025年度未封账」, the number where there is one unit, else how many of how many. */
export function sealText({ year, units, sealed }: ReportSeals): string {
  const [first] = sealed;
  if (first === undefined) return `${year}年度尚未封账`;
  if (units === 1) return `${year}年度已封账，封账编号 ${sealWords(first)}`;
  return `${year}年度 ${formatCount(units)} 个单位中 ${formatCount(sealed.length)} 个已封账`;
}
