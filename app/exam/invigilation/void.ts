/** Why a paper is void: misconduct ends the candidate's tries in the sitting; a disturbance does not count as a try. */
export const VOID_GROUNDS = ['misconduct', 'disturbance'] as const;
export type VoidGround = (typeof VOID_GROUNDS)[number];

export const VOID_GROUND_LABELS: Readonly<Record<VoidGround, string>> = {
  misconduct: '违纪违规，成绩无效，不得再考本场',
  disturbance: '考务原因，作答作废，可以重考',
};

/** Proposed by one person of the bureau, decided by another (design.md invariant 11). */
export const VOID_STATES = ['proposed', 'confirmed', 'declined'] as const;
export type VoidState = (typeof VOID_STATES)[number];

export const VOID_STATE_LABELS: Readonly<Record<VoidState, string>> = {
  proposed: '待复核',
  confirmed: '已作废',
  declined: '未同意',
};
