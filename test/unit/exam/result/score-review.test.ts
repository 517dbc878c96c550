import { describe, expect, it } from 'vitest';
import { isReviewOpen, outcomeOf, outcomeText, reviewUntil } from '#app/exam/result/review/review.ts';
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

  it.each([
    [{ askedScoreHundredths: 5_900, latestScoreHundredths: 5_900, latestIsVoid: false }, '维持原成绩'],
    [{ askedScoreHundredths: 5_900, latestScoreHundredths: 6_100, latestIsVoid: false }, '成绩已更正'],
    [{ askedScoreHundredths: 5_900, latestScoreHundredths: 0, latestIsVoid: true }, '成绩无效'],
    // Nothing was earned before, and nothing is left of it now.
    [{ askedScoreHundredths: 0, latestScoreHundredths: 0, latestIsVoid: true }, '成绩无效'],
  ])('is answered as the record says: %j is %s', (record, text) => {
    expect(outcomeText(outcomeOf(record), record.latestIsVoid)).toBe(text);
  });
});
