import type { Permission } from '#app/accounts/permission.ts';
import { admits } from '#app/accounts/permission.ts';
import type { Role } from '#app/accounts/role.ts';
import { ROLE_LABELS } from '#app/accounts/role.ts';
import type { NavGroup, NavItem } from '#app/platform/ui/frames/frame-user.ts';

interface Entry {
  readonly to: string;
  readonly label: string;
  readonly permission: Permission;
}

/** The official's desk by task, in the order of a working week. Only pages that exist; each opens for whom it is shown. */
const GROUPS: readonly { label: string; entries: readonly Entry[] }[] = [
  {
    label: '工作台',
    entries: [
      { to: '/', label: '首页', permission: 'home.read' },
      { to: '/tasks', label: '待办任务', permission: 'task.read' },
      { to: '/inbox', label: '收件箱', permission: 'inbox.read' },
    ],
  },
  {
    label: '培训',
    entries: [
      { to: '/coordinate/sessions', label: '培训班', permission: 'session.read' },
      { to: '/coordinate/exemptions', label: '免训核减', permission: 'exemption.read' },
      { to: '/coordinate/claims', label: '学时认定', permission: 'claim.read' },
      { to: '/bureau/claims', label: '认定抽查', permission: 'claim.sample' },
      { to: '/coordinate/hour-corrections', label: '学时更正', permission: 'hours.read_correction' },
      { to: '/coordinate/cards', label: '登记卡', permission: 'hours.read_card' },
      { to: '/coordinate/years', label: '年度学时确认', permission: 'hours.read_closing' },
      { to: '/bureau/years', label: '年度学时封账', permission: 'hours.close' },
      { to: '/courses', label: '课程', permission: 'course.read' },
      { to: '/coordinate/study-findings', label: '学习核实', permission: 'study_finding.read' },
    ],
  },
  {
    label: '填报',
    entries: [
      { to: '/coordinate/campaigns', label: '填报任务', permission: 'campaign.read_own_unit' },
      { to: '/bureau/campaigns', label: '任务下发', permission: 'campaign.read' },
    ],
  },
  {
    label: '证件',
    entries: [
      { to: '/coordinate/applications', label: '证件申领', permission: 'application.file' },
      { to: '/bureau/applications', label: '申领审核', permission: 'application.review' },
      { to: '/bureau/certificates', label: '证件登记', permission: 'certificate.read' },
      { to: '/bureau/eligibility', label: '资格查证', permission: 'entitlement.read' },
    ],
  },
  {
    label: '考试',
    entries: [
      { to: '/bureau/exams/batches', label: '考试批次', permission: 'exam.manage' },
      { to: '/coordinate/registrations', label: '考试报名', permission: 'exam.read_registration' },
      { to: '/bureau/exams', label: '考试场次', permission: 'exam.manage' },
      { to: '/invigilate', label: '监考', permission: 'exam.invigilate' },
      { to: '/bureau/exams/voids', label: '作废复核', permission: 'exam.void' },
      { to: '/bureau/exams/reviews', label: '成绩复核', permission: 'exam.answer_review' },
      { to: '/bureau/exams/key-in', label: '答题卡录入', permission: 'exam.key_in' },
      { to: '/bureau/exams/sealed', label: '接收离线作答', permission: 'exam.receive_sealed' },
      { to: '/bank/questions', label: '题库', permission: 'bank.read' },
    ],
  },
  {
    label: '文书',
    entries: [
      { to: '/bureau/documents', label: '文书', permission: 'document.read' },
      { to: '/bureau/templates', label: '文书模板', permission: 'template.manage' },
    ],
  },
  {
    label: '监督',
    entries: [{ to: '/supervise/completion', label: '达标情况', permission: 'figures.read' }],
  },
  {
    label: '机构与人员',
    entries: [
      { to: '/coordinate/roster', label: '本单位人员', permission: 'organization.read' },
      { to: '/bureau/organisation', label: '机构', permission: 'organization.read' },
      { to: '/bureau/organisation/changes', label: '机构变更', permission: 'organization.change' },
      { to: '/coordinate/transfers', label: '人员调动', permission: 'transfer.manage' },
      { to: '/coordinate/absences', label: '临时离岗', permission: 'absence.manage' },
      { to: '/coordinate/leavers', label: '离岗人员', permission: 'leaver.manage' },
    ],
  },
  {
    label: '名册与资料',
    entries: [
      { to: '/coordinate/registers/reviewers', label: '法制审核人员', permission: 'organization.read' },
      { to: '/coordinate/registers/assessments', label: '年度考核', permission: 'assessment.read' },
      { to: '/bureau/supervisors', label: '监督人员', permission: 'supervisor.read' },
      { to: '/coordinate/registers/honours', label: '荣誉', permission: 'organization.read' },
      { to: '/coordinate/registers/contacts', label: '联络员', permission: 'organization.read' },
      { to: '/coordinate/registers/photos', label: '照片', permission: 'roster.manage' },
      { to: '/bureau/imports', label: '资料导入', permission: 'roster.import' },
      { to: '/coordinate/imports', label: '资料导入', permission: 'import.of_unit' },
    ],
  },
  {
    label: '单位与规则',
    entries: [
      { to: '/bureau/rules', label: '规则', permission: 'rules.read' },
      { to: '/bureau/workdays', label: '工作日', permission: 'workday.manage' },
    ],
  },
  {
    label: '平台',
    entries: [
      { to: '/admin/accounts', label: '账号管理', permission: 'account.open' },
      { to: '/admin/health', label: '运行状况', permission: 'platform.operate' },
      { to: '/admin/deliveries', label: '投递记录', permission: 'delivery.read' },
      { to: '/admin/audit', label: '审计日志', permission: 'audit.read' },
    ],
  },
  {
    label: '本人',
    entries: [
      { to: '/hours', label: '我的学时', permission: 'hours.read_own' },
      { to: '/sessions', label: '我的培训班', permission: 'session.attend' },
      { to: '/exams', label: '我的考试', permission: 'exam.read_own' },
      { to: '/me', label: '我的证件', permission: 'certificate.read_own' },
    ],
  },
];

