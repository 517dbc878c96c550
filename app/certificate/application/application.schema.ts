import { z } from 'zod';

const commandId = z.uuid('请刷新页面后再提交');
const expectedVersion = z.coerce.number().int().min(1);

export const FILING_LABELS = { fieldCode: '执法领域', area: '执法区域' } as const;

/** 申领: what the liaison states beside the person. */
export const filingSchema = z.object({
  commandId,
  personId: z.uuid(),
  fieldCode: z.string('请选择执法领域').regex(/^[A-Z_]{2,20}$/, '请选择执法领域'),
  area: z.string('请填写执法区域').trim().min(2, '执法区域至少 2 个字').max(60, '执法区域不超过 60 个字'),
});

export const STEP_LABELS = { opinion: '意见' } as const;

/** One step of an application; `intent` is the step itself. */
export const stepSchema = z.object({
  commandId,
  expectedVersion,
  intent: z.enum(['submitted', 'accepted', 'returned', 'approved', 'rejected'], '请选择办理意见'),
  opinion: z.string().trim().max(500, '意见不超过 500 个字').optional(),
});

export const ISSUE_LABELS = { legalBasis: '法律依据', documentNo: '文号' } as const;

export const issueSchema = z.object({
  commandId,
  expectedVersion,
  intent: z.literal('issued'),
  legalBasis: z
    .string('请填写法律依据')
    .trim()
    .min(4, '请写明法规名称和条款')
    .max(200, '法律依据不超过 200 个字'),
  documentNo: z.string().trim().max(60, '文号不超过 60 个字').optional(),
});
