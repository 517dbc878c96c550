import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import type { SupervisionHolder } from '#app/organization/register/supervision.store.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { newId } from '#app/platform/ids/id.ts';
import { addDays, formatDay } from '#app/platform/time/day.ts';
import { Stat } from '#app/platform/ui/data/stat.tsx';
import { Tabs } from '#app/platform/ui/data/tabs.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { actAnswerOf } from '../act-answer.ts';
import { ROSTER_REFUSALS } from '../refusals.ts';
import { invitedSchema } from '../register.schema.ts';
import { personPath } from '../roster-tasks.ts';
import { endInvited, ENDING_DAYS, inviteSupervisor, viewSupervisors } from '../supervisors.server.ts';
import { InvitedSection } from '../ui/invited-section.tsx';

export const meta: MetaFunction = () => [{ title: '监督人员 · 执法学堂' }];

export const loader = door('supervisor.read', async ({ ctx, request }) => {
  const { page, size, q, filters, sort } = parseTableQuery(new URL(request.url).searchParams, {
    sorts: ['name', 'number', 'validTo'] as const,
    defaultSort: { field: 'name', direction: 'asc' },
    filters: ['validTo'],
    defaultSize: 20,
  });
  const outcome = await viewSupervisors(ctx, {
    text: q,
    isEnding: filters.validTo === 'ending',
    sort,
    page,
    size,
  });
  if (!outcome.ok) throw new Response(null, { status: 403 });
  const commandIds = { invite: newId(), end: newId() };
  return { ...outcome.value, size, sort, commandIds, endingDays: ENDING_DAYS };
});

export const action = door('supervisor.manage', async ({ ctx, request }) => {
  const form = await request.formData();
  const submission = parseForm(form, invitedSchema);
  if (submission.status !== 'success')
    return data({ answer: actAnswerOf(form, submission.error), refusal: null }, { status: 422 });
  const act = submission.value;
  const outcome = act.intent === 'invite' ? await inviteSupervisor(ctx, act) : await endInvited(ctx, act);
  if (outcome.ok) return redirect('/bureau/supervisors?tab=invited&notice=saved');
  const refusal = answerFor(outcome, ROSTER_REFUSALS);
  return data({ answer: actAnswerOf(form, null), refusal: refusal.text }, { status: refusal.status });
});

function columnsOf(endingDays: number): Column<SupervisionHolder>[] {
  return [
    { id: 'name', header: '姓名', sortable: true, cell: (row) => row.personName },
    { id: 'unit', header: '单位', cell: (row) => row.unitName },
    { id: 'number', header: '监督证号', sortable: true, cell: (row) => row.cardNo },
    {
      id: 'validFrom',
      header: '有效期起',
      hideable: true,
      cell: (row) => <span className="whitespace-nowrap">{formatDay(row.validFrom)}</span>,
    },
    {
      id: 'validTo',
      header: '有效期止',
      sortable: true,
      filter: { kind: 'select', options: [{ value: 'ending', label: `${endingDays} 天内到期` }] },
      cell: (row) => <span className="whitespace-nowrap">{formatDay(addDays(row.validTo, -1))}</span>,
    },
  ];
}

/** YC10 and ZY15: who supervises, by which card until when, and who is invited to look. */
export default function Supervisors() {
  const page = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title="监督人员"
        breadcrumb={[{ label: '名册与资料' }, { label: '监督人员' }]}
        meta={`截至${formatDay(page.today)}，持有效监督证且在岗的人员`}
      />
      <div className="mb-6 flex flex-wrap gap-x-12 gap-y-4">
        <Stat label="行政执法监督人员" value={formatCount(page.valid)} unit="人" />
        <Stat
          label={`${page.endingDays} 天内到期`}
          value={formatCount(page.endingSoon)}
          unit="人"
          tone={page.endingSoon > 0 ? 'caution' : 'neutral'}
        />
        <Stat label="特邀监督员" value={formatCount(page.invited.length)} unit="人" />
      </div>
      {answered?.refusal ? (
        <div className="mb-6">
          <Callout tone="danger" title={answered.refusal} />
        </div>
      ) : null}
      <Tabs
        label="监督人员类别"
        items={[
          {
            id: 'holders',
            label: '监督人员',
            count: page.valid,
            content: (
              <DataTable
                caption="监督人员名册"
                rows={page.rows}
                columns={columnsOf(page.endingDays)}
                total={page.total}
                page={page.page}
                pageSize={page.size}
                sort={page.sort}
                rowKey={(row) => row.rowId}
                rowHref={(row) => `${personPath(row.personId)}?tab=registers`}
                searchHint="姓名、拼音首字母或监督证号"
                empty={
                  <EmptyState
                    title="没有符合条件的监督人员"
                    text="由资料导入监督人员名册，或在人员页面登记监督证。"
                  />
                }
              />
            ),
          },
          {
            id: 'invited',
            label: '特邀监督员',
            count: page.invited.length,
            content: (
              <InvitedSection
                invited={page.invited}
                today={page.today}
                mayManage={page.mayManage}
                commandIds={page.commandIds}
                answer={answered?.answer ?? null}
              />
            ),
          },
        ]}
      />
    </>
  );
}
