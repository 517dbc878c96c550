import { z } from 'zod';
import { daySchema } from '#app/platform/ui/form/day.schema.ts';

/** What the delivery log sends: one message, or all that failed of a day. */
export const resendSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('one'), deliveryId: z.uuid() }),
  z.object({ intent: z.literal('day'), day: daySchema('请选择日期') }),
]);
