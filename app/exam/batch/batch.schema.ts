import { z } from 'zod';
import { isId } from '#app/platform/ids/id.ts';
import { parseLocalInstant } from '#app/platform/time/day.ts';
import { FOCUS_POLICIES, PLACE_MODES, RESULT_RELEASES, START_MODES } from '../sitting/sitting-settings.ts';

const id = z.string('请刷新页面后重试').refine(isId, '请刷新页面后重试');
const expectedVersion = z.coerce.number('请刷新页面后重试').int().min(1);

/** A time as `<input type="datetime-local">` submits it, in Shanghai. */
const instant = (missing: string) =>
  z.string(missing).transform((text, context): Date => {
    const read = parseLocalInstant(text);
    if (read !== null) return read;
    context.addIssue({ code: 'custom', message: '时间请按 2026-11-21 09:00 的格式填写' });
    return z.NEVER;
  });

const title = (what: string) =>
  z.string(`请填写${what}名称`).trim().min(4, `${what}名称至少 4 个字`).max(60, `${what}名称不超过 60 个字`);

const ticked = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');

const windows = {
  registerFrom: instant('请填写报名开始时间'),
  registerUntil: instant('请填写报名截止时间'),
  lateUntil: instant('请填写补报截止时间').optional(),
  withdrawUntil: instant('请填写撤报截止时间'),
};

export const WINDOW_LABELS = {
  registerFrom: '报名开始',
  registerUntil: '报名截止',
  lateUntil: '补报截止',
  withdrawUntil: '撤报截止',
} as const;

export const BATCH_LABELS = {
  title: '批次名称',
  regionId: '组织地区',
  blueprintCode: '试卷',
  preconditionCourse: '规定课程',
  ...WINDOW_LABELS,
} as const;

export const batchFormSchema = z.object({
  commandId: id,
  title: title('批次'),
  regionId: z.string('请选择组织地区').refine(isId, '请选择组织地区'),
  blueprintCode: z.string('请选择试卷').regex(/^\w{1,20}$/, '请选择试卷'),
  preconditionCourse: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/)
    .optional(),
  ...windows,
});

export const windowsFormSchema = z.object({
  commandId: id,
  expectedVersion,
  intent: z.literal('change'),
  reason: z.string().trim().max(300, '理由不超过 300 个字').optional(),
  ...windows,
});

const HOURS = 24;
const minutes = (what: string, least: number) =>
  z.coerce
    .number(`请填写${what}`)
    .int(`${what}须为整数`)
    .min(least, `${what}不少于 ${least} 分钟`)
    .max(HOURS * 60, `${what}过长`);

export const SITTING_LABELS = {
  title: '场次名称',
  opensAt: '开考时间',
  latestEntryAt: '最迟入场',
  hardEndAt: '结束时间',
  durationMinutes: '作答时长',
  earliestHandInMinutes: '最早交卷',
  startMode: '开考方式',
  attemptLimit: '作答次数',
  placeMode: '考试方式',
  checkInFrom: '签到开始',
  needsAccessCode: '开始作答须输入开考口令',
  needsDeviceRelease: '换机须经监考人员允许',
  ipRanges: '限定网络地址',
  focusPolicy: '离开考试页面',
  focusLimit: '强制交卷次数',
  resultRelease: '成绩发布',
} as const;

/** 场次设置. */
export const sittingFormSchema = z.object({
  commandId: id,
  title: title('场次'),
  opensAt: instant('请填写开考时间'),
  latestEntryAt: instant('请填写最迟入场时间'),
  hardEndAt: instant('请填写结束时间'),
  durationMinutes: minutes('作答时长', 5),
  earliestHandInMinutes: minutes('最早交卷', 0),
  startMode: z.enum(START_MODES, '请选择开考方式'),
  attemptLimit: z.coerce
    .number('请填写作答次数')
    .int('作答次数须为整数')
    .min(1, '作答次数至少 1 次')
    .max(10, '作答次数最多 10 次'),
  placeMode: z.enum(PLACE_MODES, '请选择考试方式'),
  checkInFrom: instant('请填写签到开始时间').optional(),
  needsAccessCode: ticked,
  needsDeviceRelease: ticked,
  ipRanges: z.string().trim().max(1_000, '网络地址过多').optional(),
  focusPolicy: z.enum(FOCUS_POLICIES, '请选择离开页面的处理'),
  focusLimit: z.coerce
    .number()
    .int('次数须为整数')
    .min(1, '次数至少 1 次')
    .max(99, '次数最多 99 次')
    .optional(),
  resultRelease: z.enum(RESULT_RELEASES, '请选择成绩发布方式'),
});

/** 修改场次设置: what may change without another date, with the reason. */
export const settingsFormSchema = sittingFormSchema
  .pick({
    commandId: true,
    latestEntryAt: true,
    hardEndAt: true,
    durationMinutes: true,
    earliestHandInMinutes: true,
    startMode: true,
    checkInFrom: true,
    needsAccessCode: true,
    needsDeviceRelease: true,
    focusPolicy: true,
    focusLimit: true,
    resultRelease: true,
  })
  .extend({
    expectedVersion,
    reason: z.string('请写明修改原因').trim().min(2, '请写明修改原因').max(200, '原因不超过 200 个字'),
  });

/** Steps and single acts of a batch's page. */
export const batchActSchema = z.discriminatedUnion('intent', [
  z.object({
    intent: z.enum(['open', 'close', 'reopen', 'cancel']),
    commandId: id,
    expectedVersion,
    reason: z.string().trim().max(300, '理由不超过 300 个字').optional(),
  }),
  z.object({ intent: z.literal('issue'), commandId: id, expectedVersion }),
  z.object({ intent: z.enum(['release', 'assign']), commandId: id, sittingId: id }),
  z.object({ intent: z.literal('summary'), commandId: id }),
  z.object({ intent: z.literal('approve_clean'), commandId: id }),
]);
