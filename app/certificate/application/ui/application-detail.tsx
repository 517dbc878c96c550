import { formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import type { Crumb } from '#app/platform/ui/frames/page-head.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { PapersCardProps } from '#app/office/document/ui/papers-card.tsx';
import { PapersCard } from '#app/office/document/ui/papers-card.tsx';
import type { ApplicationPage } from '../application-view.server.ts';
import { HistoryList } from '../../register/ui/history-list.tsx';
import { ApplicationBadge } from './application-badge.tsx';
import { ApplicationSteps } from './application-steps.tsx';
import { CheckList } from './check-list.tsx';
import type { Stamp } from './step-forms.tsx';

export interface ApplicationDetailProps {
  page: ApplicationPage;
  breadcrumb: readonly Crumb[];
  /** only the bureau opens the register */
  certificateHref: string | null;
  refusal: string | null;
  stamp: Stamp;
  papers: Omit<PapersCardProps, 'action'>;
}

/** One application for the unit and for the office alike: facts, requirements, what to do, what happened. */
export function ApplicationDetail({
  page,
  breadcrumb,
  certificateHref,
  refusal,
  stamp,
  papers,
}: ApplicationDetailProps) {
  const { application, person, unitName, fieldName } = page;
  return (
    <>
      <PageHead
        title={`证件申领：${application.personName}`}
        breadcrumb={breadcrumb}
        meta={<ApplicationBadge state={application.state} />}
      />
      {refusal ? (
        <div className="mb-6" role="alert">
          <Callout tone="danger" title={refusal} />
        </div>
      ) : null}
      {page.opinion ? (
        <div className="mb-6">
          <Callout tone="warning" title={application.state === 'rejected' ? '不予核发的理由' : '退回的理由'}>
            {page.opinion}
          </Callout>
        </div>
      ) : null}
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <div className="min-w-0 space-y-6">
          <Card title="办理">
            <ApplicationSteps
              state={application.state}
              steps={page.steps}
              issue={page.issue}
              isEligible={page.isEligible}
              personName={application.personName}
              unitName={unitName}
              certificateHref={certificateHref}
              stamp={stamp}
            />
          </Card>
          <Card title="申领事项">
            <DefinitionList
              items={[
                { term: '姓名', value: application.personName },
                { term: '身份证号', value: person.idNumberMasked },
                { term: '单位', value: unitName },
                { term: '执法领域', value: fieldName },
                { term: '执法区域', value: application.area },
                { term: '申报时间', value: formatInstant(application.filedAt) },
              ]}
            />
          </Card>
        </div>
        <div className="min-w-0 space-y-6">
          {application.state === 'issued' ? null : (
            <Card title="申领条件">
              <CheckList checks={page.checks} />
            </Card>
          )}
          <PapersCard action={`/coordinate/applications/${application.id}/papers`} {...papers} />
          <Card title="办理过程">
            <HistoryList label="办理过程" items={page.history} />
          </Card>
        </div>
      </div>
    </>
  );
}
