import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import type { Faceless } from '#app/organization/register/photo.store.server.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { viewFaceless } from '../photos.server.ts';
import { personPath } from '../roster-tasks.ts';

export const meta: MetaFunction = () => [{ title: '照片 · 执法学堂' }];

export const loader = door('roster.manage', async ({ ctx, request }) => {
  const { page, size, sort } = parseTableQuery(new URL(request.url).searchParams, {
    sorts: ['unit'],
    defaultSort: { field: 'unit', direction: 'asc' },
    filters: [],
    defaultSize: 50,
  });
  const outcome = await viewFaceless(ctx, { page, size });
  if (!outcome.ok) throw new Response(null, { status: 403 });
  return { ...outcome.value, size, sort };
});

const COLUMNS: Column<Faceless>[] = [
  { id: 'name', header: '姓名', cell: (row) => row.personName },
  { id: 'unit', header: '单位', cell: (row) => row.unitName },
  {
    id: 'idNumber',
    header: '身份证号',
    cell: (row) => <span className="whitespace-nowrap tabular-nums">{row.idNumberMasked}</span>,
  },
];

/** Whose photo is still missing, and the way to hand a zip in. */
export default function Photos() {
  const page = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="照片"
        breadcrumb={[{ label: '名册与资料' }, { label: '照片' }]}
        meta={`截至 ${formatDay(page.today)}，执法岗位还没有照片的 ${formatCount(page.total)} 人`}
        action={
          <div className="flex flex-wrap gap-2">
            <LinkButton to="/coordinate/registers/photos.xlsx" reloadDocument>
              下载名单
            </LinkButton>
            <LinkButton to="/coordinate/imports?kind=photos" tone="primary">
              导入照片
            </LinkButton>
          </div>
        }
      />
      <DataTable
        caption="缺照片人员"
        rows={page.rows}
        columns={COLUMNS}
        total={page.total}
        page={page.page}
        pageSize={page.size}
        sort={page.sort}
        rowKey={(row) => row.personId}
        rowHref={(row) => personPath(row.personId)}
        empty={<EmptyState title="执法岗位人员都有照片" text="新增人员后，还没有照片的会列在这里。" />}
      />
    </>
  );
}
