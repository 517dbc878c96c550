import type { Measurements } from '#app/exam/device-check/measurement.ts';

/** What a machine measures on which nothing stands in the way of an exam. */
export const GOOD_MACHINE: Measurements = {
  browser: { name: 'Chromium', version: 120, missing: [] },
  storage: { keptMs: 40, freeBytes: null },
  isPageKept: true,
  clockOffsetMs: 0,
  network: { roundTripsMs: [20], failures: 0 },
  screen: { width: 1366, height: 768, pixelRatio: 1 },
  keyboard: 'works',
};
