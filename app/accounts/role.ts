/** Role codes of design.md §1. One person may hold several, each with its scope; the three administrators exclude each other. */
export const ROLES = [
  'officer',
  'applicant',
  'auxiliary',
  'unit_liaison',
  'unit_leader',
  'system_department',
  'justice_office',
  'justice_bureau',
  'supervisor',
  'invited_supervisor',
  'question_editor',
  'question_reviewer',
  'invigilator',
  'system_admin',
  'security_admin',
  'audit_admin',
] as const;

export type Role = (typeof ROLES)[number];

/** self · unit subtree (块 inside a unit) · field line (条) · region subtree (块) · platform (no business data). */
export type ScopeKind = 'self' | 'unit' | 'field' | 'region' | 'platform';

export interface Grant {
  readonly role: Role;
  readonly scopeKind: ScopeKind;
  readonly unitId: string | null;
  readonly regionId: string | null;
  readonly fieldCode: string | null;
  /** Account of the colleague for whom this person stands in; absent for a right of one's own. */
  readonly lentBy?: string | undefined;
}

export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  officer: '执法人员',
  applicant: '申领人',
  auxiliary: '辅助人员',
  unit_liaison: '单位联络员',
  unit_leader: '单位负责人',
  system_department: '行业主管部门',
  justice_office: '司法所',
  justice_bureau: '司法局',
  supervisor: '行政执法监督人员',
  invited_supervisor: '特邀监督员',
  question_editor: '命题人员',
  question_reviewer: '审题人员',
  invigilator: '监考人员',
  system_admin: '系统管理员',
  security_admin: '安全管理员',
  audit_admin: '审计管理员',
};

/** 三员分立 (domain.md §9.1): no person holds two of these, nor one of them beside a business role. */
export const ADMIN_ROLES: readonly Role[] = ['system_admin', 'security_admin', 'audit_admin'];
