import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';
import type { DoorRefusal } from './door-rules.ts';
import type { GateRefusal } from './gate.ts';

export type DoorSignInRefusal = DoorRefusal | 'TICKET_OR_ID_WRONG' | 'TOO_MANY_REQUESTS';

/** What a person reads when the gate of the exam room is closed. */
export const GATE_REFUSALS: RefusalTexts<GateRefusal> = {
  SEAT_NOT_GIVEN: { status: 409, text: '考场和座位尚未编排，请联系监考人员或考试主管单位。' },
  CHECK_IN_NOT_OPEN: { status: 409, text: '未到签到时间。' },
  WRONG_NETWORK: {
    status: 403,
    text: '请在本场考试的考场内、用考场的网络参加考试。如已在考场，请举手告知监考人员。',
  },
  ACCESS_CODE_MISSING: { status: 422, text: '请输入监考人员宣布的开考口令。' },
  ACCESS_CODE_WRONG: { status: 422, text: '开考口令不对，请核对本考场的口令后重新输入。' },
  CODE_TRIES_USED_UP: {
    status: 429,
    text: '开考口令输错次数过多，请约 {minutes} 分钟后再试，或举手请监考人员核验身份后准予入场。',
  },
  ADMISSION_NEEDED: { status: 409, text: '请由监考人员核验身份并准予入场后再开始。' },
};

/** What a person reads at the exam door. The first line is the same for every wrong pair: it tells nobody what exists. */
export const DOOR_REFUSALS: RefusalTexts<DoorSignInRefusal> = {
  TICKET_OR_ID_WRONG: { status: 422, text: '准考证号或身份证号不对，请对照准考证重新输入。' },
  TOO_MANY_REQUESTS: { status: 429, text: '输入错误次数过多，请 {seconds} 秒后再试，或举手请监考人员协助。' },
  DOOR_NOT_OPEN: {
    status: 409,
    text: '未到签到时间，{time} 起可以签到；{checksFrom} 起可以在本页检测设备。',
  },
  DOOR_CLOSED: { status: 409, text: '本场考试已经结束。' },
  SITTING_NOT_HELD: { status: 409, text: '本场考试已取消或改期，请以最新的准考证为准。' },
  REGISTRATION_NOT_APPROVED: { status: 409, text: '您的报名已撤销或未通过审核，请联系监考人员。' },
  WRONG_NETWORK: {
    status: 403,
    text: '请在本场考试的考场内、用考场的电脑签到。如已在考场，请举手告知监考人员。',
  },
};

export type SeatingRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CHANGED_MEANWHILE'
  | 'COMMAND_REUSED'
  | 'SITTING_STARTED'
  | 'SITTING_NOT_OPEN'
  | 'NO_ROOMS'
  | 'NO_SEATS_LEFT'
  | 'NOBODY_WAITS'
  | 'ROOM_HAS_PEOPLE'
  | 'ROOM_IN_USE'
  | 'SITTING_IN_THE_PAST'
  | 'TOO_MANY_ROOMS'
  | 'IP_RANGE_UNREADABLE'
  | 'INVIGILATOR_UNKNOWN'
  | 'INVIGILATOR_SITS_HERE'
  | 'INVIGILATES_HERE'
  | 'SITTING_HELD'
  | 'OWN_REGISTRATION'
  | 'SEAT_TAKEN'
  | 'SEAT_UNKNOWN'
  | 'SAME_SET_BESIDE'
  | 'PAPER_SEALED'
  | 'DATE_PAST'
  | 'DATE_SAME';

/** What the bureau reads when rooms, seats or the date cannot be changed like that. */
export const SEATING_REFUSALS: RefusalTexts<SeatingRefusal> = {
  FORBIDDEN: COMMON_REFUSALS.FORBIDDEN,
  NOT_FOUND: COMMON_REFUSALS.NOT_FOUND,
  CHANGED_MEANWHILE: COMMON_REFUSALS.CHANGED_MEANWHILE,
  COMMAND_REUSED: COMMON_REFUSALS.COMMAND_REUSED,
  SITTING_STARTED: { status: 409, text: '本场已有考生开始作答，不能再改动。' },
  SITTING_NOT_OPEN: { status: 409, text: '本场考试已结束或已取消。' },
  NO_ROOMS: { status: 422, text: '本场还没有考场，请先添加考场。' },
  NO_SEATS_LEFT: { status: 409, text: '考场座位已满，请先添加考场。' },
  NOBODY_WAITS: { status: 409, text: '没有待编排的考生：报名尚未审核通过，或已全部编排。' },
  ROOM_HAS_PEOPLE: { status: 409, text: '该考场已编排考生，不能删除。请先把考生调整到其他考场。' },
  ROOM_IN_USE: {
    status: 409,
    text: '该考场已编排 {people} 人，不能再改排数、列数，以免打乱前后左右。请另加考场，或先把考生调整到其他考场。',
  },
  SITTING_IN_THE_PAST: { status: 409, text: '本场最迟入场时间已过，不能再编排。请编排到批次的其他场次。' },
  TOO_MANY_ROOMS: { status: 422, text: '一场考试最多设 {most} 个考场。' },
  IP_RANGE_UNREADABLE: {
    status: 422,
    text: '“{wrong}”不是网络地址。请写成 10.1.2.0/24、10.1.2.10-10.1.2.60 或 10.1.2.7。',
  },
  INVIGILATOR_UNKNOWN: { status: 422, text: '所选监考人员已不在本地区监考人员名单内，请重新选择。' },
  INVIGILATOR_SITS_HERE: {
    status: 422,
    text: '{names}已报名本场考试，或者报名已通过、正待编排场次，不能担任本场监考人员，请另行安排。',
  },
  INVIGILATES_HERE: {
    status: 409,
    text: '{names}是所选场次的监考人员，不能在该场次参加考试。请先更换监考人员，或编排到其他场次。',
  },
  SITTING_HELD: {
    status: 409,
    text: '原场次最迟入场时间已过，未到考的按缺考登记，不能改到其他场次。',
  },
  OWN_REGISTRATION: { status: 403, text: '本人的报名须由另一名工作人员办理。' },
  SEAT_TAKEN: { status: 409, text: '该座位已有考生，请选择其他座位。' },
  SEAT_UNKNOWN: { status: 422, text: '考场内没有这个座位，请核对座位号。' },
  SAME_SET_BESIDE: {
    status: 409,
    text: '试卷已封：相邻的第 {seatNo} 号座位同是{set}卷，请另选座位。',
  },
  PAPER_SEALED: {
    status: 409,
    text: '该考生在本场的试卷已封存，不能改到其他场次。确实不能参加的，请办理缓考。',
  },
  DATE_PAST: { status: 422, text: '新的开考时间须晚于现在。' },
  DATE_SAME: { status: 422, text: '新的开考时间与原时间相同。' },
};
