import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#app/platform/time/day.ts';
import { plannedCredit } from '#app/training/target/forecast.server.ts';
import { daysToYearEnd, dueWarning, forecast } from '#app/training/target/forecast.ts';

const HOUR = 2700;
const facts = {
  day: '2026-06-30',
  fromDay: '2026-01-01',
  doneSeconds: 20 * HOUR,
  selfPacedSeconds: 10 * HOUR,
  plannedSeconds: 8 * HOUR,
};

describe('forecast for 31 December', () => {
  it('keeps up the pace of what is studied alone and adds planned classes', () => {
    const { paceSeconds, totalSeconds } = forecast(facts);
    expect(paceSeconds).toBe(Math.floor((10 * HOUR * 184) / 181));
    expect(totalSeconds).toBe(28 * HOUR + paceSeconds);
  });

  it('a newcomer is measured since the day of coming', () => {
    expect(forecast({ ...facts, fromDay: '2026-06-30' }).paceSeconds).toBe(10 * HOUR * 184);
  });

  it('on 31 December only what is planned is added', () => {
    expect(forecast({ ...facts, day: '2026-12-31' })).toMatchObject({
      paceSeconds: 0,
      totalSeconds: 28 * HOUR,
    });
  });

  it('never falls below what is done, and nothing negative goes on', () => {
    const day = fc.integer({ min: 0, max: 364 }).map((days) => addDays('2026-01-01', days));
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: -9000, max: 900_000 }),
        fc.nat(90_000),
        (on, selfPacedSeconds, plannedSeconds) => {
          const found = forecast({ ...facts, day: on, selfPacedSeconds, plannedSeconds });
          expect(found.totalSeconds).toBeGreaterThanOrEqual(facts.doneSeconds + plannedSeconds);
        },
      ),
    );
  });
});

describe('a planned class', () => {
  const planned = {
    personId: 'p',
    sessionId: 's',
    statedSeconds: 8 * HOUR,
    scheduledSeconds: 100,
    yearSeconds: 25,
  };

  it('counts its stated hours by the part that lies in the year, else its time', () => {
    expect(plannedCredit(planned, 45)).toBe(2 * HOUR);
    expect(plannedCredit({ ...planned, statedSeconds: null, yearSeconds: 5400 }, 45)).toBe(5400);
    expect(plannedCredit({ ...planned, statedSeconds: null, yearSeconds: 3600 }, 60)).toBe(HOUR);
  });
});

describe('warnings before the end of the year', () => {
  it.each([
    ['2026-10-01', null],
    ['2026-10-02', 90],
    ['2026-11-01', 60],
    ['2026-11-30', 60],
    ['2026-12-01', 30],
    ['2026-12-31', 30],
  ])('on %s the warning of %s days is due', (day, days) => {
    expect(dueWarning([90, 60, 30], day)).toBe(days);
  });

  it('counts the days to 31 December', () => {
    expect(daysToYearEnd('2026-12-31')).toBe(0);
    expect(daysToYearEnd('2026-12-01')).toBe(30);
  });
});
