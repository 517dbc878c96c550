import { z } from 'zod';
import { changePlanSchema } from '#app/organization/change/change-plan.ts';
import { daySchema } from '#app/platform/ui/form/day.schema.ts';

/** The plan as the preview page sends it back: JSON text that must still be a plan. */
const planText = z
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

export const filedPlanSchema = z.object({
  plan: planText.pipe(changePlanSchema),
  effectiveDay: daySchema(),
  documentNo: z.string().trim().min(2).max(60),
  commandId: z.uuid(),
});
