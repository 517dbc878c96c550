import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';

/** Every refusal about samples: status and the sentence a person reads. */
export const SAMPLE_REFUSALS = {
  ...COMMON_REFUSALS,
  PERIOD_REVERSED: { status: 422, text: '结束日期不得早于开始日期。' },
  SHARE_OUT_OF_RANGE: { status: 422, text: '抽查比例须为 1 至 100 的整数。' },
  NOTHING_TO_DRAW: { status: 422, text: '所选期间没有已认定的申请。' },
  SAMPLE_TOO_LARGE: { status: 422, text: '一次最多抽取 {most} 项，请缩短期间或降低比例。' },
  ALREADY_JUDGED: { status: 409, text: '这一项已作结论，请刷新页面查看。' },
  REASON_REQUIRED: { status: 422, text: '认定不属实的，请写明核查情况。' },
  OWN_DECISION: { status: 403, text: '由您提交、认定或者属于您本人的申请，须由其他人员核查。' },
  CORRECTION_OPEN: { status: 409, text: '这项学时已有更正申请在办理，请等待办结后再作结论。' },
} as const satisfies RefusalTexts<string>;

export type SampleRefusal = keyof typeof SAMPLE_REFUSALS;
