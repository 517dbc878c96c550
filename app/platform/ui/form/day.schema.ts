import { z } from 'zod';
import type { Day } from '#app/platform/time/day.ts';
import { parseDateText } from '../text/date-text.ts';

/** What a `DateField` submits: text in any form people type, read as a day.
 *  @param message shown when the text is no day; absence is reported as a missing field */
export function daySchema(message = '日期不对，请按 2026-11-21 的格式填写') {
  return z.string().transform((text, context): Day => {
    const day = parseDateText(text);
    if (day !== null) return day;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}
