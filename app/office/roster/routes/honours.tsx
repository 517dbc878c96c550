import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import type { HonourRow } from '#app/organization/register/honour.store.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { newId } from '#app/platform/ids/id.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { actAnswerOf } from '../act-answer.ts';
import { awardHonour, viewHonours, withdrawHonour } from '../honours.server.ts';
import { ROSTER_REFUSALS } from '../refusals.ts';
import { PERSON_ACT_LABELS, unitHonourSchema } from '../register.schema.ts';
import { personPath } from '../roster-tasks.ts';
import { ActForm } from '../ui/act-form.tsx';
import { HonourFields } from '../ui/person-registers.tsx';

export const meta: MetaFunction = () => [{ title: '荣誉 · 执法学堂' }];

export const loader = door('organization.read', async ({ ctx, request }) => {
  const { page, size, q, filters, sort } = parseTableQuery(new URL(request.url).searchParams, {
    sorts: ['day'],
    defaultSort: { field: 'day', direction: 'desc' },
    filters: ['who'],
    defaultSize: 20,
  });
  const who = filters.who === 'units' || filters.who === 'persons' ? filters.who : 'all';
  const outcome = await viewHonours(ctx, { who, text: q, page, size });
  if (!outcome.ok) throw new Response(null, { status: 403 });
  return { ...outcome.value, size, sort, commandId: newId() };
});

export const action = door('roster.manage', async ({ ctx, request }) => {
  const form = await request.formData();
  const submission = parseForm(form, unitHonourSchema);
  if (submission.status !== 'success')
    return data({ answer: actAnswerOf(form, submission.error), refusal: null }, { status: 422 });
  const act = submission.value;
  const outcome =
    act.intent === 'honour'
      ? await awardHonour(ctx, {
          personId: null,
          unitId: act.unitId,
          title: act.title,
          awardedBy: act.awardedBy,
          awardedDay: act.awardedDay,
          documentNo: act.documentNo ?? null,
          commandId: act.commandId,
        })
      : await withdrawHonour(ctx, act);
  if (outcome.ok) return redirect('/coordinate/registers/honours?notice=saved');
  const refusal = answerFor(outcome, ROSTER_REFUSALS);
  return data({ answer: actAnswerOf(form, null), refusal: refusal.text }, { status: refusal.status });
});

const COLUMNS: Column<HonourRow>[] = [
  { id: 'title', header: '荣誉名称', cell: (row) => row.title },
  {
    id: 'who',
    header: '获得者',
    filter: {
      kind: 'select',
      options: [
        { value: 'units', label: '集体' },
        { value: 'persons', label: '个人' },
      ],
    },
    cell: (row) =>
      row.personId === null ? (
        '集体'
      ) : (
        <TextLink to={`${personPath(row.personId)}?tab=honours`}>{row.personName ?? ''}</TextLink>
      ),
  },
  { id: 'unit', header: '单位', cell: (row) => row.unitName },
  { id: 'by', header: '授予机关', hideable: true, cell: (row) => row.awardedBy },
  {
    id: 'day',
    header: '授予日期',
    cell: (row) => <span className="whitespace-nowrap">{formatDay(row.awardedDay)}</span>,
  },
  { id: 'no', header: '文号', hideable: true, cell: (row) => row.documentNo ?? '–' },
];

/** ZY12: praise for outstanding collectives and individuals. */
export default function Honours() {
  const page = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title="荣誉"
        breadcrumb={[{ label: '名册与资料' }, { label: '荣誉' }]}
        meta="行政执法先进集体和个人；个人荣誉在人员页面登记"
      />
      {answered?.refusal ? (
        <div className="mb-6">
          <Callout tone="danger" title={answered.refusal} />
        </div>
      ) : null}
      <DataTable
        caption="荣誉"
        rows={page.rows}
        columns={COLUMNS}
        total={page.total}
        page={page.page}
        pageSize={page.size}
        sort={page.sort}
        rowKey={(row) => row.id}
        searchHint="荣誉名称、姓名或授予机关"
        empty={<EmptyState title="还没有荣誉记录" text="登记集体荣誉，或在人员页面登记个人荣誉。" />}
      />
      {page.mayAward && page.units !== null ? (
        <div className="mt-10 max-w-2xl">
          <Card title="登记集体荣誉">
            <ActForm
              intent="honour"
              commandId={page.commandId}
              answer={answered?.answer ?? null}
              labels={PERSON_ACT_LABELS}
              submit="登记荣誉"
            >
              {(field) => (
                <>
                  <SelectField
                    label="获得单位"
                    required
                    options={page.units?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
                    {...field('unitId')}
                  />
                  <HonourFields field={field} />
                </>
              )}
            </ActForm>
          </Card>
        </div>
      ) : null}
    </>
  );
}
