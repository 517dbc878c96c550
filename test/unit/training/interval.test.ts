import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Interval } from '#app/training/ledger/interval.ts';
import {
  intersect,
  intervalOf,
  measureSeconds,
  secondOf,
  secondsByDay,
  splitByDay,
  subtract,
  takeFirst,
  union,
} from '#app/training/ledger/interval.ts';

/** Small numbers, so that stretches meet, touch and cover each other often. */
const stretch = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }))
  .map(([from, length]): Interval => ({ from, to: from + length }));
const set = fc.array(stretch, { maxLength: 12 });

const seconds = (intervals: readonly Interval[]): Set<number> =>
  new Set(
    intervals.flatMap((part) => Array.from({ length: part.to - part.from }, (_, index) => part.from + index)),
  );

describe('stretches of time', () => {
  it('a union counts every second once', () => {
    fc.assert(
      fc.property(set, (intervals) => {
        expect(measureSeconds(union(intervals))).toBe(seconds(intervals).size);
      }),
    );
  });

  it('a union does not care about order or repetition', () => {
    fc.assert(
      fc.property(set, (intervals) => {
        expect(union([...intervals].reverse().concat(intervals))).toEqual(union(intervals));
      }),
    );
  });

  it('what is taken away and what is common make the whole again', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        const rest = subtract(a, b);
        const common = intersect(a, b);
        expect(measureSeconds(rest) + measureSeconds(common)).toBe(measureSeconds(union(a)));
        const other = seconds(b);
        expect([...seconds(rest)].some((second) => other.has(second))).toBe(false);
        expect([...seconds(common)].every((second) => other.has(second))).toBe(true);
      }),
    );
  });

  it('the first n seconds are the earliest n, or all there are', () => {
    fc.assert(
      fc.property(set, fc.integer({ min: 0, max: 100 }), (intervals, limit) => {
        const all = [...seconds(intervals)].sort((a, b) => a - b);
        const taken = [...seconds(takeFirst(intervals, limit))].sort((a, b) => a - b);
        expect(taken).toEqual(all.slice(0, limit));
      }),
    );
  });

  it('is cut at midnight in Shanghai, and so at New Year', () => {
    const night = intervalOf(new Date('2026-12-31T15:50:00Z'), new Date('2026-12-31T16:20:00Z'));
    expect(splitByDay(night).map(({ day, part }) => [day, part.to - part.from])).toEqual([
      ['2026-12-31', 600],
      ['2027-01-01', 1200],
    ]);
    expect([...secondsByDay([night])]).toEqual([
      ['2026-12-31', 600],
      ['2027-01-01', 1200],
    ]);
  });

  it('a stretch that ends at midnight lies in one day', () => {
    const evening = intervalOf(new Date('2026-11-23T15:00:00Z'), new Date('2026-11-23T16:00:00Z'));
    expect(splitByDay(evening).map(({ day }) => day)).toEqual(['2026-11-23']);
  });

  it('cutting by day loses and adds nothing', () => {
    const start = secondOf(new Date('2026-12-30T12:00:00Z'));
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200_000 }),
        fc.integer({ min: 1, max: 200_000 }),
        (at, length) => {
          const whole = { from: start + at, to: start + at + length };
          const pieces = splitByDay(whole).map(({ part }) => part);
          expect(union(pieces)).toEqual([whole]);
          expect(measureSeconds(pieces)).toBe(length);
        },
      ),
    );
  });

  it('instants are cut down to their second', () => {
    expect(secondOf(new Date('2026-11-23T01:00:00.999Z'))).toBe(
      secondOf(new Date('2026-11-23T01:00:00.000Z')),
    );
  });
});
