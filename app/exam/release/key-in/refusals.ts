import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';
import type { EnterRefusal } from './enter-sheet.server.ts';
import type { ScanRefusal } from './find-scanned.server.ts';

/** What a person reads when keying in says no. */
export const KEY_IN_REFUSALS: RefusalTexts<EnterRefusal> = {
  FORBIDDEN: COMMON_REFUSALS.FORBIDDEN,
  COMMAND_REUSED: COMMON_REFUSALS.COMMAND_REUSED,
  NOT_FOUND: { status: 404, text: '本场没有这个准考证号的密封试卷，请核对答题卡上的准考证号。' },
  NOT_PRINTED: { status: 409, text: '本场考试没有启封印制试卷，不需要录入答题卡。' },
  NOT_OPEN_YET: { status: 409, text: '未到开考时间，不能录入答题卡。' },
  NOT_HELD: { status: 409, text: '本场考试已经取消，不能录入答题卡。' },
  OWN_SHEET: { status: 403, text: '不能查看、录入本人的答题卡，请由其他人员录入。' },
  SHEET_NOT_RELEASED: {
    status: 409,
    text: '该考生的试卷是补封的，尚未由两人启封印制，没有可以录入的答题卡。',
  },
  SAT_ON_SCREEN: { status: 409, text: '该考生已在计算机上作答，不能再录入答题卡。' },
  ENTERED_ALREADY: { status: 409, text: '您已录入过这份答题卡，须由另一人独立录入。' },
  ENTRIES_AGREE: { status: 409, text: '这份答题卡两遍录入一致，已经入库评分。' },
  THIRD_LOOK_NEEDED: { status: 409, text: '这份答题卡两遍录入不一致，请由第三人对照答题卡核定。' },
  NOTHING_TO_SETTLE: { status: 409, text: '这份答题卡没有需要核定的差异。' },
};

/** What a person reads when a scanned sheet is not opened. */
export const SCAN_REFUSALS: RefusalTexts<ScanRefusal> = {
  ...KEY_IN_REFUSALS,
  NOT_A_TICKET: {
    status: 422,
    text: '没有读到准考证号。请将输入法切换到英文后重新扫描，或手工输入准考证号。',
  },
  WRONG_CHECK: { status: 422, text: '二维码内容校验不符，可能没有扫全，请重新扫描，或手工输入准考证号。' },
  QUESTION_PAPER: { status: 422, text: '扫描的是试卷的二维码，请扫描答题卡右上角的二维码。' },
  NO_SUCH_SHEET: KEY_IN_REFUSALS.NOT_FOUND,
  OTHER_SITTING: { status: 409, text: '这是另一场考试“{title}”的答题卡，请到该场录入。' },
};
