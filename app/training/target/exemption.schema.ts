import { z } from 'zod';
import { daySchema } from '#app/platform/ui/form/day.schema.ts';
import { EXEMPTION_ACTS, EXEMPTION_EFFECTS, EXEMPTION_REASONS } from './exemption.ts';

/** What the forms about 免训 and 核减 submit. An empty text is absent. */
export const exemptionSchema = z.object({
  effect: z.enum(EXEMPTION_EFFECTS),
  reason: z.enum(EXEMPTION_REASONS),
  fromDay: daySchema(),
  toDay: daySchema(),
  months: z.coerce.number().int().min(1).max(12).optional(),
  documentNo: z.string().trim().min(2).max(60).optional(),
  remark: z.string().trim().min(2).max(300),
  commandId: z.uuid(),
});

export const EXEMPTION_LABELS = {
  effect: '类型',
  reason: '事由',
  fromDay: '起始日期',
  toDay: '结束日期',
  months: '核减月数',
  documentNo: '文号',
  remark: '说明',
  scan: '证明材料',
};

export const exemptionAnswerSchema = z.object({
  act: z.enum(EXEMPTION_ACTS),
  note: z.string().trim().max(300).optional(),
  commandId: z.uuid(),
});
