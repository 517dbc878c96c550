/** Why an invigilator acts; every act names one (behaviour.md 2.5). `other` needs words of its own. */
export const REASON_CODES = [
  'identity_checked',
  'power_failure',
  'network_failure',
  'device_failure',
  'candidate_unwell',
  'room_disturbed',
  'candidate_request',
  'suspected_misconduct',
  'by_procedure',
  'other',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

export const REASON_LABELS: Readonly<Record<ReasonCode, string>> = {
  identity_checked: '身份核验无误',
  power_failure: '停电',
  network_failure: '网络故障',
  device_failure: '考试设备故障',
  candidate_unwell: '考生身体不适',
  room_disturbed: '考场秩序受到影响',
  candidate_request: '考生申请',
  suspected_misconduct: '疑似违纪，待核实',
  by_procedure: '按考务规程办理',
  other: '其他（须说明）',
};

export interface Reason {
  readonly code: ReasonCode;
  /** Own words; null when the code says it all. */
  readonly note: string | null;
}

/** What can be done to candidates of a running sitting. Only `admit` and `withdraw_admission` come before the start. */
export type Act =
  | { readonly kind: 'admit' }
  | { readonly kind: 'withdraw_admission' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume'; readonly mayPassHardEnd: boolean }
  | { readonly kind: 'extend'; readonly minutes: number; readonly mayPassHardEnd: boolean }
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'release_device' }
  | { readonly kind: 'mark_irregular' }
  | { readonly kind: 'end' };
export type ActKind = Act['kind'];

export const ACT_KINDS = [
  'admit',
  'withdraw_admission',
  'pause',
  'resume',
  'extend',
  'message',
  'release_device',
  'mark_irregular',
  'end',
] as const satisfies readonly ActKind[];

export const ACT_LABELS: Readonly<Record<ActKind, string>> = {
  admit: '准予入场',
  withdraw_admission: '取消入场',
  pause: '暂停作答',
  resume: '恢复作答',
  extend: '延长时间',
  message: '发送通知',
  release_device: '允许换机',
  mark_irregular: '标记异常',
  end: '结束作答',
};

/** Kind of the event an act leaves on the attempt (or on the registration, for admission). */
export const EVENT_OF_ACT: Readonly<Record<ActKind, string>> = {
  admit: 'admitted',
  withdraw_admission: 'admission_withdrawn',
  pause: 'paused',
  resume: 'resumed',
  extend: 'extended',
  message: 'messaged',
  release_device: 'device_released',
  mark_irregular: 'marked_irregular',
  end: 'ended_by_invigilator',
};

/** Why an act does not apply to one candidate; the others of the same act are not kept from it. */
export const LEFT_CODES = [
  'NOT_STARTED',
  'ATTEMPT_CLOSED',
  'ALREADY_ADMITTED',
  'NOT_ADMITTED',
  'ALREADY_STARTED',
  'ALREADY_PAUSED',
  'NOT_PAUSED',
  'TIME_IS_OVER',
  'BEYOND_HARD_END',
  'RELEASE_NOT_NEEDED',
  'ALREADY_RELEASED',
  'OWN_ATTEMPT',
] as const;
export type LeftCode = (typeof LEFT_CODES)[number];

export const LEFT_TEXTS: Readonly<Record<LeftCode, string>> = {
  NOT_STARTED: '尚未开始作答',
  ATTEMPT_CLOSED: '作答已经结束',
  ALREADY_ADMITTED: '已经准予入场',
  NOT_ADMITTED: '尚未入场',
  ALREADY_STARTED: '已经开始作答',
  ALREADY_PAUSED: '已经在暂停中',
  NOT_PAUSED: '没有暂停',
  TIME_IS_OVER: '作答时间已到',
  BEYOND_HARD_END: '将超过本场考试结束时间，须勾选“允许超过”',
  RELEASE_NOT_NEEDED: '本场考试换机不需要监考人员允许',
  ALREADY_RELEASED: '已经允许换机',
  OWN_ATTEMPT: '本人的考试，须由其他工作人员办理',
};
