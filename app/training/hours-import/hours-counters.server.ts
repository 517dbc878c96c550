import { counter, PLACE_SHAPE } from '#app/office/import/counter.server.ts';
import { academyWork, hoursWork } from './apply-hours.server.ts';

const OPTIONS = { permission: 'hours.import', shape: PLACE_SHAPE, day: null } as const;

/** The files of training at the office's counters. Rows carry their own days. */
export const HOURS_COUNTERS = [counter(hoursWork, OPTIONS), counter(academyWork, OPTIONS)];
