import { z } from 'zod';
import { daySchema } from '#app/platform/ui/form/day.schema.ts';
import { DELEGATION_KINDS } from './delegation.ts';

/** The form that names a deputy. `lastDay` is the last day on which the deputy stands in; empty for B 岗 = open. */
export const delegationFormSchema = z.object({
  commandId: z.uuid(),
  intent: z.literal('start'),
  kind: z.enum(DELEGATION_KINDS, { error: '请选择方式' }),
  deputyAccountId: z.uuid({ error: '请选择代办人' }),
  fromDay: daySchema(),
  lastDay: daySchema().optional(),
  reason: z.string({ error: '请填写事由' }).trim().min(2, '请填写事由').max(100, '事由不得超过 100 个字'),
});

export const endFormSchema = z.object({ intent: z.literal('end'), delegationId: z.uuid() });

export const delegationsFormSchema = z.discriminatedUnion('intent', [delegationFormSchema, endFormSchema]);
