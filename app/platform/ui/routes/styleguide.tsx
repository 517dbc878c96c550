import { data, redirect } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { makeDoor } from '#app/platform/http/door.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { parseForm } from '../form/parse-form.ts';
import { PageHead } from '../frames/page-head.tsx';
import { ChartSection } from '../styleguide/chart-section.tsx';
import { DataSection } from '../styleguide/data-section.tsx';
import { FeedbackSection } from '../styleguide/feedback-section.tsx';
import { FormSection } from '../styleguide/form-section.tsx';
import { FoundationSection } from '../styleguide/foundation-section.tsx';
import { GuideFrame } from '../styleguide/guide-frame.tsx';
import { findSampleOfficers } from '../styleguide/sample-officers.ts';
import type { OfficerFilter, OfficerSort } from '../styleguide/sample-officers.ts';
import { samplePlanSchema } from '../styleguide/sample-plan.schema.ts';
import { TableSection } from '../styleguide/table-section.tsx';
import { parseTableQuery } from '../table/table-query.ts';
import type { TableSpec } from '../table/table-query.ts';
import { parsePreferences } from '../theme/preferences.ts';

const TABLE: TableSpec<OfficerSort, OfficerFilter> = {
  sorts: ['name', 'unit', 'hours', 'validUntil'],
  defaultSort: { field: 'name', direction: 'asc' },
  filters: ['name', 'unit', 'state'],
};

/** Sample data only: nobody is asked who they are. */
const admitAll = () => Promise.resolve(null);

export const meta: MetaFunction = () => [{ title: '组件一览 · 执法学堂' }];

export const loader = makeDoor('styleguide.read', admitAll, ({ request }: LoaderFunctionArgs) => {
  const query = parseTableQuery(new URL(request.url).searchParams, TABLE);
  const { rows, total, page } = findSampleOfficers(query);
  return {
    query: { ...query, page },
    rows,
    total,
    planCommandId: newId(),
    bulkCommandId: newId(),
    confirmCommandId: newId(),
    preferences: parsePreferences(request.headers.get('Cookie')),
  };
});

/** Checks the sample form and keeps nothing; the other forms of the page are taken as done. */
export const action = makeDoor('styleguide.read', admitAll, async ({ request }: ActionFunctionArgs) => {
  const form = await request.formData();
  if (form.has('intent')) return redirect('/styleguide?notice=sent');
  const submission = parseForm(form, samplePlanSchema);
  if (submission.status !== 'success') return data(submission.reply(), { status: 422 });
  return redirect('/styleguide?notice=submitted');
});

export default function Styleguide() {
  const { query, rows, total, preferences, ...commandIds } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>() ?? null;
  return (
    <GuideFrame preferences={preferences}>
      <PageHead
        title="组件一览"
        breadcrumb={[{ label: '首页', to: '/' }, { label: '样式' }]}
        meta="全站页面共用的文字、颜色与组件，数据均为虚构"
      />
      <FoundationSection />
      <DataSection />
      <TableSection query={query} rows={rows} total={total} commandId={commandIds.bulkCommandId} />
      <FormSection commandId={commandIds.planCommandId} lastResult={lastResult} />
      <FeedbackSection commandId={commandIds.confirmCommandId} />
      <ChartSection />
    </GuideFrame>
  );
}
