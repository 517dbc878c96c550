/**
 * Everything that may wait for a person. A kind is named by the place where it is decided; its label is what the list
 * says, its button what the person does there. A slice that opens tasks adds its kinds here: the list stays closed, so
 * that page, search and database agree on every word.
 */
export const TASK_KINDS = {
  'campaign.answer': { label: '填报', act: '去填报' },
  'campaign.review': { label: '填报审核', act: '去审核' },
  'campaign.approve': { label: '确认批准', act: '去办理' },
  'transfer.accept': { label: '调动接收', act: '去确认' },
  'change.confirm': { label: '机构变更复核', act: '去复核' },
  'absence.return': { label: '离岗返回', act: '去登记' },
  'leaver.card': { label: '离岗人员证件', act: '去处理' },
  'transfer.card': { label: '调动人员证件', act: '去处理' },
  'card.proposal': { label: '证件处理建议', act: '去处理' },
  'application.review': { label: '申领初审', act: '去审核' },
  'application.approve': { label: '申领批准', act: '去批准' },
  'application.returned': { label: '申领补正', act: '去补正' },
  'certificate.issue': { label: '证件核发', act: '去核发' },
  'certificate.decide': { label: '证件决定复核', act: '去复核' },
  'session.close': { label: '培训班结班', act: '去结班' },
  'session.close_sealed': { label: '封账后结班', act: '去核对' },
  'exemption.approve': { label: '免训核减批准', act: '去批准' },
  'claim.verify': { label: '学时认定', act: '去认定' },
  'claim.returned': { label: '学时认定补正', act: '去补正' },
  'hours.correction': { label: '学时更正审核', act: '去审核' },
  'hours.objection': { label: '学时异议', act: '去处理' },
  'registration.first_check': { label: '报名初审', act: '去初审' },
  'registration.review': { label: '报名审核', act: '去审核' },
  'registration.returned': { label: '报名补正', act: '去补正' },
  'document.batch': { label: '批量出具', act: '去处理' },
  'hours.publish': { label: '年度学时公示', act: '去公示' },
  'hours.closing_objection': { label: '公示异议', act: '去答复' },
  'hours.confirm': { label: '年度学时确认', act: '去确认' },
  'document.number': { label: '补登文号', act: '去补登' },
  'assessment.review': { label: '年度考核提示', act: '去查看' },
  'exam.custody': { label: '封卷、启封复核', act: '去复核' },
  'exam.void': { label: '作答作废复核', act: '去复核' },
  'exam.late': { label: '断网补传复核', act: '去复核' },
  'exam.review': { label: '成绩复核', act: '去答复' },
  'person.correction': { label: '人员信息复核', act: '去复核' },
} as const satisfies Record<string, { label: string; act: string }>;

export type TaskKind = keyof typeof TASK_KINDS;

export const isTaskKind = (kind: string): kind is TaskKind => Object.hasOwn(TASK_KINDS, kind);
