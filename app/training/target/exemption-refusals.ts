import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';

/** Every refusal of 免训 and 核减: status and the sentence a person reads. */
export const EXEMPTION_REFUSALS = {
  ...COMMON_REFUSALS,
  EXEMPTION_DAYS: {
    status: 422,
    text: '起止日期须在同一年度内，且结束不早于开始；跨年的请按年度分别申请。',
  },
  EXEMPTION_MONTHS: { status: 422, text: '核减月数须为 1 至 {most} 个月，不超过起止日期涉及的月数。' },
  EXEMPTION_OVERLAPS: { status: 409, text: '该人员本年度已有免训，或者这段时间已申请过核减，请勿重复申请。' },
  EXEMPTION_ANSWERED: { status: 409, text: '这项申请已办理，请刷新页面查看结果。' },
  MAKER_IS_CHECKER: { status: 403, text: '申请由您提出，须由另一人批准。' },
  PERSON_IS_CHECKER: { status: 403, text: '本人的免训、核减须由他人批准。' },
  APPROVER_IS_BUREAU: { status: 403, text: '本地区规定由司法局批准免训、核减。' },
  NOTE_REQUIRED: { status: 422, text: '请写明理由。' },
  YEAR_CLOSED: { status: 409, text: '该年度学时已封账，不能再申请或者办理免训、核减。' },
  SCAN_UNREADABLE: { status: 422, text: '证明材料须为不超过 5 MB 的 PDF、JPG 或 PNG 文件。' },
  SCAN_REQUIRED: { status: 422, text: '请上传证明材料的扫描件。' },
} as const satisfies RefusalTexts<string>;
