import { z } from 'zod';
import { isId } from '#app/platform/ids/id.ts';
import { LATE_REASONS } from './late.ts';

const MAX_REASON = 1_000;
const id = z.string().refine(isId);

/** Proposal: the late answers of one attempt are to count, as previewed on this version of its result. */
export const lateProposal = z.object({
  intent: z.literal('propose'),
  commandId: id,
  attemptId: id,
  resultVersion: z.coerce.number().pipe(z.int().min(1)),
  reasonCode: z.enum(LATE_REASONS, { error: '请选择迟到的原因。' }),
  reason: z
    .string()
    .trim()
    .min(1, '请写明查明的情况和计入的理由。')
    .max(MAX_REASON, `理由不超过 ${MAX_REASON} 字。`),
});

/** The second person's decision; declining needs a word of why. */
export const lateVerdict = z
  .object({
    intent: z.literal('decide'),
    commandId: id,
    decisionId: id,
    decision: z.enum(['confirm', 'decline']),
    note: z
      .string()
      .trim()
      .max(MAX_REASON, `意见不超过 ${MAX_REASON} 字。`)
      .optional()
      .transform((text) => (text === undefined || text === '' ? null : text)),
  })
  .refine((verdict) => verdict.decision === 'confirm' || verdict.note !== null, {
    error: '不同意计入的，请写明意见。',
    path: ['note'],
  });
