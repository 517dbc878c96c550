import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useLocation } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { GRADES, gradeOption } from '#app/organization/register/assessment.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Stat } from '#app/platform/ui/data/stat.tsx';
import { Button } from '#app/platform/ui/data/button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { Pagination } from '#app/platform/ui/table/pagination.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatCount, formatPercent } from '#app/platform/ui/text/format.ts';
import { readGradesForm } from '../grades-form.ts';
import { recordGrades } from '../grades.server.ts';
import { viewGrades } from '../grades-view.server.ts';
import { ROSTER_REFUSALS } from '../refusals.ts';
import { GradeTable } from '../ui/grade-table.tsx';

export const meta: MetaFunction = () => [{ title: '年度考核 · 执法学堂' }];

const ONLY = ['all', 'missing', 'bad', 'bad_twice', ...GRADES] as const;

export const loader = door('assessment.read', async ({ ctx, request }) => {
  const search = new URL(request.url).searchParams;
  const { page, size, q, filters } = parseTableQuery(search, {
    sorts: ['name'],
    defaultSort: { field: 'name', direction: 'asc' },
    filters: ['unit', 'only'],
    defaultSize: 50,
  });
  const year = /^(?:19|20)\d{2}$/.exec(search.get('year') ?? '')?.[0];
  const only = ONLY.find((known) => known === filters.only) ?? 'all';
  const outcome = await viewGrades(ctx, {
    year: year === undefined ? null : Number(year),
    unitId: isId(filters.unit) ? filters.unit : null,
    text: q,
    only,
    page,
    size,
  });
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...outcome.value, size, only, q, commandId: newId() };
});

export const action = door('assessment.record', async ({ ctx, request }) => {
  const form = await request.formData();
  const sent = readGradesForm(form);
  const commandId = form.get('commandId');
  if (sent === null || !isId(commandId)) throw new Response(null, { status: 400 });
  const entries = sent.entries.map((entry) => ({ ...entry, reason: sent.reason }));
  const outcome = await recordGrades(ctx, { year: sent.year, entries, commandId });
  const url = new URL(request.url);
  url.searchParams.delete('_data');
  if (outcome.ok) {
    url.searchParams.set('notice', 'saved');
    return redirect(`${url.pathname.replace(/\.data$/, '')}?${url.searchParams.toString()}`);
  }
  const refusal = answerFor(outcome, ROSTER_REFUSALS);
  return data({ refusal: refusal.text }, { status: refusal.status });
});

/** 年度考核: a unit's people for one year, entered page by page; two bad years in a row stand out. */
export default function Assessments() {
  const page = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { search } = useLocation();
  const { counts, year, flagged } = page;
  const everybody = counts.reduce((sum, { count }) => sum + count, 0);
  const graded = everybody - (counts.find(({ grade }) => grade === null)?.count ?? 0);
  const bad = counts.find(({ grade }) => grade === 'incompetent')?.count ?? 0;
  return (
    <>
      <PageHead
        title="年度考核"
        breadcrumb={[{ label: '名册与资料' }, { label: '年度考核' }]}
        meta={`${year} 年度，按现在岗人员统计（不含企业编制和编外人员）`}
        action={<LinkButton to="/coordinate/imports?kind=assessments">导入考核结果</LinkButton>}
      />
      <div className="mb-6 flex flex-wrap gap-x-12 gap-y-4">
        <Stat
          label="已登记"
          value={formatPercent(graded, everybody)}
          detail={`${formatCount(graded)}/${formatCount(everybody)} 人`}
        />
        <Stat label="不称职（不合格）" value={formatCount(bad)} unit="人" />
        <Stat
          label="连续两年不称职"
          value={formatCount(flagged)}
          unit="人"
          tone={flagged > 0 ? 'danger' : 'neutral'}
        />
      </div>
      {answered?.refusal ? (
        <div className="mb-6">
          <Callout tone="danger" title={answered.refusal} />
        </div>
      ) : null}
      <GradeFilters />
      {page.rows.length === 0 ? (
        <EmptyState title="没有符合条件的人员" text="请调整年度或筛选条件。" />
      ) : (
        <>
          <GradeTable
            key={`${year}-${page.page}-${page.commandId}`}
            year={year}
            rows={page.rows}
            mayRecord={page.mayRecord}
            commandId={page.commandId}
          />
          <Pagination total={page.total} page={page.page} size={page.size} search={search} />
        </>
      )}
    </>
  );
}

/** Year, unit and state in the URL, also without JavaScript. */
function GradeFilters() {
  const { years, year, units, unitId, only, q } = useLoaderData<typeof loader>();
  const { search } = useLocation();
  return (
    <Form method="get" key={search} className="mb-6 flex flex-wrap items-end gap-4" role="search">
      <SelectField
        label="年度"
        name="year"
        id="filter-year"
        required
        placeholder={null}
        defaultValue={String(year)}
        options={years.map((one) => ({ value: String(one), label: `${one} 年度` }))}
      />
      {units.length === 0 ? null : (
        <SelectField
          label="单位"
          name="f.unit"
          id="filter-unit"
          required
          placeholder="全部单位"
          defaultValue={unitId ?? ''}
          options={units.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <SelectField
        label="情况"
        name="f.only"
        id="filter-only"
        required
        placeholder={null}
        defaultValue={only}
        options={[
          { value: 'all', label: '全部人员' },
          { value: 'missing', label: '未登记' },
          ...GRADES.map((grade) => ({ value: grade, label: gradeOption(grade) })),
          { value: 'bad_twice', label: '连续两年不称职' },
        ]}
      />
      <TextField label="姓名" name="q" id="filter-name" required defaultValue={q} width="short" />
      <Button type="submit">筛选</Button>
    </Form>
  );
}
