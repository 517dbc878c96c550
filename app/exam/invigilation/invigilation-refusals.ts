import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';

export type InvigilationRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'COMMAND_REUSED'
  | 'CHANGED_MEANWHILE'
  | 'NOBODY_CHOSEN'
  | 'TOO_MANY_AT_ONCE'
  | 'NOTE_REQUIRED'
  | 'CONFIRMATION_REQUIRED'
  | 'VOID_PROPOSED_ALREADY'
  | 'OWN_ATTEMPT'
  | 'SAME_PERSON'
  | 'CANDIDATE_REQUIRED'
  | 'CORRECTED_ALREADY'
  | 'IN_THE_FUTURE';

/** What invigilators and the bureau read when an act is refused. */
export const INVIGILATION_REFUSALS: RefusalTexts<InvigilationRefusal> = {
  FORBIDDEN: COMMON_REFUSALS.FORBIDDEN,
  NOT_FOUND: COMMON_REFUSALS.NOT_FOUND,
  COMMAND_REUSED: COMMON_REFUSALS.COMMAND_REUSED,
  CHANGED_MEANWHILE: { status: 409, text: '这件事刚刚已由他人办理，请刷新页面查看结果。' },
  NOBODY_CHOSEN: { status: 422, text: '还没有选择考生。请勾选考生，或把办理对象改为整个考场。' },
  TOO_MANY_AT_ONCE: { status: 422, text: '一次最多办理 600 人，请按考场分次办理。' },
  NOTE_REQUIRED: { status: 422, text: '请写明具体情况：结束作答，或理由选“其他”时，须填写说明。' },
  VOID_PROPOSED_ALREADY: { status: 409, text: '该次作答已提请作废或已经作废，不能重复提请。' },
  OWN_ATTEMPT: { status: 403, text: '不能办理涉及本人考试的事项，请由其他工作人员办理。' },
  CONFIRMATION_REQUIRED: {
    status: 422,
    text: '结束多人、整个考场或全场的作答后不能恢复，确认无误的，请在“确认”栏填写“{word}”。',
  },
  SAME_PERSON: { status: 409, text: '提请人不能复核本人提请的作废，请由另一名经办人员复核。' },
  CANDIDATE_REQUIRED: { status: 422, text: '违纪记录须写明考生，请从考生页面登记，或在表中选择考生。' },
  CORRECTED_ALREADY: {
    status: 409,
    text: '这条记录已由他人更正，请先查看最新的一条；您填写的内容保留在表中。',
  },
  IN_THE_FUTURE: { status: 422, text: '发生时间不能晚于现在，请核对后重新填写。' },
};
