import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  dayOf,
  daysBetween,
  endOfDay,
  formatDay,
  formatDays,
  formatFullRange,
  formatRange,
  makeDay,
  parseDay,
  parseLocalInstant,
  startOfDay,
  toLocalInput,
} from '#app/platform/time/day.ts';

const anyDay = fc
  .date({ min: new Date('1950-01-01T00:00:00Z'), max: new Date('2090-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => dayOf(date));

describe('days in Asia/Shanghai', () => {
  it.each([
    ['2026-11-21T15:59:59.999Z', '2026-11-21'],
    ['2026-11-21T16:00:00.000Z', '2026-11-22'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
  ])('%s falls on %s', (instant, day) => {
    expect(dayOf(new Date(instant))).toBe(day);
  });

  it.each(['2023-02-30', '2023-13-01', '2023-00-10', '2023-04-31', '23-01-01', '2023/01/01', ''])(
    'refuses %j',
    (text) => {
      expect(parseDay(text)).toBeNull();
    },
  );

  it('knows leap days', () => {
    expect(makeDay(2024, 2, 29)).toBe('2024-02-29');
    expect(makeDay(2026, 2, 29)).toBeNull();
  });

  it('clamps to the last day of a shorter month', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2023-11-30', 3)).toBe('2024-02-29');
    expect(addMonths('2026-03-15', -12)).toBe('2025-03-15');
  });

  it('adds and counts days as inverse operations, and a day is 24 hours between its ends', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -20_000, max: 20_000 }), (day, days) => {
        expect(daysBetween(day, addDays(day, days))).toBe(days);
        expect(endOfDay(day).getTime() - startOfDay(day).getTime()).toBe(86_400_000);
        expect(dayOf(startOfDay(day))).toBe(day);
        expect(dayOf(new Date(endOfDay(day).getTime() - 1))).toBe(day);
      }),
    );
  });

  it('writes days and ranges as officials do', () => {
    expect(formatDay('2026-11-05')).toBe('2026年11月5日');
    expect(formatRange(new Date('2026-11-21T01:00:00Z'), new Date('2026-11-21T03:30:00Z'))).toBe(
      '11月21日 09:00–11:30',
    );
    expect(formatRange(new Date('2026-12-31T01:00:00Z'), new Date('2027-01-01T03:30:00Z'))).toBe(
      '12月31日 09:00–1月1日 11:30',
    );
    expect(formatRange(new Date('2026-11-20T16:00:00Z'), new Date('2056-11-13T16:00:00Z'))).toBe(
      '2026年11月21日 00:00–2056年11月14日 00:00',
    );
    expect(formatFullRange(new Date('2026-11-21T01:00:00Z'), new Date('2026-11-21T03:30:00Z'))).toBe(
      '2026年11月21日 09:00–11:30',
    );
    expect(formatFullRange(new Date('2026-12-31T01:00:00Z'), new Date('2027-01-01T03:30:00Z'))).toBe(
      '2026年12月31日 09:00至2027年1月1日 11:30',
    );
  });

  it.each([
    ['2026-03-02', '2026-03-02', '2026年3月2日'],
    ['2026-03-02', '2026-03-04', '2026年3月2日至4日'],
    ['2026-03-30', '2026-04-02', '2026年3月30日至4月2日'],
    ['2026-12-30', '2027-01-02', '2026年12月30日至2027年1月2日'],
    ['2026-03-02', '2027-03-04', '2026年3月2日至2027年3月4日'],
  ])('writes the days from %s to %s once: %s', (from, to, text) => {
    expect(formatDays(from, to)).toBe(text);
  });

  it('reads local form values as Shanghai time and gives them back', () => {
    expect(parseLocalInstant('2026-11-21T09:00')?.toISOString()).toBe('2026-11-21T01:00:00.000Z');
    expect(parseLocalInstant('2026-02-30T09:00')).toBeNull();
    expect(parseLocalInstant('2026-11-21T24:00')).toBeNull();
    expect(toLocalInput(new Date('2026-11-21T01:00:00Z'))).toBe('2026-11-21T09:00');
  });
});
