import type { CommonRefusal, RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';

export type NoticeCode =
  | 'NO_UNIT_CHOSEN'
  | 'NOBODY_ADDRESSED'
  | 'MAIL_NOT_CONFIGURED'
  | 'NO_ADDRESS'
  | 'ALREADY_CONFIRMED'
  | 'LINK_NOT_VALID'
  | 'NOTHING_TO_RESEND'
  | 'CHANNEL_NOT_CONFIGURED'
  | CommonRefusal;

export const NOTICE_REFUSALS = {
  ...COMMON_REFUSALS,
  NO_UNIT_CHOSEN: { status: 422, text: '请至少选择一个单位。' },
  NOBODY_ADDRESSED: { status: 422, text: '所选单位目前都没有单位联络员，消息未发出。' },
  MAIL_NOT_CONFIGURED: { status: 422, text: '平台尚未开通邮件，暂不能设置邮箱。' },
  NO_ADDRESS: { status: 422, text: '您还没有填写邮箱。' },
  ALREADY_CONFIRMED: { status: 409, text: '该邮箱已验证，无需重复验证。' },
  NOTHING_TO_RESEND: { status: 409, text: '没有可以再次投递的记录，可能已在投递中，请刷新页面查看。' },
  CHANNEL_NOT_CONFIGURED: { status: 422, text: '平台没有配置邮件或网关，不能投递。' },
  LINK_NOT_VALID: { status: 422, text: '验证链接已失效，请在提醒设置中重新发送。' },
} as const satisfies RefusalTexts<NoticeCode>;
