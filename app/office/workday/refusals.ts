import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';
import type { ImportWorkdaysRefusal } from './import-workdays.server.ts';

export const WORKDAY_REFUSALS: RefusalTexts<ImportWorkdaysRefusal | 'FILE_UNREADABLE'> = {
  FORBIDDEN: COMMON_REFUSALS.FORBIDDEN,
  COMMAND_REUSED: COMMON_REFUSALS.COMMAND_REUSED,
  NOT_TOP_BUREAU: { status: 403, text: '工作日安排全市通用，由最上一级司法局维护。' },
  LINES_UNREADABLE: { status: 422, text: '有 {count} 行不能识别，请按提示改正后重新核对。' },
  NOTHING_TO_IMPORT: { status: 422, text: '没有需要更改的内容。' },
  CHANGED_MEANWHILE: { status: 409, text: '核对之后工作日安排又有变动，请重新核对后再确认。' },
  FILE_UNREADABLE: { status: 422, text: '{reason}' },
};
