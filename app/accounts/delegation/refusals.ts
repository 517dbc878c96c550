import type { CommonRefusal, RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';
import type { DelegationRefusal } from './delegation.ts';

export type DelegationCode = DelegationRefusal | CommonRefusal;

export const DELEGATION_REFUSALS = {
  ...COMMON_REFUSALS,
  SAME_PERSON: { status: 422, text: '代办人不能是本人。' },
  NOTHING_TO_DELEGATE: { status: 422, text: '您没有可以委托他人代办的岗位职责。' },
  DEPUTY_NOT_ACTIVE: { status: 422, text: '代办人的账号已停用，请另选一人。' },
  DEPUTY_IS_ADMINISTRATOR: { status: 422, text: '系统、安全、审计管理员不得兼办业务，请另选一人。' },
  DEPUTY_NOT_OF_THE_UNIT: { status: 422, text: '代办人须是您管辖单位的在岗人员。' },
  STARTS_IN_THE_PAST: { status: 422, text: '开始日期不能早于今天。' },
  DAYS_NOT_IN_ORDER: { status: 422, text: '结束日期应当晚于开始日期。' },
  END_NEEDED: { status: 422, text: '离岗代办须填写结束日期。' },
  TOO_LONG: { status: 422, text: '一次代办不超过 {months} 个月；离岗更久的，请办理工作交接。' },
  OVERLAPS: { status: 409, text: '与该代办人已有的安排时间重叠，请先结束原安排。' },
} as const satisfies RefusalTexts<DelegationCode>;
