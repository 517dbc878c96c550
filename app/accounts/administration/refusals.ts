import { COMMON_REFUSALS, type RefusalTexts } from '#app/platform/http/answer.ts';
import { LOGIN_RULE_TEXT } from '../login-rules.ts';
import type { GrantRefusal } from './account-rules.ts';

export type AdministrationCode =
  | GrantRefusal
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CHANGED_MEANWHILE'
  | 'BAD_LOGIN'
  | 'LOGIN_TAKEN'
  | 'PERSON_OUT_OF_REACH'
  | 'TECHNICAL_NOT_YOURS'
  | 'NOT_YOURS_TO_CHANGE'
  | 'UNIT_UNKNOWN'
  | 'UNIT_AMBIGUOUS';

/** What a person reads when an act on accounts is refused. */
export const ADMINISTRATION_REFUSALS: RefusalTexts<AdministrationCode> = {
  FORBIDDEN: COMMON_REFUSALS.FORBIDDEN,
  NOT_FOUND: COMMON_REFUSALS.NOT_FOUND,
  CHANGED_MEANWHILE: COMMON_REFUSALS.CHANGED_MEANWHILE,
  BAD_LOGIN: { status: 422, text: `${LOGIN_RULE_TEXT}。` },
  LOGIN_TAKEN: {
    status: 409,
    text: '账号“{login}”已存在。若是您刚才开通的，请到账号页重新发放启用链接；否则请换一个账号名。',
  },
  PERSON_OUT_OF_REACH: { status: 422, text: '花名册中没有此人，或其单位不在您的管辖范围内。' },
  TECHNICAL_NOT_YOURS: { status: 403, text: '不属于具体人员的账号由安全管理员开通。' },
  NOT_YOURS_TO_CHANGE: {
    status: 403,
    text: '此账号为您本人账号，或持有您不能授予的角色，请由安全管理员办理。',
  },
  OWN_ACCOUNT: { status: 403, text: '不得为本人账号授权，请由另一名管理员办理。' },
  ACCOUNT_DISABLED: { status: 422, text: '账号已停用，请先启用。' },
  ROLE_NOT_YOURS_TO_GIVE: { status: 403, text: '此角色由安全管理员授予。' },
  PERSON_NEEDED: { status: 422, text: '学习类角色只授予花名册中的人员，此账号不属于具体人员。' },
  PLACE_OUT_OF_REACH: { status: 422, text: '所选单位或地区不在您的管辖范围内。' },
  STARTS_IN_THE_PAST: { status: 422, text: '开始日期不得早于今天。' },
  DAYS_NOT_IN_ORDER: { status: 422, text: '最后一日不得早于开始日期。' },
  ADMINISTRATORS_APART: {
    status: 422,
    text: '系统、安全、审计三类管理员互不兼任，也不兼任业务角色。请先收回原有角色，或另选人员。',
  },
  ALREADY_GRANTED: { status: 409, text: '此账号在该期间已持有同一范围的这一角色。' },
  UNIT_UNKNOWN: { status: 422, text: '没有找到单位“{text}”，请填写机构名录中的全称或编码。' },
  UNIT_AMBIGUOUS: { status: 422, text: '有 {count} 个单位叫“{text}”，请填写单位编码。' },
};
