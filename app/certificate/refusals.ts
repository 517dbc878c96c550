import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';
import type { FileApplicationRefusal } from './application/file-application.server.ts';
import type { ConfirmDecisionRefusal } from './register/confirm-decision.server.ts';
import type { IssueCertificateRefusal } from './register/issue-certificate.server.ts';
import type { ProposeDecisionRefusal } from './register/propose-decision.server.ts';

export type CertificateRefusal =
  | FileApplicationRefusal
  | IssueCertificateRefusal
  | ProposeDecisionRefusal
  | ConfirmDecisionRefusal
  | 'TOO_MANY_REQUESTS';

/** Status and sentence of every refusal of this slice; the single place that words them. */
export const CERTIFICATE_REFUSALS: RefusalTexts<CertificateRefusal> = {
  ...COMMON_REFUSALS,
  NOT_ELIGIBLE: { status: 422, text: '不符合申领条件——{title}：{reason}' },
  FIELD_NOT_OF_UNIT: { status: 422, text: '所选执法领域不在该单位的职责范围内，请重新选择。' },
  STATE_DOES_NOT_ALLOW: { status: 409, text: '该申领已办理到下一环节，请刷新页面查看最新进度。' },
  OPINION_REQUIRED: { status: 422, text: '请写明理由，以便对方补正或知悉。' },
  MAKER_IS_CHECKER: { status: 403, text: '申报、初审、批准须由不同人员办理，请由其他人员办理本环节。' },
  OWN_MATTER: { status: 403, text: '办理本人的证件事项应当回避，请由其他人员办理。' },
  NOT_ALLOWED_FROM: { status: 409, text: '证件当前状态不能办理此事项，请刷新页面查看最新状态。' },
  FINAL_STATE: { status: 409, text: '证件已终止，状态不再变更；确有登记差错的，按更正程序办理。' },
  CARD_IS_LOST: { status: 409, text: '证件已挂失，请先办理补发或注销。' },
  CARD_IS_NOT_LOST: { status: 409, text: '证件未挂失，有效期内的证件须先收回再注销。' },
  REASON_NOT_ALLOWED: { status: 422, text: '所选事由不适用于此事项，请重新选择。' },
  LEGAL_BASIS_REQUIRED: { status: 422, text: '请填写法律依据，写明法规名称和条款。' },
  AUTHORITY_REQUIRED: { status: 422, text: '请填写决定机关。' },
  DOCUMENT_NO_REQUIRED: { status: 422, text: '请填写决定文号。' },
  DETAIL_REQUIRED: { status: 422, text: '请填写“{label}”。' },
  TWO_PERSONS_NEEDED: { status: 403, text: '拟办人与复核人须为不同人员，请由其他人员复核。' },
  DECISION_IN_FUTURE: { status: 422, text: '决定日期不能晚于今天。' },
  EFFECT_IN_FUTURE: { status: 422, text: '生效日期不能晚于今天；尚未生效的决定请在生效当日办理登记。' },
  EFFECT_BEFORE_LAST_EVENT: { status: 422, text: '生效日期不能早于上一次登记的生效日期（{day}）。' },
  EFFECT_BEFORE_DECISION: { status: 422, text: '生效日期不能早于决定日期（{day}）。' },
  PERIOD_REQUIRED: { status: 422, text: '请填写暂扣截止日期。' },
  PERIOD_OUT_OF_RANGE: {
    status: 422,
    text: '暂扣期限应在 {min} 至 {max} 个月之间，延长的截止日期须晚于原截止日期。',
  },
  PERIOD_NOT_OVER: { status: 422, text: '暂扣期至 {until}，期满前不能恢复使用。' },
  PROPOSAL_OPEN: { status: 409, text: '已有一项拟办在等待复核，请先办结。' },
  PROPOSAL_GONE: { status: 409, text: '这项拟办已由他人办结，请刷新页面查看结果。' },
};
