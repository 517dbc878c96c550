import type { RefusalText } from '#app/platform/http/answer.ts';
import type { SecondPersonRefusal } from './second-person.ts';

type ApprovalRefusal = SecondPersonRefusal | 'TOO_MANY_SCANS' | 'SCAN_UNREADABLE';

/** Status and sentence of what two people and their scans can be refused for; shared by acts and approvals. */
export const APPROVAL_REFUSALS: Readonly<Record<ApprovalRefusal, RefusalText>> = {
  MAKER_IS_CHECKER: { status: 403, text: '经办人与复核人须为不同人员，请由其他人员复核。' },
  OTHER_DECIDES: { status: 403, text: '本事项由经办人所在司法局的其他人员复核，您不在可以复核的人员之内。' },
  NO_SECOND_PERSON: {
    status: 422,
    text: '本局只有一名经办人员，本地区规则也没有可用的复核方式，不能办理。请先为另一名人员开通账号，或者由本地区调整规则。',
  },
  SIGNED_FORM_MISSING: { status: 422, text: '请上传分管领导签字的审批单，并填写审批人姓名。' },
  SIGNED_FORM_NOT_ALLOWED: { status: 422, text: '本局有其他人员可以复核，不能凭审批单办理。' },
  TOO_MANY_SCANS: { status: 422, text: '扫描件最多 {most} 份。' },
  SCAN_UNREADABLE: { status: 422, text: '扫描件应为 PDF、JPG 或 PNG 文件，不超过 15 MB，请重新选择。' },
};
