import { describe, expect, it } from 'vitest';
import { isReviewOpen, outcomeOf, reviewUntil } from '#app/exam/result/review/review.ts';
import type { WorkdayExceptions } from '#app/office/workday/workday.ts';
import { addDays, dayOf } from '#app/platform/time/day.ts';

const day = (text: string) => dayOf(new Date(`${text}T04:00:00.000Z`));
const PLAIN: WorkdayExceptions = new Map();

describe('成绩复核', () => {
  it('can be asked for five 工作日 after publication, weekends and 调休 left out', () => {
    const monday = day('2026-11-23');
    expect(reviewUntil(monday, PLAIN)).toBe(day('2026-11-30'));
    const holiday: WorkdayExceptions = new Map([
      [day('2026-11-26'), 'holiday'],
      [day('2026-11-28'), 'workday'],
    ]);
    expect(reviewUntil(monday, holiday)).toBe(day('2026-11-30'));
    expect(reviewUntil(monday, new Map([[day('2026-11-26'), 'holiday']]))).toBe(day('2026-12-01'));
  });

  it('is open through its last day, and not on the next', () => {
    const until = reviewUntil(day('2026-11-23'), PLAIN);
    expect(isReviewOpen(until, until)).toBe(true);
    expect(isReviewOpen(until, addDays(until, 1))).toBe(false);
  });

  it('is answered as the record says: corrected only where the result has a later version', () => {
    expect(outcomeOf({ resultVersion: 1, latestVersion: 1 })).toBe('upheld');
    expect(outcomeOf({ resultVersion: 1, latestVersion: 2 })).toBe('corrected');
  });
});
