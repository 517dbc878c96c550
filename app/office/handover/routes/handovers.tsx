import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { viewHandovers } from '../handover-views.server.ts';

export const meta: MetaFunction = () => [{ title: '工作交接 · 执法学堂' }];

export const loader = door('handover.file', async ({ ctx }) => {
  const page = await viewHandovers(ctx);
  if (!page.ok) throw new Response(null, { status: 403 });
  return page.value;
});

export default function Handovers() {
  const { rows } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="工作交接"
        breadcrumb={[{ label: '待办任务', to: '/tasks' }, { label: '工作交接' }]}
        action={
          <LinkButton tone="primary" to="/tasks/handovers/new">
            办理交接
          </LinkButton>
        }
      />
      {rows.length === 0 ? (
        <EmptyState
          title="还没有工作交接记录"
          text="人员岗位变动时，在此一次移交岗位职责、待办任务和在办事项，并打印交接单。"
        />
      ) : (
        <SimpleTable
          caption="工作交接记录"
          hideCaption
          head={['交接日期', '移交人', '接收人', '单位', '原因', { label: '事项', unit: '项', align: 'end' }]}
          rows={rows.map((row) => ({
            key: row.id,
            cells: [
              <TextLink key="to" to={`/tasks/handovers/${row.id}`}>
                {formatDay(row.day)}
              </TextLink>,
              row.fromName,
              row.toName,
              row.unitName,
              row.reason,
              row.itemCount,
            ],
          }))}
        />
      )}
    </>
  );
}
