import type { Day } from '#app/platform/time/day.ts';
import { dayOf, endOfDay } from '#app/platform/time/day.ts';

/**
 * A stretch of time in whole epoch seconds, `from` included, `to` excluded. Whole seconds, so that neighbouring
 * stretches join without a gap and sums are exact integers.
 */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** The whole second in which an instant lies. */
export function secondOf(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}

export function instantOf(second: number): Date {
  return new Date(second * 1000);
}

export function intervalOf(from: Date, to: Date): Interval {
  return { from: secondOf(from), to: secondOf(to) };
}

/** Seconds in a set of stretches that do not overlap, as `union`, `intersect` and `subtract` return them. */
export function measureSeconds(disjoint: readonly Interval[]): number {
  return disjoint.reduce((sum, part) => sum + (part.to - part.from), 0);
}

/** The same moments as disjoint stretches in order; touching ones are joined, empty ones dropped. */
export function union(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter((part) => part.to > part.from).sort((a, b) => a.from - b.from);
  const joined: { from: number; to: number }[] = [];
  for (const part of sorted) {
    const last = joined[joined.length - 1];
    if (last && part.from <= last.to) last.to = Math.max(last.to, part.to);
    else joined.push({ from: part.from, to: part.to });
  }
  return joined;
}

/** Moments that lie in both sets. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const left = union(a);
  const right = union(b);
  return left.flatMap((one) =>
    right
      .map((other) => ({ from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) }))
      .filter((part) => part.to > part.from),
  );
}

/** Moments of `a` that do not lie in `b`. */
export function subtract(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  let rest = union(a);
  for (const cut of union(b)) {
    rest = rest.flatMap((part) =>
      [
        { from: part.from, to: Math.min(part.to, cut.from) },
        { from: Math.max(part.from, cut.to), to: part.to },
      ].filter((piece) => piece.to > piece.from),
    );
  }
  return rest;
}

/** The first `seconds` of a set, in the order of time. @param seconds integer ≥ 0 */
export function takeFirst(intervals: readonly Interval[], seconds: number): Interval[] {
  let left = seconds;
  const taken: Interval[] = [];
  for (const part of union(intervals)) {
    if (left <= 0) break;
    const to = Math.min(part.to, part.from + left);
    taken.push({ from: part.from, to });
    left -= to - part.from;
  }
  return taken;
}

/** The first second of the day after the one in which `second` lies, in Shanghai. */
export function nextMidnight(second: number): number {
  return secondOf(endOfDay(dayOf(instantOf(second))));
}

/** Cuts a stretch at every Shanghai midnight inside it: each piece belongs to one day (and so to one year). */
export function splitByDay(interval: Interval): { day: Day; part: Interval }[] {
  const pieces: { day: Day; part: Interval }[] = [];
  for (let from = interval.from; from < interval.to;) {
    const to = Math.min(interval.to, nextMidnight(from));
    pieces.push({ day: dayOf(instantOf(from)), part: { from, to } });
    from = to;
  }
  return pieces;
}

/** Seconds of a set on each Shanghai day, days in order. */
export function secondsByDay(intervals: readonly Interval[]): Map<Day, number> {
  const sums = new Map<Day, number>();
  for (const { day, part } of union(intervals).flatMap(splitByDay))
    sums.set(day, (sums.get(day) ?? 0) + (part.to - part.from));
  return sums;
}
