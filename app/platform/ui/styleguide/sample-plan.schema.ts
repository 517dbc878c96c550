import { z } from 'zod';
import { daySchema } from '../form/day.schema.ts';

export const PLAN_LABELS = {
  title: '班次名称',
  unit: '承办单位',
  startDay: '起止日期',
  endDay: '结束日期',
  statedHours: '计划学时',
  mode: '培训方式',
  reason: '办班理由',
  isConfirmed: '确认',
} as const;

/** The form of the style guide: one of each field, with the messages a person reads. */
export const samplePlanSchema = z
  .object({
    title: z.string('请填写班次名称').min(4, '班次名称至少 4 个字').max(60, '班次名称不超过 60 个字'),
    unit: z.string('请选择承办单位'),
    startDay: daySchema('开始日期不对，请按 2026-11-21 的格式填写'),
    endDay: daySchema('结束日期不对，请按 2026-11-21 的格式填写'),
    statedHours: z.coerce
      .number('请填写学时数')
      .int('学时须为整数')
      .min(1, '至少 1 学时')
      .max(80, '不超过 80 学时'),
    mode: z.enum(['onsite', 'online', 'mixed'], '请选择培训方式'),
    reason: z.string().max(500, '不超过 500 个字').optional(),
    isConfirmed: z.literal('on', '请先确认场地与师资已落实'),
  })
  .refine((plan) => plan.startDay <= plan.endDay, { path: ['endDay'], message: '结束日期不得早于开始日期' });
