import { z } from 'zod';
import { isId } from '#app/platform/ids/id.ts';
import { ABILITIES } from './measurement.ts';

const DAY_MS = 24 * 3_600_000;
/** A device's clock may be wrong by decades: a flat battery sets it to 1970. */
const CENTURY_MS = 36_525 * DAY_MS;
const MAX_ROUND_TRIPS = 20;
const MAX_PIXELS = 100_000;

const ms = z.number().min(0).max(DAY_MS);

/** What the check page measured, as it comes from the browser. */
export const measurements = z.object({
  browser: z.object({
    name: z.string().max(40),
    version: z.int().min(0).max(10_000).nullable(),
    missing: z.array(z.enum(ABILITIES)).max(ABILITIES.length),
  }),
  storage: z.object({
    keptMs: ms.nullable(),
    freeBytes: z.number().min(0).max(Number.MAX_SAFE_INTEGER).nullable(),
  }),
  isPageKept: z.boolean(),
  clockOffsetMs: z.number().min(-CENTURY_MS).max(CENTURY_MS).nullable(),
  network: z.object({
    roundTripsMs: z.array(ms).max(MAX_ROUND_TRIPS),
    failures: z.int().min(0).max(MAX_ROUND_TRIPS),
  }),
  screen: z.object({
    width: z.int().min(1).max(MAX_PIXELS),
    height: z.int().min(1).max(MAX_PIXELS),
    pixelRatio: z.number().min(0.1).max(20),
  }),
  keyboard: z.enum(['works', 'skipped']),
});

const jsonText = z
  .string()
  .max(10_000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('no JSON');
      return z.NEVER;
    }
  });

/** POST of the check page. */
export const checkForm = z.object({
  commandId: z.string().refine(isId),
  seatLabel: z
    .string()
    .trim()
    .max(20)
    .transform((text) => (text === '' ? null : text)),
  deviceMark: z.string().refine(isId),
  measurements: jsonText.pipe(measurements),
});
