import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { mayDo } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { viewApplications } from '../applications-view.server.ts';
import { APPLICATIONS_TABLE } from '../applications-table-spec.ts';
import { ApplicationsTable } from '../ui/applications-table.tsx';

export const meta: MetaFunction = () => [{ title: '证件申领 · 执法学堂' }];

export const loader = door('application.read', async ({ ctx, request }) => {
  const query = parseTableQuery(new URL(request.url).searchParams, APPLICATIONS_TABLE);
  const outcome = await viewApplications(ctx, query);
  if (!outcome.ok) throw new Response(null, { status: 403 });
  return {
    ...outcome.value,
    pageSize: query.size,
    sort: query.sort,
    mayFile: mayDo(ctx, 'application.file'),
  };
});

/** The unit's own applications. */
export default function Applications() {
  const { mayFile, ...table } = useLoaderData<typeof loader>();
  const file = mayFile ? (
    <LinkButton tone="primary" to="/coordinate/applications/new">
      申领证件
    </LinkButton>
  ) : undefined;
  return (
    <>
      <PageHead title="证件申领" action={file} />
      <ApplicationsTable {...table} base="/coordinate/applications" emptyAction={file} />
    </>
  );
}
