/**
 * What people are told about. `needsAction`: the badge counts it until it is read. The list is closed: preferences,
 * inbox and delivery log use these words; a slice that sends notices adds its kinds here.
 */
export const NOTICE_KINDS = {
  'campaign.issued': { label: '下发通知', needsAction: true },
  'campaign.reminder': { label: '催报', needsAction: true },
  'campaign.returned': { label: '填报退回', needsAction: true },
  'campaign.announced': { label: '公告', needsAction: false },
  'transfer.asked': { label: '调动待接收', needsAction: true },
  'transfer.answered': { label: '调动结果', needsAction: false },
  'change.effective': { label: '机构变更', needsAction: false },
  'handover.done': { label: '工作交接', needsAction: true },
  'delegation.started': { label: '代办安排', needsAction: true },
  'application.answered': { label: '申领结果', needsAction: false },
  'certificate.changed': { label: '证件变动', needsAction: true },
  'session.invited': { label: '培训通知', needsAction: true },
  'exam.result': { label: '考试成绩', needsAction: false },
  'hours.changed': { label: '学时变动', needsAction: false },
  'office.message': { label: '工作消息', needsAction: false },
} as const satisfies Record<string, { label: string; needsAction: boolean }>;

export type NoticeKind = keyof typeof NOTICE_KINDS;

export const isNoticeKind = (kind: string): kind is NoticeKind => Object.hasOwn(NOTICE_KINDS, kind);
