import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { CLAIM_REFUSALS } from '../claim/claim-refusals.ts';
import { TRAINING_REFUSALS } from '../refusals.ts';

/** Every refusal about corrections: status and the sentence a person reads. */
export const CORRECTION_REFUSALS = {
  ...TRAINING_REFUSALS,
  PROOF_MISSING: { status: 422, text: '请上传证明材料，如签到表、结业证书。' },
  PROOF_EMPTY: CLAIM_REFUSALS.PROOF_EMPTY,
  PROOF_TOO_LARGE: CLAIM_REFUSALS.PROOF_TOO_LARGE,
  PROOF_TYPE_UNKNOWN: CLAIM_REFUSALS.PROOF_TYPE_UNKNOWN,
  TOO_MANY_PROOFS: CLAIM_REFUSALS.TOO_MANY_PROOFS,
  CORRECTION_OPEN: { status: 409, text: '这条学时已有更正申请或异议在办理，请等待办结。' },
  CORRECTION_ANSWERED: { status: 409, text: '这项申请已办结，请刷新页面查看结果。' },
  CORRECTION_NOT_FILED: { status: 409, text: '异议须先由单位提出更正申请，再行审核。' },
  MAKER_IS_CHECKER: { status: 403, text: '提出人与审核人不得为同一人，请由其他人员审核。' },
  ENTRY_OF_ONESELF: { status: 403, text: '不得办理本人学时的更正，请由其他人员办理。' },
  NOT_YOURS: { status: 403, text: '只有提出人可以撤回。' },
  YEAR_CLOSED: { status: 403, text: '{year} 年度学时已封账，须由司法局审核。' },
} as const satisfies RefusalTexts<string>;

export type HourCorrectionRefusal = keyof typeof CORRECTION_REFUSALS;
