import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';

/** Every refusal about claims and their proof: status and the sentence a person reads. */
export const CLAIM_REFUSALS = {
  ...COMMON_REFUSALS,
  CLAIM_DAYS_REVERSED: { status: 422, text: '结束日期不得早于开始日期。' },
  CLAIM_IN_FUTURE: { status: 422, text: '培训结束后方可申请认定，请核对结束日期。' },
  CLAIM_TOO_LONG: { status: 422, text: '一次申请的培训时间不得超过 {most} 天，请分段申请。' },
  CLAIM_TOO_OLD: { status: 422, text: '只受理近 {years} 年内的培训；更早的学时请由单位按台账导入。' },
  CLAIM_TOO_MANY_HOURS: { status: 422, text: '学时与培训天数（{days} 天）不符，请核对。' },
  CLAIM_KNOWN: {
    status: 409,
    text: '{names}的这次培训已有记录（同一日期、名称和主办单位），不能重复申请。',
  },
  NOBODY_CHOSEN: { status: 422, text: '请先选择参加培训的人员。' },
  TOO_MANY_PEOPLE: { status: 422, text: '一次最多为 {most} 人申请，请分批提交。' },
  PERSON_UNKNOWN: { status: 422, text: '有人员不在您的管辖范围内，请刷新页面后重新选择。' },
  NOT_IN_POST: { status: 422, text: '{names}在培训日期不在册，请核对日期；调入前的学时由原单位申请。' },
  PROOF_MISSING: { status: 422, text: '请上传证明材料，如培训通知、结业证书、签到表。' },
  PROOF_EMPTY: { status: 422, text: '文件“{name}”是空的，请重新选择。' },
  PROOF_TOO_LARGE: { status: 413, text: '文件“{name}”超过 5 MB，请压缩或分开上传。' },
  PROOF_TYPE_UNKNOWN: { status: 422, text: '文件“{name}”不是 PDF、JPG 或 PNG，请转换后上传。' },
  TOO_MANY_PROOFS: { status: 422, text: '证明材料最多 {most} 个文件。' },
  CLAIM_DECIDED: { status: 409, text: '这项申请已办结，请刷新页面查看结果。' },
  CLAIM_NOT_RETURNED: { status: 409, text: '只有退回的申请可以补正。' },
  MAKER_IS_CHECKER: { status: 403, text: '申请人与认定人不得为同一人，请由其他人员认定。' },
  CLAIM_OF_ONESELF: { status: 403, text: '不得认定本人的学时，请由其他人员认定。' },
  NEEDS_LEADER: { status: 403, text: '联络员提交的申请，由单位负责人或者司法局认定。' },
  YEAR_CLOSED: { status: 403, text: '{names}的 {year} 年度学时已封账，须由司法局认定。' },
  CREDIT_OUT_OF_RANGE: { status: 422, text: '认定学时须大于 0，且不超过申请的学时。' },
  REASON_REQUIRED: { status: 422, text: '请写明理由。' },
  LECTURE_CAP_REACHED: { status: 422, text: '{names}本年授课学时已达到上限，不能再计入。' },
  ONE_REFUSED: { status: 422, text: '{names}：{reason}' },
} as const satisfies RefusalTexts<string>;

export type ClaimRefusal = keyof typeof CLAIM_REFUSALS;
