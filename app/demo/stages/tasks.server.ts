import type { NewTask } from '#app/office/task/task.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { copyRows } from '../bulk.server.ts';
import { demoId } from '../demo-id.server.ts';

/** Tasks that wait on the seed day, with the event that opened them. */
export async function copyTasks(
  client: Parameters<typeof copyRows>[0],
  tasks: readonly NewTask[],
  openedAt: Date,
): Promise<void> {
  const idOf = (task: NewTask): string => demoId(`task:${task.kind}:${task.key}`);
  await copyRows(
    client,
    'task',
    [
      'id',
      'kind',
      'key',
      'title',
      'proposal',
      'origin_kind',
      'origin_id',
      'origin_label',
      'path',
      'due_day',
      'role',
      'unit_id',
      'region_id',
      'opened_at',
    ],
    tasks.map((task) => {
      invariant('role' in task.assignee, 'campaign tasks wait for a role');
      const { role, unitId: unit, regionId: region } = task.assignee;
      return [
        idOf(task),
        task.kind,
        task.key,
        task.title,
        task.proposal,
        task.origin.kind,
        task.origin.id,
        task.origin.label,
        task.path,
        task.dueDay,
        role,
        unit,
        region,
        openedAt,
      ];
    }),
  );
  await copyRows(
    client,
    'task_event',
    ['id', 'task_id', 'kind', 'detail', 'occurred_at'],
    tasks.map((task) => [
      demoId(`task_event:${task.kind}:${task.key}`),
      idOf(task),
      'opened',
      '{}',
      openedAt,
    ]),
  );
}
