import { z } from 'zod';
import { parseStatedHours, statedHoursToSeconds } from '../ledger/hours.ts';
import { CORRECTION_REASONS } from './correction.ts';

/** 学时 as typed, in credit seconds; 0 strikes the entry out. */
const hours = z.string().transform((text, context): number => {
  const hundredths = parseStatedHours(text);
  if (hundredths !== null) return statedHoursToSeconds(hundredths);
  context.addIssue({ code: 'custom', message: '学时请填数字，最多两位小数；整条作废的填 0' });
  return z.NEVER;
});

const note = z.string().trim().min(2).max(300);

/** The request of an office. */
export const requestSchema = z.object({
  commandId: z.uuid(),
  expectedVersion: z.coerce.number().int().optional(),
  hours,
  reasonCode: z.enum(CORRECTION_REASONS),
  reason: note,
});
export const REQUEST_LABELS = {
  hours: '更正后的学时',
  reasonCode: '更正原因',
  reason: '具体理由',
  proofs: '证明材料',
} as const;

/** An officer's objection. */
export const objectionSchema = z.object({ commandId: z.uuid(), entryId: z.uuid(), objection: note });
export const OBJECTION_LABELS = { objection: '异议内容', proofs: '证明材料' } as const;

/** The small forms of a request's page. */
export const answerSchema = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('apply'),
    commandId: z.uuid(),
    expectedVersion: z.coerce.number().int(),
    note: z.string().trim().max(300).optional(),
  }),
  z.object({
    intent: z.literal('decline'),
    commandId: z.uuid(),
    expectedVersion: z.coerce.number().int(),
    note,
  }),
  z.object({
    intent: z.literal('withdraw'),
    commandId: z.uuid(),
    expectedVersion: z.coerce.number().int(),
    note: z.string().trim().max(300).optional(),
  }),
]);
