import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';
import { GATE_REFUSALS } from './seating/refusals.ts';
import type { GateRefusal } from './seating/gate.ts';
import type { EntryRefusal } from './sitting/entry.ts';

export type ExamRefusal =
  | EntryRefusal
  | GateRefusal
  | 'TOO_MANY_REQUESTS'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BANK_CANNOT_FEED'
  | 'TIMES_NOT_IN_ORDER'
  | 'BLUEPRINT_UNKNOWN'
  | 'NOT_BEGUN'
  | 'TOO_MANY_ANSWERS'
  | 'ATTEMPT_CLOSED'
  | 'DEVICE_REPLACED'
  | 'DEVICE_NOT_RELEASED'
  | 'TOO_EARLY_TO_HAND_IN'
  | 'SEALED_FILE_UNREADABLE'
  | 'SEALED_FILE_NOT_GENUINE';

/** What a person reads when the exam says no. */
export const EXAM_REFUSALS: RefusalTexts<ExamRefusal> = {
  ...GATE_REFUSALS,
  FORBIDDEN: COMMON_REFUSALS.FORBIDDEN,
  NOT_FOUND: COMMON_REFUSALS.NOT_FOUND,
  TOO_MANY_REQUESTS: COMMON_REFUSALS.TOO_MANY_REQUESTS,
  SITTING_NOT_HELD: { status: 409, text: '本场考试未开放或已取消。' },
  REGISTRATION_NOT_APPROVED: { status: 409, text: '您的报名尚未通过审核。' },
  ATTEMPTS_USED_UP: { status: 409, text: '本场考试的作答次数已用完。' },
  NOT_OPEN_YET: { status: 409, text: '未到开考时间。' },
  ENTRY_CLOSED: { status: 409, text: '已超过最迟入场时间，不能再开始作答。' },
  COURSE_NOT_COMPLETED: { status: 409, text: '尚未学完本场考试规定的课程。' },
  BANK_CANNOT_FEED: { status: 422, text: '题库不足以组卷，请联系考试主管单位。缺：{missing}。' },
  TIMES_NOT_IN_ORDER: { status: 422, text: '开考、最迟入场、结束时间的先后不对。' },
  BLUEPRINT_UNKNOWN: { status: 422, text: '没有这个组卷方案。' },
  NOT_BEGUN: { status: 409, text: '开考铃尚未响，现在还不能作答。请在本页候考。' },
  TOO_MANY_ANSWERS: { status: 422, text: '本次考试提交作答的次数异常，服务器不再接收。请告知监考人员。' },
  ATTEMPT_CLOSED: { status: 409, text: '本次考试已经结束，不能再作答。' },
  DEVICE_REPLACED: { status: 409, text: '本次考试已转到另一台设备上作答。' },
  DEVICE_NOT_RELEASED: {
    status: 409,
    text: '本场考试更换设备须经监考人员同意。请举手示意，监考人员允许换机后再点“转到本机继续作答”。',
  },
  TOO_EARLY_TO_HAND_IN: { status: 409, text: '未到可以交卷的时间，请在 {time} 后交卷。' },
  SEALED_FILE_UNREADABLE: {
    status: 422,
    text: '文件不能读取：可能不完整、被改动过，或不是本系统保存的作答文件。请向考生重新收取原文件。',
  },
  SEALED_FILE_NOT_GENUINE: {
    status: 422,
    text: '文件不是由该考生的作答页面保存的，未接收。请核对文件来源。',
  },
};
