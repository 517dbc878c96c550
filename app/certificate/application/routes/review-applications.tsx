import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { ApplicationState } from '../application.ts';
import { viewApplications } from '../applications-view.server.ts';
import { APPLICATIONS_TABLE } from '../applications-table-spec.ts';
import { ApplicationsTable } from '../ui/applications-table.tsx';

export const meta: MetaFunction = () => [{ title: '申领审核 · 执法学堂' }];

export const loader = door('application.review', async ({ ctx, request }) => {
  const query = parseTableQuery(new URL(request.url).searchParams, APPLICATIONS_TABLE);
  const outcome = await viewApplications(ctx, query);
  if (!outcome.ok) throw new Response(null, { status: 403 });
  return { ...outcome.value, pageSize: query.size, sort: query.sort };
});

const WAITING: readonly { state: ApplicationState; label: string }[] = [
  { state: 'submitted', label: '待初审' },
  { state: 'under_review', label: '待批准' },
  { state: 'approved', label: '待核发' },
];

/** The bureau's and the 司法所's desk: what waits, counted by what it waits for. */
export default function ReviewApplications() {
  const table = useLoaderData<typeof loader>();
  const waiting = WAITING.map(({ state, label }) => {
    const count = table.counts.find((one) => one.state === state)?.count ?? 0;
    return `${label} ${formatCount(count)}`;
  });
  return (
    <>
      <PageHead title="申领审核" meta={waiting.join(' · ')} />
      <ApplicationsTable {...table} base="/bureau/applications" />
    </>
  );
}
