import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';

/** Every refusal of closing a year: status and the sentence a person reads. */
export const YEAR_REFUSALS = {
  ...COMMON_REFUSALS,
  YEAR_NOT_OVER: { status: 422, text: '{year}年度尚未结束，次年1月1日起方可办理年度确认。' },
  YEAR_TOO_OLD: { status: 422, text: '{year}年度过早，请检查年度。' },
  NOTHING_TO_OPEN: { status: 409, text: '辖区各单位均已启动年度确认。' },
  NOBODY_ON_LIST: { status: 422, text: '本单位该年度末没有在册人员，无须公示。' },
  CLOSING_CONFIRMED: { status: 409, text: '本单位已确认，等待司法局封账；确需更改的，请联系司法局退回。' },
  YEAR_FROZEN: { status: 409, text: '该年度已封账；之后的更正作为封账后调整记录，封账数不变。' },
  NOT_PUBLISHED: { status: 422, text: '名单尚未公示，请先公示或上传签字表。' },
  NOTICE_RUNS: { status: 422, text: '公示期未满，公示至{until}，期满后方可确认。' },
  OBJECTIONS_OPEN: { status: 422, text: '还有 {count} 件异议没有答复，答复完毕后方可确认。' },
  SHEET_MISSING: { status: 422, text: '请先上传本次名单的签字表扫描件。' },
  LIST_FELL: {
    status: 409,
    text: '公示后有 {count} 人的学时减少或未列入公示名单，须重新公示后再办理。',
  },
  OBJECTIONS_CLOSED: { status: 422, text: '公示期已过或名单已确认，不再受理公示异议；可以申请更正。' },
  OBJECTION_WAITS: { status: 409, text: '您已提出异议，正等待单位答复。' },
  OBJECTION_ANSWERED: { status: 409, text: '该异议已答复。' },
  OBJECTOR_IS_ACTOR: { status: 422, text: '本人提出的异议须由单位其他人员答复。' },
  NOT_CONFIRMED: { status: 409, text: '单位尚未确认，不能办理。' },
  CONFIRMER_IS_ACTOR: { status: 422, text: '确认人与封账人不得为同一人。' },
  SEALED_ELSEWHERE: { status: 409, text: '有 {count} 人的该年度学时已在其他单位封账，请先核对人员归属。' },
  NOBODY_CHOSEN: { status: 422, text: '请先勾选单位。' },
  TOO_MANY_UNITS: { status: 422, text: '一次最多办理 {most} 个单位，请分次办理。' },
  NOBODY_OWES: { status: 409, text: '各单位均已确认，无须催办。' },
  FILE_EMPTY: { status: 422, text: '请选择文件；所选文件是空的。' },
  FILE_TOO_LARGE: { status: 413, text: '文件过大，请压缩后再上传。' },
  FILE_TYPE_UNKNOWN: { status: 422, text: '只能上传 PDF、JPG 或 PNG 文件。' },
  TOO_MANY_FILES: { status: 422, text: '最多保留 {most} 个文件。' },
} as const satisfies RefusalTexts<string>;

export type YearRefusal = keyof typeof YEAR_REFUSALS;
