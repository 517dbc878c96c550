import type { Interval } from '../ledger/interval.ts';
import { intersect } from '../ledger/interval.ts';
import type { UncountedReason } from './study-words.ts';

/** One stretch that was not counted, in whole seconds. */
export interface UncountedStretch extends Interval {
  readonly reason: UncountedReason;
}

export interface UncountedTotal {
  readonly reason: UncountedReason;
  readonly times: number;
  readonly seconds: number;
}

/** Stretches of one reason that touch become one; in order of time. Empty ones are dropped. */
export function joinStretches(stretches: readonly UncountedStretch[]): UncountedStretch[] {
  const joined: UncountedStretch[] = [];
  const sorted = stretches.filter((one) => one.to > one.from).sort((a, b) => a.from - b.from);
  for (const one of sorted) {
    const last = joined.at(-1);
    if (last && last.reason === one.reason && one.from <= last.to)
      joined[joined.length - 1] = { ...last, to: Math.max(last.to, one.to) };
    else joined.push(one);
  }
  return joined;
}

/** Verified study during a class: the class counts, the study does not. */
export function overlapsOf(verified: readonly Interval[], occupied: readonly Interval[]): UncountedStretch[] {
  return intersect(verified, occupied).map((part) => ({ ...part, reason: 'class_overlap' }));
}

/** Per reason how often and how long, the longest first. */
export function totalsOf(stretches: readonly UncountedStretch[]): UncountedTotal[] {
  const totals = new Map<UncountedReason, { times: number; seconds: number }>();
  for (const { reason, from, to } of stretches) {
    const sum = totals.get(reason) ?? { times: 0, seconds: 0 };
    totals.set(reason, { times: sum.times + 1, seconds: sum.seconds + (to - from) });
  }
  return [...totals]
    .map(([reason, sum]) => ({ reason, ...sum }))
    .sort((a, b) => b.seconds - a.seconds || a.reason.localeCompare(b.reason));
}
