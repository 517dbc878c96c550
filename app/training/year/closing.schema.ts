import { z } from 'zod';
import { OBJECTION_OUTCOMES, REASON_LENGTH } from './objection.ts';

const commandId = z.uuid();
const text = (missing: string) =>
  z
    .string({ error: missing })
    .trim()
    .min(REASON_LENGTH.least, `至少 ${REASON_LENGTH.least} 个字`)
    .max(REASON_LENGTH.most, `不超过 ${REASON_LENGTH.most} 个字`);

/** What may be posted on the page of a unit's year, by the button pressed. */
export const closingSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('publish'), commandId }),
  z.object({ intent: z.literal('sheet'), commandId }),
  z.object({ intent: z.literal('confirm'), commandId }),
  z.object({ intent: z.literal('draw'), commandId }),
  z.object({
    intent: z.literal('answer'),
    commandId,
    objectionId: z.uuid(),
    outcome: z.enum(OBJECTION_OUTCOMES, { error: '请选择异议是否成立' }),
    answer: text('请写明答复内容'),
  }),
  z.object({ intent: z.literal('return'), commandId, reason: text('请写明退回理由') }),
  z.object({ intent: z.literal('freeze'), commandId }),
]);
export type ClosingPost = z.infer<typeof closingSchema>;

/** 提出异议. */
export const objectionSchema = z.object({ commandId, reason: text('请写明异议的内容') });

const ids = z.array(z.uuid()).max(500);

/** What may be posted on the bureau's board. */
export const boardSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('open'), commandId }),
  z.object({ intent: z.literal('remind'), commandId }),
  z.object({ intent: z.literal('preview'), commandId, ids: ids.optional() }),
  z.object({ intent: z.literal('freeze'), commandId, ids: ids.optional() }),
]);
