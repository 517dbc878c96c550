import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { formatDays } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { exemptionPath, exemptionWords } from '../exemption-messages.ts';
import type { ExemptionsView } from '../exemption-views.server.ts';
import { viewExemptions } from '../exemption-views.server.ts';
import { REASON_LABELS } from '../exemption.ts';
import { ExemptionBadge } from '../ui/exemption-badge.tsx';
import { askedYearOf } from '../asked-year.ts';
import { YearLinks } from '../ui/year-links.tsx';

export const meta: MetaFunction = () => [{ title: '免训核减 · 执法学堂' }];

export const loader = door('exemption.read', async ({ ctx, request }) => {
  const view = await viewExemptions(ctx, askedYearOf(request.url));
  if (!view.ok) throw new Response(null, { status: 403 });
  return view.value;
});

/** Who is exempt or owes less this year, what waits for the second person, and who may need one. */
export default function Exemptions() {
  const view = useLoaderData<typeof loader>();
  const add = view.mayFile ? (
    <LinkButton tone="primary" to="/coordinate/exemptions/new">
      申请免训或核减
    </LinkButton>
  ) : undefined;
  return (
    <>
      <PageHead
        title={`${view.year}年免训核减`}
        meta="免训的不计入本年达标统计，核减的按月数减少年度目标；由单位申请，另一人批准后生效"
        scope={<YearLinks years={view.years} year={view.year} />}
        action={add}
      />
      <Proposals view={view} />
      {view.lines.length === 0 ? (
        <EmptyState
          title={`${view.year}年没有免训核减申请`}
          text="产假、长病假、借调、挂职、驻村等长期离岗人员，可以由单位申请。"
          action={add}
        />
      ) : (
        <SimpleTable
          caption={`${view.year}年申请`}
          head={['姓名', '单位', '内容', '状态', '申请', '办理']}
          rows={view.lines.map((line) => ({
            key: line.id,
            cells: [
              <TextLink key="name" to={exemptionPath(line.id)}>
                {line.personName}
              </TextLink>,
              line.unitName,
              exemptionWords(line),
              <ExemptionBadge key="state" state={line.state} />,
              line.filedByName,
              line.decidedByName ?? '–',
            ],
          }))}
        />
      )}
    </>
  );
}

function Proposals({ view }: { view: ExemptionsView }) {
  if (view.proposals.length === 0) return null;
  return (
    <section aria-label="离岗人员" className="mb-8">
      <SimpleTable
        caption="已登记离岗、尚未申请的人员"
        head={['姓名', '事由', '本年离岗时间', { label: '可核减', align: 'end' }, '办理']}
        rows={view.proposals.map((one) => ({
          key: `${one.absenceId}-${one.personId}`,
          cells: [
            one.personName,
            REASON_LABELS[one.reason],
            formatDays(one.fromDay, one.toDay),
            `${one.months} 个月`,
            <TextLink
              key="file"
              to={`/coordinate/exemptions/new?person=${one.personId}&absence=${one.absenceId}`}
            >
              申请
            </TextLink>,
          ],
        }))}
      />
    </section>
  );
}
