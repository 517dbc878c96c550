import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';

export type ImportRefusal =
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'NO_FILE'
  | 'FILE_REFUSED'
  | 'FILE_GONE'
  | 'NOT_MAPPABLE'
  | 'MAPPING_INCOMPLETE'
  | 'NOT_CHECKED'
  | 'ONLY_A_TRIAL'
  | 'NOTHING_TO_APPLY'
  | 'HAS_REFUSED_ROWS'
  | 'CHANGED_MEANWHILE';

/** What a person reads when a step of an import is refused. */
export const IMPORT_REFUSALS: RefusalTexts<ImportRefusal> = {
  NOT_FOUND: COMMON_REFUSALS.NOT_FOUND,
  FORBIDDEN: COMMON_REFUSALS.FORBIDDEN,
  CHANGED_MEANWHILE: { status: 409, text: '核对结果刚刚有变化，请看过现在的结果后再办理。' },
  NO_FILE: { status: 422, text: '请先选择要导入的文件。' },
  FILE_REFUSED: { status: 422, text: '{text}' },
  FILE_GONE: { status: 422, text: '这份文件已过保存期或已撤回，请重新上传。' },
  NOT_MAPPABLE: { status: 409, text: '这份文件已经确认，不能再调整列的对应关系。' },
  MAPPING_INCOMPLETE: { status: 422, text: '{problems}' },
  NOT_CHECKED: { status: 409, text: '核对还没有完成，请稍候再确认。' },
  ONLY_A_TRIAL: { status: 409, text: '这是命令行的试算，不能确认导入。请上传文件后办理。' },
  NOTHING_TO_APPLY: { status: 422, text: '没有需要写入的内容：各行都与现有数据一致，或都被退回。' },
  HAS_REFUSED_ROWS: {
    status: 422,
    text: '有 {refused} 行被退回，按「全部无误才导入」不能写入。请改正后重新上传，或改选「只导入无误的行」。',
  },
};