/**
 * Left navigation for these roles: groups without an open door are left out.
 * @param waiting number of things that wait for this person, by path; only these become badges
 */
export function navigationFor(
  roles: readonly Role[],
  waiting: ReadonlyMap<string, number> = new Map(),
): NavGroup[] {
  return GROUPS.map((group) => ({
    label: group.label,
    items: group.entries
      .filter((entry) => admits(entry.permission, roles))
      .map(({ to, label }) => ({ to, label, badge: waiting.get(to) })),
  })).filter((group) => group.items.length > 0);
}

const OWN_LINKS: readonly Entry[] = [
  { to: '/me', label: '我的证件', permission: 'certificate.read_own' },
  { to: '/hours', label: '我的学时', permission: 'hours.read_own' },
  { to: '/sessions', label: '我的培训班', permission: 'session.attend' },
  { to: '/inbox/preferences', label: '提醒设置', permission: 'inbox.read' },
];

/** One's own pages, reached from one's name. */
export function ownLinksFor(roles: readonly Role[]): NavItem[] {
  return OWN_LINKS.filter((entry) => admits(entry.permission, roles)).map(({ to, label }) => ({ to, label }));
}

const LEARNER_ROLES: readonly Role[] = ['officer', 'applicant', 'auxiliary'];

/** A person who only learns gets the officer's frame; one with any office gets the desk. */
export function isLearnerOnly(roles: readonly Role[]): boolean {
  return roles.length > 0 && roles.every((role) => LEARNER_ROLES.includes(role));
}

/** The role named in the frame: the office before the learner, in the order of the role list. */
export function roleLabelFor(roles: readonly Role[]): string {
  const office = roles.find((role) => !LEARNER_ROLES.includes(role)) ?? roles[0];
  return office === undefined ? '未授权' : ROLE_LABELS[office];
}

const TAB_OF_PATH = [
  ['/courses', 'learn'],
  ['/sessions', 'learn'],
  ['/hours', 'hours'],
  ['/exams', 'exam'],
  ['/attempts', 'exam'],
  ['/me', 'me'],
  ['/', 'home'],
] as const;

/** The officer's tab a page belongs to; none for pages beside the tabs. */
export function officerTabOf(pathname: string): (typeof TAB_OF_PATH)[number][1] | undefined {
  return TAB_OF_PATH.find(([path]) => pathname === path || pathname.startsWith(`${path}/`))?.[1];
}
