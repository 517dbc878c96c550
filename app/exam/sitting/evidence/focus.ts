/** What a sitting does when a candidate leaves the exam page: 提示, N 次后强制交卷, 立即交卷 (issue 4, sittings). */
export const FOCUS_POLICIES = ['note', 'hand_in_after', 'hand_in_at_once'] as const;
export type FocusPolicy = (typeof FOCUS_POLICIES)[number];

export interface FocusRule {
  readonly focusPolicy: FocusPolicy;
  /** 1–99 with `hand_in_after`; otherwise without meaning. */
  readonly focusLimit: number | null;
}

/** At which leaving the paper is handed in; null when leaving is noted and nothing else. */
export function handInAtLoss({ focusPolicy, focusLimit }: FocusRule): number | null {
  switch (focusPolicy) {
    case 'note':
      return null;
    case 'hand_in_after':
      return focusLimit;
    case 'hand_in_at_once':
      return 1;
  }
}

/** True when so many leavings end the attempt under the rule of its sitting. */
export function endsAttempt(rule: FocusRule, losses: number): boolean {
  const atLoss = handInAtLoss(rule);
  return atLoss !== null && losses >= atLoss;
}

/** The rule as the candidate reads it before the start and in the room. */
export function focusRuleText(rule: FocusRule): string {
  switch (rule.focusPolicy) {
    case 'note':
      return '离开考试页面会被记录，供监考人员核对。';
    case 'hand_in_after':
      return `离开考试页面会被记录，满 ${rule.focusLimit ?? 0} 次系统自动交卷。`;
    case 'hand_in_at_once':
      return '离开考试页面系统立即交卷，请不要切换到其他窗口。';
  }
}

/** What the candidate reads on coming back. */
export function focusLossText(rule: FocusRule, losses: number): string {
  const atLoss = handInAtLoss(rule);
  const noted = '刚才离开了考试页面，已记录。';
  if (atLoss === null) return `${noted}请在本页作答。`;
  return `${noted}已离开 ${losses} 次，满 ${atLoss} 次系统自动交卷。`;
}
