import { APPROVAL_REFUSALS } from '#app/office/approval/refusals.ts';
import { DOCUMENT_REFUSALS } from '#app/office/document/refusals.ts';
import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';
import { EXAM_REFUSALS } from '../refusals.ts';
import type { ConfirmRefusal } from './confirm-custody.server.ts';
import type { FileRefusal } from './file-custody.server.ts';
import type { PrintRefusal } from './printed/print-set.server.ts';

export type CustodyRefusal = ConfirmRefusal | FileRefusal | PrintRefusal | 'SCAN_UNREADABLE';

/** What a person reads when sealing, releasing or printing says no. */
export const CUSTODY_REFUSALS: RefusalTexts<CustodyRefusal> = {
  ...APPROVAL_REFUSALS,
  FORBIDDEN: COMMON_REFUSALS.FORBIDDEN,
  NOT_FOUND: COMMON_REFUSALS.NOT_FOUND,
  COMMAND_REUSED: COMMON_REFUSALS.COMMAND_REUSED,
  BANK_CANNOT_FEED: EXAM_REFUSALS.BANK_CANNOT_FEED,
  CHANGED_MEANWHILE: { status: 409, text: '本事项已经办理或已重新提请，请核对页面后再办理。' },
  SITTING_IS_OVER: { status: 409, text: '本场考试已经结束，不能再封卷或启封。' },
  SITTING_IS_OFF: { status: 409, text: '本场考试已经取消，不能再封卷或启封。' },
  NOTHING_TO_SEAL: { status: 409, text: '审核通过的考生都已有试卷，没有需要封卷的人员。' },
  MODE_IS_FIXED: { status: 422, text: '本场考试已按另一种方式封卷，补报人员须按同一方式封卷。' },
  NOTHING_SEALED: { status: 409, text: '本场考试尚未封卷，没有可以启封的试卷。' },
  RELEASED_ALREADY: { status: 409, text: '本次封卷的试卷已经启封，可以直接印制。' },
  NOT_RELEASED: { status: 409, text: '试卷尚未由两人启封，不能印制。补封以后须重新启封。' },
  OWN_EXAM: { status: 403, text: '您已报名本场考试，不能印制本场试卷或开卷口令单，请由其他工作人员办理。' },
  BELL_HAS_RUNG: { status: 409, text: '开考铃已响，口令已经启用，不能再换发。' },
  REASON_REQUIRED: { status: 422, text: '请填写重新启封的原因（4 至 200 字）。' },
  BATCH_EMPTY: { status: 409, text: '这个考场没有已封的试卷。' },
  BATCH_TOO_LARGE: DOCUMENT_REFUSALS.BATCH_TOO_LARGE,
};
