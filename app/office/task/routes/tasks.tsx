import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { mayDo } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { listOwnWork } from '../background-work.server.ts';
import { isTaskKind } from '../task-kinds.ts';
import { listOpenTasks } from '../tasks-view.server.ts';
import { TaskTable } from '../ui/task-table.tsx';
import { WorkList } from '../ui/work-list.tsx';

export const meta: MetaFunction = () => [{ title: '待办任务 · 执法学堂' }];

export const loader = door('task.read', async ({ ctx, request }) => {
  const { filters, page, size, sort } = parseTableQuery(new URL(request.url).searchParams, {
    sorts: ['due'],
    defaultSort: { field: 'due', direction: 'asc' },
    filters: ['kind'],
  });
  const kind = filters.kind ?? '';
  const tasks = await listOpenTasks(ctx, { kind: isTaskKind(kind) ? kind : null, page, size });
  return {
    ...tasks,
    works: await listOwnWork(ctx),
    pageSize: size,
    sort,
    mayHandOver: mayDo(ctx, 'handover.file'),
    mayDelegate: mayDo(ctx, 'delegation.manage'),
  };
});

export default function Tasks() {
  const { mayHandOver, mayDelegate, works, ...tasks } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="待办任务"
        breadcrumb={[{ label: '工作台', to: '/' }, { label: '待办任务' }]}
        meta={`待办 ${formatCount(tasks.total)} 项，按期限先后排列`}
        action={
          <>
            {mayDelegate ? <LinkButton to="/tasks/delegations">代办与 AB 岗</LinkButton> : null}
            {mayHandOver ? <LinkButton to="/tasks/handovers">工作交接</LinkButton> : null}
          </>
        }
      />
      <div className="space-y-8">
        <WorkList works={works} />
        <TaskTable {...tasks} />
      </div>
    </>
  );
}
