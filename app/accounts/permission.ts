import { ROLES, type Role } from './role.ts';

/** Who may knock at a door at all. What lies behind it is narrowed to the scope of the grants that opened it. */
export type Admission = 'public' | 'signed_in' | readonly Role[];

const LEARNERS: readonly Role[] = ['officer', 'applicant', 'auxiliary'];
const BUSINESS: readonly Role[] = ROLES.filter(
  (role) => !['system_admin', 'security_admin', 'audit_admin', 'invited_supervisor'].includes(role),
);

/**
 * Every permission of the platform and the roles that carry it (duties: domain.md §3.4). The doors of all slices name
 * one of these; a door without one does not open, and the door test walks them all.
 */
export const PERMISSIONS = {
  'public.read': 'public',
  'account.sign_in': 'public',
  'account.sign_out': 'public',
  'account.activate': 'public',
  'exam.enter': 'public',
  'home.read': 'signed_in',
  'task.read': 'signed_in',
  'inbox.read': 'signed_in',
  'notice.send': ['justice_bureau', 'system_department', 'unit_leader'],
  'delivery.read': ['system_admin'],
  'delivery.resend': ['system_admin'],
  'search.read': BUSINESS,
  'handover.file': ['unit_liaison', 'unit_leader', 'justice_bureau'],
  'delegation.manage': [
    'unit_liaison',
    'unit_leader',
    'system_department',
    'justice_office',
    'justice_bureau',
  ],
  'styleguide.read': 'public',
  'preferences.write': 'public',

  'rules.read': BUSINESS,
  'organization.read': [
    'justice_bureau',
    'unit_liaison',
    'unit_leader',
    'system_department',
    'justice_office',
    'supervisor',
  ],
  'roster.import': ['justice_bureau'],
  'roster.manage': ['unit_liaison', 'justice_bureau'],
  'roster.correct': ['unit_liaison', 'justice_bureau'],
  'roster.approve_correction': ['unit_leader', 'justice_bureau'],
  'roster.read_correction': ['unit_liaison', 'unit_leader', 'justice_bureau'],
  'assessment.read': ['unit_liaison', 'unit_leader', 'justice_bureau'],
  'assessment.record': ['unit_liaison', 'justice_bureau'],
  'supervisor.read': ['justice_bureau', 'supervisor'],
  'supervisor.manage': ['justice_bureau'],
  'import.use': ['justice_bureau', 'unit_liaison'],
  'import.of_unit': ['unit_liaison'],
  'organization.change': ['justice_bureau'],
  // The second person beside the maker may be the leader of the bureau's own unit (分管领导).
  'organization.decide_change': ['justice_bureau', 'unit_leader'],
  'approval.read_scan': ['justice_bureau', 'unit_leader'],
  'transfer.manage': ['unit_liaison', 'justice_bureau'],
  'absence.manage': ['unit_liaison', 'justice_bureau'],
  'leaver.manage': ['unit_liaison', 'justice_bureau'],
  'workday.manage': ['justice_bureau'],
  'campaign.issue': ['justice_bureau'],
  'campaign.review': ['justice_bureau'],
  'campaign.approve': ['justice_bureau', 'unit_leader'],
  'campaign.read': ['justice_bureau', 'justice_office', 'system_department', 'supervisor'],
  'campaign.answer': ['unit_liaison'],
  'campaign.read_own_unit': ['unit_liaison', 'unit_leader'],
  'campaign.read_file': [
    'unit_liaison',
    'unit_leader',
    'justice_bureau',
    'justice_office',
    'system_department',
    'supervisor',
  ],
  'entitlement.read': ['justice_bureau', 'supervisor'],
  'template.manage': ['justice_bureau'],
  'document.read': [
    'unit_liaison',
    'unit_leader',
    'system_department',
    'justice_office',
    'justice_bureau',
    'supervisor',
  ],
  'document.draw': ['unit_liaison', 'system_department', 'justice_office', 'justice_bureau'],

  'course.read': BUSINESS,
  'study.own': LEARNERS,
  'study_finding.read': ['unit_liaison', 'unit_leader', 'justice_bureau'],
  'study_finding.judge': ['unit_liaison', 'justice_bureau'],
  'hours.read_own': LEARNERS,
  'hours.read_of_person': ['unit_liaison', 'unit_leader', 'justice_bureau'],
  'exemption.read': ['unit_liaison', 'unit_leader', 'justice_bureau'],
  'exemption.file': ['unit_liaison'],
  'exemption.approve': ['unit_leader', 'justice_bureau'],
  'hours.correct': ['unit_liaison', 'justice_bureau'],
  'hours.approve_correction': ['unit_leader', 'justice_bureau'],
  'hours.read_closing': [
    'unit_liaison',
    'unit_leader',
    'system_department',
    'justice_office',
    'justice_bureau',
    'supervisor',
  ],
  'hours.prepare_closing': ['unit_liaison'],
  'hours.answer_objection': ['unit_liaison', 'unit_leader'],
  'hours.confirm_closing': ['unit_leader'],
  'hours.close': ['justice_bureau'],
  'hours.approve_closed': ['justice_bureau'],
  'hours.object_to_list': LEARNERS,
  'hours.check_seal': BUSINESS,
  'hours.read_card': [
    'unit_liaison',
    'unit_leader',
    'system_department',
    'justice_office',
    'justice_bureau',
    'supervisor',
  ],
  'hours.read_correction': ['unit_liaison', 'unit_leader', 'justice_bureau'],
  'hours.object': LEARNERS,
  'hours.import': ['unit_liaison', 'justice_bureau'],
  'claim.file_own': LEARNERS,
  'claim.file': ['unit_liaison'],
  'claim.read': ['unit_liaison', 'unit_leader', 'justice_bureau'],
  'claim.verify': ['unit_liaison', 'unit_leader', 'justice_bureau'],
  // What a liaison has filed is verified by somebody above the liaison.
  'claim.verify_filed': ['unit_leader', 'justice_bureau'],
  'claim.sample': ['justice_bureau'],
  'claim.read_proof': [...LEARNERS, 'unit_liaison', 'unit_leader', 'justice_bureau'],
  'session.attend': LEARNERS,
  'session.read': ['unit_liaison', 'unit_leader', 'justice_bureau', 'system_department'],
  'session.schedule': ['unit_liaison', 'justice_bureau', 'system_department'],
  'session.mark': ['unit_liaison', 'justice_bureau', 'system_department'],
  'session.close': ['unit_liaison', 'justice_bureau', 'system_department'],

  'exam.read_own': LEARNERS,
  'exam.sit': LEARNERS,
  'exam.check_device': LEARNERS,
  'exam.ask_review': LEARNERS,
  'exam.manage': ['justice_bureau'],
  'exam.register': ['unit_liaison'],
  'exam.first_check': ['justice_office'],
  'exam.read_registration': ['unit_liaison', 'unit_leader', 'justice_office', 'justice_bureau'],
  'exam.seal': ['justice_bureau'],
  // The second person beside the maker may be the leader of the bureau's own unit (分管领导).
  'exam.confirm_seal': ['justice_bureau', 'unit_leader'],
  'exam.key_in': ['justice_bureau', 'invigilator'],
  'exam.receive_sealed': ['justice_bureau', 'invigilator'],
  // Reach: an invigilator's are the rooms assigned by the bureau, a bureau's the sittings of its region.
  'exam.invigilate': ['invigilator', 'justice_bureau'],
  // Two persons: who proposes a void does not decide it.
  'exam.void': ['justice_bureau'],
  // Late answers of a sitting; another person decides than proposes.
  'exam.count_late': ['justice_bureau'],
  'exam.replay': ['justice_bureau'],
  'exam.answer_review': ['justice_bureau'],
  'bank.read': ['question_editor', 'question_reviewer'],

  'certificate.read_own': LEARNERS,
  'application.read': ['unit_liaison', 'unit_leader', 'justice_office', 'justice_bureau'],
  'application.file': ['unit_liaison'],
  'application.review': ['justice_bureau', 'justice_office'],
  'application.approve': ['justice_bureau'],
  'certificate.read': ['justice_bureau', 'supervisor'],
  'certificate.issue': ['justice_bureau'],
  'certificate.decide': ['justice_bureau'],
  'certificate.read_papers': [
    'unit_liaison',
    'unit_leader',
    'justice_office',
    'justice_bureau',
    'supervisor',
  ],

  'figures.read': [
    'unit_liaison',
    'unit_leader',
    'system_department',
    'justice_office',
    'justice_bureau',
    'supervisor',
    'invited_supervisor',
  ],
  'figures.read_persons': [
    'unit_liaison',
    'unit_leader',
    'system_department',
    'justice_office',
    'justice_bureau',
    'supervisor',
  ],

  'platform.operate': ['system_admin'],
  // Reach: the security administrator's is the platform, a bureau's the people and offices of its region.
  'account.open': ['security_admin', 'justice_bureau'],
  'audit.read': ['audit_admin'],
} as const satisfies Record<string, Admission>;

export type Permission = keyof typeof PERMISSIONS;

/** True when one of the roles opens the door; a signed-in person with no role passes only `signed_in` doors. */
export function admits(permission: Permission, roles: readonly Role[] | null): boolean {
  const admission: Admission = PERMISSIONS[permission];
  if (admission === 'public') return true;
  if (roles === null) return false;
  if (admission === 'signed_in') return true;
  return roles.some((role) => admission.includes(role));
}

/** All that a session of the exam door may do: it serves one registration, whatever its person may do elsewhere. */
const BOUND_PERMISSIONS: readonly Permission[] = ['exam.sit', 'exam.check_device'];

/** The page of such a session; every other page leads back to it. */
export const BOUND_HOME = '/exam-door/seat';
/** Where such a session begins: with a ticket instead of a password. */
export const TICKET_LOGIN = '/exam-door';

export function admitsBound(permission: Permission): boolean {
  return BOUND_PERMISSIONS.includes(permission);
}

/** The roles behind a permission; empty for public and signed-in doors. */
export function rolesFor(permission: Permission): readonly Role[] {
  const admission: Admission = PERMISSIONS[permission];
  return typeof admission === 'string' ? [] : admission;
}
