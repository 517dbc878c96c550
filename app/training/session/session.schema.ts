import { z } from 'zod';
import { isId } from '#app/platform/ids/id.ts';
import { daySchema } from '#app/platform/ui/form/day.schema.ts';
import { CATEGORIES, parseStatedHours } from '../ledger/hours.ts';
import { FORMS, MAX_BLOCKS, MAX_CAPACITY } from './session.ts';

const id = z.string().refine(isId, '请刷新页面后重试');
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A time as `<input type="time">` submits it. */
const time = (message: string) => z.string(message).regex(TIME, '时间请按 09:00 的格式填写');

const block = z.object({
  day: daySchema(),
  from: time('请填写开始时间'),
  to: time('请填写结束时间'),
});

const statedHours = z
  .string()
  .transform((text, context): number => {
    const hundredths = parseStatedHours(text);
    if (hundredths !== null && hundredths > 0) return hundredths;
    context.addIssue({ code: 'custom', message: '学时请填写大于 0 的数，最多两位小数，如 6 或 1.5' });
    return z.NEVER;
  })
  .optional();

export const scheduleFormSchema = z.object({
  commandId: id,
  title: z.string('请填写班次名称').trim().min(2, '班次名称至少 2 个字').max(60, '班次名称不超过 60 个字'),
  unitId: z.string('请选择主办单位').refine(isId, '请选择主办单位'),
  category: z.enum(CATEGORIES, '请选择培训类别'),
  form: z.enum(FORMS, '请选择培训形式'),
  place: z.string('请填写地点').trim().max(60, '地点不超过 60 个字'),
  lecturer: z.string('请填写授课人').trim().max(60, '授课人不超过 60 个字'),
  capacity: z.coerce
    .number('请填写名额')
    .int('名额须为整数')
    .min(1, '名额至少 1 人')
    .max(MAX_CAPACITY, `名额不超过 ${MAX_CAPACITY} 人`),
  statedHours,
  isOffPost: z
    .literal('on')
    .optional()
    .transform((ticked) => ticked === 'on'),
  blocks: z.array(block).min(1, '请填写上课时段').max(MAX_BLOCKS, `时段不超过 ${MAX_BLOCKS} 个`),
});

export const SCHEDULE_LABELS: Readonly<Record<string, string>> = {
  title: '班次名称',
  unitId: '主办单位',
  category: '培训类别',
  form: '培训形式',
  ...Object.fromEntries(
    Array.from({ length: MAX_BLOCKS }, (_, index) => [
      [`blocks[${index}].day`, `时段 ${index + 1} 日期`],
      [`blocks[${index}].from`, `时段 ${index + 1} 开始时间`],
      [`blocks[${index}].to`, `时段 ${index + 1} 结束时间`],
    ]).flat(),
  ),
  blocks: '上课时段',
  statedHours: '规定学时',
  isOffPost: '离岗培训',
  place: '地点',
  lecturer: '授课人',
  capacity: '名额',
};

/** What the forms of one class's page send. */
export const sessionFormSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('enrol'), commandId: id }),
  z.object({ intent: z.literal('remove'), commandId: id }),
  z.object({ intent: z.literal('mark'), commandId: id, blockId: id }),
  z.object({ intent: z.literal('others_present'), commandId: id, blockIds: z.array(id).min(1) }),
  z.object({ intent: z.literal('ask_bureau'), commandId: id }),
  z.object({ intent: z.literal('close'), commandId: id, expectedVersion: z.coerce.number().int() }),
]);

const standing = z.enum(['present', 'absent', 'leave', 'part']);
const optionalTime = z.union([z.literal(''), z.string().regex(TIME)]);

/** One line of the attendance form; nothing chosen means nothing said. */
export const markLineSchema = z.object({
  standing: z.union([z.literal(''), standing]),
  from: optionalTime,
  to: optionalTime,
  reason: z.string().trim().max(100),
});
