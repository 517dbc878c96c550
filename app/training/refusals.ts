import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';

/** Every refusal of this slice: status and the sentence a person reads. */
export const TRAINING_REFUSALS = {
  ...COMMON_REFUSALS,
  CHECKS_INCOMPLETE: { status: 422, text: '还有 {count} 题没有作答，请答完后再提交。' },

  PREREQUISITE_OPEN: { status: 409, text: '请先学完{courses}，再提交本课自测。学习时间照常核验，不会丢失。' },
  LESSON_CHANGED: {
    status: 409,
    text: '本课内容已更新，请刷新页面后按新的内容作答。已核验的学习时间不受影响。',
  },
  JUDGE_IS_SUBJECT: { status: 403, text: '涉及本人的学习情况须由他人核实。' },

  BLOCKS_MISSING: { status: 422, text: '请填写 1 至 20 个上课时段。' },
  BLOCK_NOT_IN_ORDER: { status: 422, text: '第 {number} 个时段的结束时间须晚于开始时间。' },
  BLOCK_TOO_LONG: { status: 422, text: '第 {number} 个时段超过 12 小时，请检查日期和时间。' },
  BLOCKS_OVERLAP: { status: 422, text: '第 {number} 个时段与前一时段重叠。' },
  BLOCK_OUT_OF_RANGE: { status: 422, text: '第 {number} 个时段须在过去 60 天至今后一年之内。' },

  SESSION_ALREADY_CLOSED: { status: 409, text: '本班已结班，学时已记入台账；如有差错，请按更正程序办理。' },
  SESSION_CANCELLED: { status: 409, text: '本班已取消。' },
  SESSION_NOT_OVER: { status: 422, text: '本班尚未结束，最后一个时段结束后方可结班。' },
  NOBODY_ENROLLED: { status: 422, text: '名册中没有学员，请先添加学员。' },
  ATTENDANCE_INCOMPLETE: { status: 422, text: '还有 {count} 人的考勤没有登记，登记完毕后方可结班。' },
  YEAR_CLOSED: {
    status: 403,
    text: '{names}的 {years} 年度学时已封账，本班须由司法局核对考勤后结班，请在“结班”页提请司法局办理。',
  },
  MAKER_IS_CHECKER: {
    status: 403,
    text: '{names}的学时已封账，考勤由您登记或学时属您本人，须由司法局另一名人员结班。',
  },
  NOTHING_SEALED: { status: 409, text: '本班不涉及已封账的年度，可直接结班。' },
  NOBODY_CHOSEN: { status: 422, text: '请先勾选人员。' },
  SESSION_FULL: {
    status: 422,
    text: '名额不足：本班上限 {capacity} 人，还可添加 {left} 人，您选了 {chosen} 人。',
  },
  HAS_ATTENDANCE: { status: 409, text: '所选人员中已有人登记考勤，不能移出名册；如未到课，请登记为缺勤。' },

  BLOCK_UNKNOWN: { status: 422, text: '没有找到这个时段，请刷新页面后再登记。' },
  BLOCK_NOT_STARTED: { status: 422, text: '该时段尚未开始，开始后方可登记考勤。' },
  PART_OUTSIDE_BLOCK: { status: 422, text: '{name}：到场起止时间须在本时段之内，且结束晚于开始。' },
  PART_TIMES_MISSING: { status: 422, text: '{name}：部分到场须填写到场起止时间。' },
  MARK_UNREADABLE: { status: 400, text: '{name}：考勤填写不对，请刷新页面后重新登记。' },
  LEAVE_REASON_REQUIRED: { status: 422, text: '{name}：请假须填写事由。' },

  ENTRY_IS_REVERSAL: { status: 409, text: '冲销记录不能再更正。' },
  ENTRY_ALREADY_CORRECTED: { status: 409, text: '这条学时已更正过，请在更正后的记录上办理。' },
  CREDIT_UNCHANGED: { status: 422, text: '更正后的学时与原记录相同，无须更正。' },
  CREDIT_OUT_OF_RANGE: { status: 422, text: '更正后的学时须在 0 至 1,000 学时之间。' },
  REASON_REQUIRED: { status: 422, text: '请写明理由。' },
} as const satisfies RefusalTexts<string>;

export type TrainingRefusal = keyof typeof TRAINING_REFUSALS;
