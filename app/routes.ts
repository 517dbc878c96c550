import type { RouteConfig } from '@remix-run/route-config';
import { index, layout, route } from '@remix-run/route-config';

/** The one map of URLs. Paths are stable: a page below an area may be added, none is moved. */
export default [
  // Its frame depends on who asks: the counter, the officer's year, the official's desk.
  index('shell/routes/home.tsx'),

  // The counter: no session needed.
  layout('shell/layouts/public-layout.tsx', [
    route('login', 'accounts/routes/login.tsx'),
    route('activate/:token', 'accounts/routes/activate.tsx'),
    route('verify', 'certificate/check/routes/verify.tsx'),
    route('verify/:token', 'certificate/check/routes/verified.tsx'),
    route('units/:unit/officers', 'certificate/check/routes/unit-officers.tsx'),
  ]),
  route('logout', 'accounts/routes/logout.tsx'),
  route('preferences', 'platform/ui/routes/preferences.tsx'),
  route('styleguide', 'platform/ui/routes/styleguide.tsx'),

  // The exam room: no navigation leads away.
  route('attempts/start', 'exam/sitting/routes/start.tsx'),
  route('attempts/:attempt', 'exam/sitting/routes/attempt.tsx'),

  layout('shell/layouts/signed-in-layout.tsx', [
    // What waits, what was said.
    route('search', 'shell/routes/search.tsx'),
    route('tasks', 'office/task/routes/tasks.tsx'),
    route('tasks/handovers', 'office/handover/routes/handovers.tsx'),
    route('tasks/handovers/new', 'office/handover/routes/new-handover.tsx'),
    route('tasks/handovers/:handover', 'office/handover/routes/handover.tsx'),
    route('tasks/delegations', 'accounts/delegation/routes/delegations.tsx'),
    route('inbox', 'office/notice/routes/inbox.tsx'),
    route('inbox/preferences', 'office/notice/routes/preferences.tsx'),
    route('inbox/preferences/confirm/:token', 'office/notice/routes/confirm-mail.tsx'),
    route('inbox/sent', 'office/notice/routes/sent.tsx'),
    route('inbox/sent/new', 'office/notice/routes/new-message.tsx'),
    route('inbox/sent/:notice', 'office/notice/routes/sent-notice.tsx'),
    route('inbox/:notice', 'office/notice/routes/notice.tsx'),
    route('admin/deliveries', 'office/notice/routes/deliveries.tsx'),
    route('admin/accounts', 'accounts/administration/routes/accounts.tsx'),
    route('admin/accounts/new', 'accounts/administration/routes/new-account.tsx'),
    route('admin/accounts/:account', 'accounts/administration/routes/account.tsx'),
    route('admin/health', 'accounts/operation/routes/health.tsx'),
    route('admin/audit', 'accounts/audit/routes/audit.tsx'),

    // One's own: learning, hours, exams, card.
    route('courses', 'training/course/routes/courses.tsx'),
    route('courses/:course', 'training/course/routes/course.tsx'),
    route('courses/:course/:lesson', 'training/study/routes/lesson.tsx'),
    route('hours', 'training/ledger/routes/hours.tsx'),
    route('sessions', 'training/session/routes/my-sessions.tsx'),
    route('exams', 'exam/sitting/routes/exams.tsx'),
    route('attempts/:attempt/result', 'exam/result/routes/result.tsx'),
    route('me', 'certificate/register/routes/me.tsx'),

    // A unit's work.
    route('coordinate/sessions', 'training/session/routes/sessions.tsx'),
    route('coordinate/sessions/new', 'training/session/routes/new-session.tsx'),
    route('coordinate/sessions/:session', 'training/session/routes/session.tsx'),
    route('coordinate/roster', 'office/roster/routes/roster.tsx'),
    route('coordinate/roster/new', 'office/roster/routes/new-person.tsx'),
    route('coordinate/roster/:person', 'office/roster/routes/person.tsx'),
    route('coordinate/roster/:person/correct', 'office/roster/routes/correct.tsx'),
    route('coordinate/roster/:person/post', 'office/roster/routes/post.tsx'),
    route('coordinate/corrections/:correction', 'office/roster/routes/correction.tsx'),
    route('coordinate/registers/reviewers', 'office/roster/routes/reviewers.tsx'),
    route('coordinate/registers/assessments', 'office/roster/routes/assessments.tsx'),
    route('coordinate/registers/honours', 'office/roster/routes/honours.tsx'),
    route('coordinate/registers/contacts', 'office/roster/routes/contacts.tsx'),
    route('coordinate/registers/photos', 'office/roster/routes/photos.tsx'),
    // The same pages as the bureau's, for what a unit may hand in.
    route('coordinate/imports', 'office/import/routes/imports.tsx', { id: 'unit-imports' }),
    route('coordinate/imports/:run', 'office/import/routes/run.tsx', { id: 'unit-import-run' }),
    route('bureau/supervisors', 'office/roster/routes/supervisors.tsx'),
    route('coordinate/applications', 'certificate/application/routes/applications.tsx'),
    route('coordinate/applications/new', 'certificate/application/routes/new-application.tsx'),
    route('coordinate/applications/:application', 'certificate/application/routes/application.tsx'),

    route('coordinate/campaigns', 'office/campaign/routes/unit-campaigns.tsx'),
    route('coordinate/campaigns/:campaign', 'office/campaign/routes/answer.tsx'),

    // The bureau's work.
    route('bureau/applications', 'certificate/application/routes/review-applications.tsx'),
    route('bureau/applications/:application', 'certificate/application/routes/review-application.tsx'),
    route('coordinate/applications/:application/papers', 'certificate/papers/routes/application-papers.tsx'),
    route('bureau/certificates/:certificate/papers', 'certificate/papers/routes/certificate-papers.tsx'),
    route('bureau/eligibility/proof', 'certificate/papers/routes/status-proof.tsx'),
    route('coordinate/sessions/:session/papers', 'training/session/papers/routes/class-papers.tsx'),
    route('bureau/exams/:sitting/papers', 'exam/sitting/papers/routes/sitting-papers.tsx'),
    route('bureau/certificates', 'certificate/register/routes/certificates.tsx'),
    route('bureau/certificates/:certificate', 'certificate/register/routes/certificate.tsx'),
    route('bureau/eligibility', 'certificate/register/routes/entitlement.tsx'),
    route('bureau/exams', 'exam/sitting/routes/sittings.tsx'),
    route('bank/questions', 'exam/bank/routes/questions.tsx'),
    route('bank/questions/:question', 'exam/bank/routes/question.tsx'),
    route('bureau/rules', 'office/rules/routes/rules.tsx'),
    route('bureau/workdays', 'office/workday/routes/workdays.tsx'),
    route('bureau/campaigns', 'office/campaign/routes/bureau-campaigns.tsx'),
    route('bureau/campaigns/new', 'office/campaign/routes/new-campaign.tsx'),
    route('bureau/campaigns/:campaign', 'office/campaign/routes/board.tsx'),
    route('bureau/campaigns/:campaign/targets/:unit', 'office/campaign/routes/review.tsx'),
    route('bureau/templates', 'office/document/routes/templates.tsx'),
    route('bureau/templates/:paper', 'office/document/routes/template.tsx'),
    route('bureau/documents', 'office/document/routes/documents.tsx'),
    route('documents/:document', 'office/document/routes/document.tsx'),
    route('documents/batches/:batch', 'office/document/routes/batch.tsx'),
    route('bureau/imports', 'office/import/routes/imports.tsx'),
    route('bureau/imports/:run', 'office/import/routes/run.tsx'),

    // The organisation and its people.
    route('bureau/organisation', 'office/change/routes/organisation.tsx'),
    route('bureau/organisation/changes', 'office/change/routes/changes.tsx'),
    route('bureau/organisation/changes/new/:kind', 'office/change/routes/new-change.tsx'),
    route('bureau/organisation/changes/:change', 'office/change/routes/change.tsx'),
    route('coordinate/transfers', 'office/change/routes/transfers.tsx'),
    route('coordinate/transfers/new', 'office/change/routes/new-transfer.tsx'),
    route('coordinate/transfers/:transfer', 'office/change/routes/transfer.tsx'),
    route('coordinate/absences', 'office/change/routes/absences.tsx'),
    route('coordinate/leavers', 'office/change/routes/leavers.tsx'),

    // Supervision.
    route('supervise/completion', 'reporting/completion/routes/completion.tsx'),
  ]),

  // Files.
  route('bureau/campaigns/:campaign/progress.xlsx', 'office/campaign/routes/progress-file.ts'),
  route('campaigns/files/:file', 'office/campaign/routes/file.ts'),
  route('admin/audit.xlsx', 'accounts/audit/routes/audit-file.ts'),
  route('coordinate/roster/:person/photo', 'office/roster/routes/photo.ts'),
  route('coordinate/corrections/:correction/scan', 'office/roster/routes/scan.ts'),
  route('bureau/templates/:paper/file', 'office/document/routes/template-file.ts'),
  route('documents/:document/file/:part', 'office/document/routes/document-file.ts'),
  route('documents/batches/:batch/file', 'office/document/routes/batch-file.ts'),
  route('bureau/imports/:run/annotated', 'office/import/routes/annotated.ts'),
  route('coordinate/imports/:run/annotated', 'office/import/routes/annotated.ts', {
    id: 'unit-import-annotated',
  }),
  route('coordinate/registers/photos.xlsx', 'office/roster/routes/photos-file.ts'),
  route('supervise/completion.xlsx', 'reporting/completion/routes/completion-file.ts'),

  route('*', 'shell/routes/not-found.tsx'),
] satisfies RouteConfig;
