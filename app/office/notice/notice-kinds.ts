import type { Role } from '#app/accounts/role.ts';

const LEARNERS: readonly Role[] = ['officer', 'applicant', 'auxiliary'];
const OFFICES: readonly Role[] = [
  'unit_liaison',
  'unit_leader',
  'system_department',
  'justice_office',
  'justice_bureau',
];

/** What a kind of notice is called, whether somebody has to do something, and whom it may reach. */
export interface NoticeKindWords {
  readonly label: string;
  /** The badge counts it until it is read, and it goes out by mail unless its reader says otherwise. */
  readonly needsAction: boolean;
  /** Roles whose holders may get it; only to them is a preference offered. */
  readonly reaches: readonly Role[] | 'everyone';
}

/**
 * What people are told about. The list is closed: preferences, inbox and delivery log use these words; a slice that
 * sends notices adds its kinds here.
 */
export const NOTICE_KINDS = {
  'campaign.issued': { label: '下发通知', needsAction: true, reaches: OFFICES },
  'campaign.reminder': { label: '催报', needsAction: true, reaches: OFFICES },
  'campaign.returned': { label: '填报退回', needsAction: true, reaches: OFFICES },
  'campaign.announced': { label: '公告', needsAction: false, reaches: 'everyone' },
  'transfer.asked': { label: '调动待接收', needsAction: true, reaches: OFFICES },
  'transfer.answered': { label: '调动结果', needsAction: false, reaches: [...OFFICES, ...LEARNERS] },
  'change.effective': { label: '机构变更', needsAction: false, reaches: 'everyone' },
  'handover.done': { label: '工作交接', needsAction: true, reaches: OFFICES },
  'delegation.started': { label: '代办安排', needsAction: true, reaches: OFFICES },
  'application.answered': {
    label: '申领结果',
    needsAction: false,
    reaches: ['unit_liaison', ...LEARNERS],
  },
  'certificate.changed': { label: '证件变动', needsAction: true, reaches: ['unit_liaison', ...LEARNERS] },
  'session.invited': { label: '培训通知', needsAction: true, reaches: LEARNERS },
  'registration.answered': {
    label: '报名审核结果',
    needsAction: false,
    reaches: ['unit_liaison', ...LEARNERS],
  },
  'exam.date_changed': { label: '考试改期', needsAction: true, reaches: ['unit_liaison', ...LEARNERS] },
  'exam.times_changed': { label: '考试安排调整', needsAction: true, reaches: ['unit_liaison', ...LEARNERS] },
  'exam.batch_changed': {
    label: '考试批次变动',
    needsAction: true,
    reaches: ['unit_liaison', ...LEARNERS],
  },
  'exam.result': { label: '考试成绩', needsAction: false, reaches: LEARNERS },
  'hours.warning': { label: '学时预警', needsAction: true, reaches: LEARNERS },
  'hours.digest': { label: '学时预警汇总', needsAction: true, reaches: ['unit_liaison'] },
  'exemption.answered': {
    label: '免训核减结果',
    needsAction: false,
    reaches: ['unit_liaison', ...LEARNERS],
  },
  'hours.changed': { label: '学时变动', needsAction: false, reaches: LEARNERS },
  'claim.answered': {
    label: '学时认定结果',
    needsAction: false,
    reaches: ['unit_liaison', ...LEARNERS],
  },
  'hours.published': { label: '年度学时公示', needsAction: false, reaches: LEARNERS },
  'hours.objection_answered': { label: '学时异议答复', needsAction: false, reaches: LEARNERS },
  'hours.closing': { label: '年度学时封账', needsAction: true, reaches: OFFICES },
  'office.message': { label: '工作消息', needsAction: false, reaches: OFFICES },
} as const satisfies Record<string, NoticeKindWords>;

export type NoticeKind = keyof typeof NOTICE_KINDS;

export const isNoticeKind = (kind: string): kind is NoticeKind => Object.hasOwn(NOTICE_KINDS, kind);

const ALL = Object.keys(NOTICE_KINDS).filter(isNoticeKind);

/** Kinds the badge counts. */
export const ACTION_KINDS: readonly NoticeKind[] = ALL.filter((kind) => NOTICE_KINDS[kind].needsAction);

/** Kinds that may reach somebody with these roles, in the order of the list. */
export function kindsFor(roles: readonly Role[]): NoticeKind[] {
  return ALL.filter((kind) => {
    const reaches: NoticeKindWords['reaches'] = NOTICE_KINDS[kind].reaches;
    return reaches === 'everyone' || roles.some((role) => reaches.includes(role));
  });
}

/** Whether a kind goes out by mail while its reader has said nothing. */
export const mailsByDefault = (kind: NoticeKind): boolean => NOTICE_KINDS[kind].needsAction;
