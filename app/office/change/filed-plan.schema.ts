import { z } from 'zod';
import { changePlanSchema } from '#app/organization/change/change-plan.ts';
import { tidyNumber } from '../document/document.ts';
import { daySchema } from '#app/platform/ui/form/day.schema.ts';

/** JSON text of a hidden field. */
const jsonText = z
  .string()
  .max(400_000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: '内容不完整' });
      return z.NEVER;
    }
  });

/** What was typed on the form, carried through the preview. */
export const keptValuesSchema = jsonText.pipe(z.record(z.string().max(100), z.string().max(2_000)));

/** The plan as the preview page sends it back: JSON text that must still be a plan. */
export const filedPlanSchema = z.object({
  plan: jsonText.pipe(changePlanSchema),
  effectiveDay: daySchema(),
  documentNo: z.string().transform(tidyNumber).pipe(z.string().min(2).max(60)),
  commandId: z.uuid(),
});
