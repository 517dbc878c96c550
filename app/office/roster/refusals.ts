import type { EnterPersonRefusal } from '#app/organization/register/enter-person.server.ts';
import type {
  AnswerCorrectionRefusal,
  FileCorrectionRefusal,
} from '#app/organization/register/correct-person.server.ts';
import type { DecideFiledRefusal } from '#app/organization/register/correction.ts';
import type { AssessmentRefusal } from '#app/organization/register/assessment.ts';
import type { CardRefusal } from '#app/organization/register/supervision-card.ts';
import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';

export type RosterRefusal =
  | EnterPersonRefusal
  | FileCorrectionRefusal
  | AnswerCorrectionRefusal
  | DecideFiledRefusal
  | AssessmentRefusal
  | CardRefusal
  | 'NOT_IN_POST'
  | 'NO_TERM'
  | 'DAY_OUT_OF_RANGE'
  | 'FIELD_UNKNOWN'
  | 'POST_UNCHANGED'
  | 'SCAN_UNREADABLE'
  | 'TERM_REVERSED'
  | 'FORBIDDEN'
  | 'COMMAND_REUSED';

/** Status and sentence of every refusal of this room; the single place that words them. */
export const ROSTER_REFUSALS: RefusalTexts<RosterRefusal> = {
  FORBIDDEN: COMMON_REFUSALS.FORBIDDEN,
  NOT_FOUND: COMMON_REFUSALS.NOT_FOUND,
  COMMAND_REUSED: COMMON_REFUSALS.COMMAND_REUSED,
  AGE_OUT_OF_RANGE: {
    status: 422,
    text: '按身份证号，到岗时的年龄不在 16–100 周岁之间，请核对身份证号和到岗日期。',
  },
  NAME_DIFFERS: {
    status: 409,
    text: '该身份证号已登记，但姓名与所填不一致。请核对姓名和身份证号；确有更名的，由登记单位办理更正。',
  },
  ALREADY_HERE: { status: 409, text: '该人员已在本单位登记，不必重复新增。' },
  ALREADY_ELSEWHERE: {
    status: 409,
    text: '该人员已在“{unitName}”登记，请由该单位办理调动转出，本单位确认转入。',
  },
  LATER_PLACE_KNOWN: { status: 409, text: '该人员之后已有登记的任职变动，请先核对人员履历。' },
  UNIT_GONE: { status: 409, text: '所选单位在到岗日期已被撤并，请重新选择。' },
  PERSON_NOT_FOUND: COMMON_REFUSALS.NOT_FOUND,
  NOTHING_CORRECTED: { status: 422, text: '没有需要更正的内容：所填与登记一致。' },
  CORRECTION_OPEN: { status: 409, text: '该人员已有一项更正等待复核，请先办结或撤回。' },
  ID_TAKEN: {
    status: 409,
    text: '该身份证号已登记在另一人名下，不能更正。请核对号码，或联系司法局核查重复登记。',
  },
  CORRECTION_ANSWERED: { status: 409, text: '该更正已由他人办结，请刷新页面查看结果。' },
  MAKER_IS_CHECKER: { status: 403, text: '申请更正的人员不能自己复核，请由其他人员复核。' },
  NOTE_REQUIRED: { status: 422, text: '不同意更正的，请写明理由。' },
  YEAR_NOT_OVER: { status: 422, text: '{year} 年度尚未结束，年度考核结果从当年 12 月起登记。' },
  YEAR_TOO_EARLY: { status: 422, text: '年度应不早于 {year} 年。' },
  REASON_REQUIRED: { status: 422, text: '该人员这一年度已登记其他等次，更改须写明理由。' },
  CARD_NO_TAKEN: { status: 409, text: '该监督证号在同一期间已登记在另一人名下，请核对证号。' },
  CARD_DAYS_REVERSED: { status: 422, text: '有效期截止日期早于起始日期，请核对。' },
  NOT_IN_POST: { status: 409, text: '该人员在所填日期不在任何单位在岗，请核对日期和人员履历。' },
  NO_TERM: { status: 409, text: '没有可以结束的登记，可能已由他人办理，请刷新页面。' },
  DAY_OUT_OF_RANGE: { status: 422, text: '日期应在 {earliest} 至 {latest} 之间。' },
  FIELD_UNKNOWN: { status: 422, text: '所选执法领域不存在，请重新选择。' },
  POST_UNCHANGED: { status: 422, text: '没有变更：所填与登记一致。' },
  SCAN_UNREADABLE: { status: 422, text: '证明材料应为 PDF、JPG 或 PNG 文件，不超过 5 MB。' },
  TERM_REVERSED: { status: 422, text: '聘期截止日期应晚于起始日期。' },
};
