import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';

/** `objected`: an officer says an entry is wrong; `filed`: an office asks for a correction, with the figure it holds right. */
export const CORRECTION_STATES = ['objected', 'filed', 'applied', 'declined', 'withdrawn'] as const;
export type CorrectionState = (typeof CORRECTION_STATES)[number];
export const CORRECTION_STATE_LABELS: Readonly<Record<CorrectionState, string>> = {
  objected: '异议待处理',
  filed: '待审核',
  applied: '已更正',
  declined: '未更正',
  withdrawn: '已撤回',
};

export const CORRECTION_ORIGINS = ['office', 'objection', 'sample'] as const;
export type CorrectionOrigin = (typeof CORRECTION_ORIGINS)[number];
export const CORRECTION_ORIGIN_LABELS: Readonly<Record<CorrectionOrigin, string>> = {
  office: '单位提出',
  objection: '本人异议',
  sample: '抽查发现',
};

export const CORRECTION_REASONS = [
  'data_error',
  'wrong_attendance',
  'wrong_person',
  'duplicate',
  'not_genuine',
  'other',
] as const;
export type CorrectionReasonCode = (typeof CORRECTION_REASONS)[number];
export const CORRECTION_REASON_LABELS: Readonly<Record<CorrectionReasonCode, string>> = {
  data_error: '录入有误',
  wrong_attendance: '考勤有误',
  wrong_person: '记错人员',
  duplicate: '重复记入',
  not_genuine: '材料不属实',
  other: '其他',
};

/** Who has had a hand in a request, as natural persons. */
export interface CorrectionHands {
  readonly state: CorrectionState;
  readonly personId: string;
  readonly objectedByKey: string | null;
  readonly filedByKey: string | null;
}

export type CorrectionStepRefusal =
  | 'CORRECTION_ANSWERED'
  | 'CORRECTION_NOT_FILED'
  | 'MAKER_IS_CHECKER'
  | 'ENTRY_OF_ONESELF'
  | 'REASON_REQUIRED'
  | 'NOT_YOURS';

export type CorrectionAct = 'request' | 'apply' | 'decline' | 'withdraw';

/**
 * Whether this person may take this step (domain.md §4.2 case 13; design invariant 11): an objection is taken up or
 * turned down by an office, not by the objector; a request is decided by somebody who neither made it nor gains by it;
 * whoever made it may take it back.
 */
export function decideCorrectionStep(
  hands: CorrectionHands,
  step: { readonly act: CorrectionAct; readonly byKey: string; readonly note: string | null },
): Outcome<CorrectionState, CorrectionStepRefusal> {
  const { state, personId, objectedByKey, filedByKey } = hands;
  const { act, byKey } = step;
  if (state !== 'objected' && state !== 'filed') return refused('CORRECTION_ANSWERED');
  if (act === 'withdraw') {
    const maker = state === 'objected' ? objectedByKey : filedByKey;
    return maker === byKey ? done('withdrawn') : refused('NOT_YOURS');
  }
  if (byKey === personId) return refused('ENTRY_OF_ONESELF');
  if (byKey === objectedByKey || byKey === filedByKey) return refused('MAKER_IS_CHECKER');
  if (act === 'request') return state === 'objected' ? done('filed') : refused('CORRECTION_ANSWERED');
  if (act === 'decline')
    return (step.note ?? '').trim() === '' ? refused('REASON_REQUIRED') : done('declined');
  return state === 'filed' ? done('applied') : refused('CORRECTION_NOT_FILED');
}
