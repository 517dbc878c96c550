import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatShare } from '#app/platform/ui/text/format.ts';
import { actAnswerOf } from '../act-answer.ts';
import type { ContactLine } from '../contacts.server.ts';
import { nameContact, viewContacts } from '../contacts.server.ts';
import { ROSTER_REFUSALS } from '../refusals.ts';
import { contactSchema } from '../register.schema.ts';
import { ActForm } from '../ui/act-form.tsx';

export const meta: MetaFunction = () => [{ title: '联络员 · 执法学堂' }];

const PATH = '/coordinate/registers/contacts';

export const loader = door('organization.read', async ({ ctx, request }) => {
  const search = new URL(request.url).searchParams;
  const { page, size, q, filters, sort } = parseTableQuery(search, {
    sorts: ['unit'],
    defaultSort: { field: 'unit', direction: 'asc' },
    filters: ['name'],
    defaultSize: 20,
  });
  const unit = search.get('unit');
  const outcome = await viewContacts(ctx, {
    text: q,
    only: filters.name === 'missing' ? 'missing' : 'all',
    unitId: isId(unit) ? unit : null,
    page,
    size,
  });
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...outcome.value, size, sort, commandId: newId() };
});

export const action = door('roster.manage', async ({ ctx, request }) => {
  const form = await request.formData();
  const submission = parseForm(form, contactSchema);
  if (submission.status !== 'success')
    return data({ answer: actAnswerOf(form, submission.error), refusal: null }, { status: 422 });
  const outcome = await nameContact(ctx, submission.value);
  if (outcome.ok) return redirect(`${PATH}?notice=saved`);
  const refusal = answerFor(outcome, ROSTER_REFUSALS);
  return data({ answer: actAnswerOf(form, null), refusal: refusal.text }, { status: refusal.status });
});

const COLUMNS: Column<ContactLine>[] = [
  { id: 'unit', header: '单位', cell: (row) => row.unitName },
  { id: 'region', header: '地区', hideable: true, cell: (row) => row.regionName },
  {
    id: 'name',
    header: '联络员',
    filter: { kind: 'select', options: [{ value: 'missing', label: '未登记' }] },
    cell: (row) => row.name ?? '未登记',
  },
  { id: 'position', header: '职务', hideable: true, cell: (row) => row.position ?? '–' },
  {
    id: 'phone',
    header: '联系电话',
    cell: (row) => <span className="whitespace-nowrap">{row.phone ?? '–'}</span>,
  },
  {
    id: 'since',
    header: '自',
    hideable: true,
    cell: (row) => (row.sinceDay === null ? '–' : formatDay(row.sinceDay)),
  },
];

/** ZY17: the liaison list, one person to call per unit. */
export default function Contacts() {
  const page = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { editing } = page;
  return (
    <>
      <PageHead
        title="联络员"
        breadcrumb={[{ label: '名册与资料' }, { label: '联络员' }]}
        meta={`已登记 ${formatShare(page.units - page.missing, page.units)}`}
      />
      {answered?.refusal ? (
        <div className="mb-6">
          <Callout tone="danger" title={answered.refusal} />
        </div>
      ) : null}
      {editing !== null && page.mayName ? (
        <div className="mb-8 max-w-2xl">
          <Card title={`${editing.unitName}的联络员`} action={<TextLink to={PATH}>取消</TextLink>}>
            <ActForm
              intent="contact"
              commandId={page.commandId}
              answer={answered?.answer ?? null}
              labels={{ name: '姓名', position: '职务', phone: '联系电话' }}
              submit="保存"
              hidden={{ unitId: editing.unitId }}
            >
              {(field) => (
                <>
                  <TextField
                    label="姓名"
                    width="medium"
                    required
                    {...field('name')}
                    defaultValue={field('name').defaultValue ?? editing.name ?? ''}
                  />
                  <TextField
                    label="职务"
                    width="medium"
                    {...field('position')}
                    defaultValue={field('position').defaultValue ?? editing.position ?? ''}
                  />
                  <TextField
                    label="联系电话"
                    width="medium"
                    inputMode="tel"
                    required
                    hint="加密保存，管辖该单位的人员可见"
                    {...field('phone')}
                    defaultValue={field('phone').defaultValue ?? editing.phone ?? ''}
                  />
                </>
              )}
            </ActForm>
          </Card>
        </div>
      ) : null}
      <DataTable
        caption="联络员名单"
        rows={page.rows}
        columns={COLUMNS}
        total={page.total}
        page={page.page}
        pageSize={page.size}
        sort={page.sort}
        rowKey={(row) => row.unitId}
        {...(page.mayName ? { rowHref: (row: ContactLine) => `${PATH}?unit=${row.unitId}` } : {})}
        searchHint="单位或联络员姓名"
        empty={<EmptyState title="没有符合条件的单位" text="请调整筛选条件。" />}
      />
    </>
  );
}
