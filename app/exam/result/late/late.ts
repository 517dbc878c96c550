/** Why answers came late (断网补传); what the bureau has to establish before it counts them. */
export const LATE_REASONS = ['network', 'power', 'device', 'platform', 'other'] as const;
export type LateReason = (typeof LATE_REASONS)[number];

export const LATE_REASON_LABELS: Readonly<Record<LateReason, string>> = {
  network: '考场网络中断',
  power: '考场停电',
  device: '考试设备故障',
  platform: '考试系统故障',
  other: '其他考务原因',
};

/** Proposed by one person of the bureau, decided by another (design.md invariant 11). */
export const LATE_STATES = ['proposed', 'confirmed', 'declined'] as const;
export type LateState = (typeof LATE_STATES)[number];

export const LATE_STATE_LABELS: Readonly<Record<LateState, string>> = {
  proposed: '待复核',
  confirmed: '已计入成绩',
  declined: '未同意',
};

export const latePath = (sittingId: string): string => `/bureau/exams/${sittingId}/late`;
