import { z } from 'zod';
import { daySchema } from '#app/platform/ui/form/day.schema.ts';
import { MAX_WORKDAYS } from './campaign.ts';

/** Most lines of the list of units pasted into the form. */
const LONGEST_LIST = 40_000;

/** 下发任务. */
export const issueSchema = z.object({
  kind: z.string().min(1).max(60),
  regionId: z.uuid('请选择下发范围'),
  fieldCode: z.string().max(20).optional(),
  year: z.coerce
    .number({ error: '请填写年度，如 2026' })
    .int('年度是整数')
    .min(2000, '年度不对')
    .max(2100, '年度不对'),
  title: z.string({ error: '请填写任务名称' }).max(60, '任务名称不超过 60 个字'),
  body: z.string({ error: '请填写填报要求' }).max(2_000, '填报要求不超过 2000 个字'),
  workdays: z.coerce
    .number({ error: '请填写工作日数' })
    .int('工作日是整数')
    .min(1, '至少 1 个工作日')
    .max(MAX_WORKDAYS, `最多 ${MAX_WORKDAYS} 个工作日`),
  unitNames: z.string().max(LONGEST_LIST).optional(),
  commandId: z.uuid(),
});

const commandId = z.uuid();
const expectedVersion = z.coerce.number().int();
const reason = z.string({ error: '请写明理由' }).max(300, '理由不超过 300 个字');

/** 登记批准: the document of the approving organ; its scans are read beside. */
export const approveSchema = z.object({
  intent: z.literal('approve'),
  commandId,
  expectedVersion,
  documentNo: z.string({ error: '请填写批准文件的文号' }).max(60, '文号不超过 60 个字'),
  approvingOrgan: z.string({ error: '请填写批准机关，如某市人民政府' }).max(60, '批准机关不超过 60 个字'),
  effectiveDay: daySchema(),
});

/** What may be done on the board of a campaign, by the button pressed. */
export const boardSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('accept_unchanged'), commandId }),
  z.object({ intent: z.literal('remind'), commandId }),
  z.object({ intent: z.literal('extend'), commandId, dueDay: daySchema(), reason }),
  z.object({ intent: z.literal('close'), commandId, expectedVersion }),
  z.object({ intent: z.literal('reopen'), commandId, expectedVersion, reason }),
  z.object({
    intent: z.literal('announce'),
    commandId,
    expectedVersion,
    announcedDay: daySchema(),
    announcedIn: z.string().max(120, '公告载体不超过 120 个字').optional(),
  }),
  z.object({ intent: z.literal('draw'), commandId }),
]);
export type BoardPost = z.infer<typeof boardSchema>;

/** What a reviewer may do on the page of one unit. */
export const reviewSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('accepted'), commandId, expectedVersion }),
  z.object({ intent: z.literal('returned'), commandId, expectedVersion, reason }),
  z.object({ intent: z.literal('extend'), commandId, dueDay: daySchema(), reason }),
]);
