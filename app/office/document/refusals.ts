import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';
import type { AttachScanRefusal } from './attach-scan.server.ts';
import type { BatchRefusal } from './draw-batch.server.ts';
import type { DrawRefusal } from './draw-paper.server.ts';
import type { NumberDocumentRefusal } from './number-document.server.ts';
import type { WithdrawDocumentRefusal } from './withdraw-document.server.ts';
import type { TemplateCommandRefusal } from './upload-template.server.ts';

export type DocumentRefusal =
  | DrawRefusal
  | BatchRefusal
  | 'BATCH_OVER'
  | 'BATCH_NOTHING_LEFT'
  | NumberDocumentRefusal
  | AttachScanRefusal
  | WithdrawDocumentRefusal
  | TemplateCommandRefusal;

/** Status and sentence of every refusal of this room; slices that draw papers word theirs with it. */
export const DOCUMENT_REFUSALS: RefusalTexts<DocumentRefusal> = {
  FORBIDDEN: COMMON_REFUSALS.FORBIDDEN,
  NOT_FOUND: COMMON_REFUSALS.NOT_FOUND,
  CHANGED_MEANWHILE: COMMON_REFUSALS.CHANGED_MEANWHILE,
  COMMAND_REUSED: COMMON_REFUSALS.COMMAND_REUSED,
  TOO_MANY_ROWS: { status: 422, text: '一份文书最多列 {most} 行，请分批出具。' },
  TEMPLATE_REFUSED: { status: 422, text: '{text}' },
  TEMPLATE_HAS_PROBLEMS: { status: 422, text: '{text}' },
  BATCH_EMPTY: { status: 422, text: '没有可以出具的文书。' },
  BATCH_TOO_LARGE: { status: 422, text: '一次最多出具 {most} 份，请分批办理。' },
  BATCH_OVER: { status: 409, text: '这批文书已经办结，不能取消。' },
  BATCH_NOTHING_LEFT: { status: 409, text: '这批文书没有需要补出的，或正在出具中，请刷新页面。' },
  WITHDRAWN: { status: 409, text: '这份文书已经撤回，不再登记文号和附扫描件。' },
  WITHDRAWAL_REASON_REQUIRED: { status: 422, text: '请写明撤回的原因。' },
  NUMBER_REQUIRED: { status: 422, text: '请填写文号。' },
  NUMBER_TOO_LONG: { status: 422, text: '文号不超过 {most} 个字。' },
  NUMBER_UNCHANGED: { status: 422, text: '文号和签发日期与已登记的相同，无需更正。' },
  REASON_REQUIRED: { status: 422, text: '更正文号请写明原因。' },
  SIGNED_IN_FUTURE: { status: 422, text: '签发日期不能晚于今天。' },
  NO_FILE: { status: 422, text: '请选择要上传的文件。' },
  FILE_TOO_LARGE: { status: 413, text: '文件超过 {most} MB，请压缩后再上传。' },
  SCAN_WRONG_TYPE: { status: 422, text: '扫描件须为 PDF、JPG 或 PNG，所选文件的内容不是这几种格式。' },
  TEMPLATE_NOT_READY: { status: 422, text: '这个版本还没有对应列，请先对应列再启用。' },
  START_IN_PAST: { status: 422, text: '启用日期不能早于今天。' },
  MAPPING_EMPTY: { status: 422, text: '请至少对应一列（序号除外）。' },
  MAPPING_TWICE: { status: 422, text: '同一个字段只能对应一列，请检查重复的选择。' },
  MAPPING_UNKNOWN: { status: 422, text: '所选字段不属于这个列表，请重新选择。' },
  MAPPING_ROW: { status: 422, text: '开始填写的行须在表头之下。' },
};
