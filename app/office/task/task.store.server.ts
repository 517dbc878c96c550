import { z } from 'zod';
import type { Responsibility } from '#app/accounts/responsible.ts';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import { isTaskKind } from './task-kinds.ts';
import type { NewTask, SettledSeries, SettledTasks } from './task.ts';

interface Deed {
  readonly actorId: string | null;
  readonly at: Date;
}

/** Inserts the tasks that are not known yet and tells their events. @returns how many were new */
export async function insertTasks(tx: Tx, tasks: readonly NewTask[], { actorId, at }: Deed): Promise<number> {
  const inserted = await tx.task.createManyAndReturn({
    data: tasks.map((task) => ({
      id: newId<'Task'>(),
      kind: task.kind,
      key: task.key,
      title: task.title,
      proposal: task.proposal,
      originKind: task.origin.kind,
      originId: task.origin.id,
      originLabel: task.origin.label,
      path: task.path,
      dueDay: task.dueDay === null ? null : dayToDb(task.dueDay),
      openedAt: at,
      ...('accountId' in task.assignee
        ? { accountId: task.assignee.accountId }
        : { role: task.assignee.role, unitId: task.assignee.unitId, regionId: task.assignee.regionId }),
    })),
    skipDuplicates: true,
    select: { id: true },
  });
  await tx.taskEvent.createMany({
    data: inserted.map(({ id }) => ({
      id: newId<'TaskEvent'>(),
      taskId: id,
      kind: 'opened',
      detail: {},
      actorId,
      occurredAt: at,
    })),
  });
  return inserted.length;
}

/** Settles those of the tasks meant that are still open. @returns how many were */
export async function settleOpenTasks(
  tx: Tx,
  done: SettledTasks | SettledSeries,
  { actorId, at }: Deed,
): Promise<number> {
  const { kind, outcome } = done;
  const key = 'keys' in done ? { in: [...done.keys] } : { startsWith: done.keyPrefix };
  const settled = await tx.task.updateManyAndReturn({
    where: { kind, key, state: 'open' },
    data: { state: outcome, settledAt: at },
    select: { id: true },
  });
  await tx.taskEvent.createMany({
    data: settled.map(({ id }) => ({
      id: newId<'TaskEvent'>(),
      taskId: id,
      kind: outcome,
      detail: {},
      actorId,
      occurredAt: at,
    })),
  });
  return settled.length;
}

/** Whose tasks are asked for: an account, and the places whose work falls to each of its roles. */
export interface TaskViewer {
  readonly accountId: string;
  readonly responsibilities: readonly Responsibility[];
}

const taskRow = z.object({
  id: z.string(),
  kind: z.string().refine(isTaskKind),
  title: z.string(),
  proposal: z.string().nullable(),
  origin_label: z.string(),
  path: z.string(),
  due_day: z.string().nullable(),
  unit_id: z.string().nullable(),
  region_id: z.string().nullable(),
  opened_at: z.date(),
});

export interface TaskRow {
  readonly id: string;
  readonly kind: z.infer<typeof taskRow>['kind'];
  readonly title: string;
  readonly proposal: string | null;
  readonly originLabel: string;
  readonly path: string;
  readonly dueDay: Day | null;
  readonly unitId: string | null;
  readonly regionId: string | null;
  readonly openedAt: Date;
}

/**
 * Whether a task falls to the viewer, by account or by (role, place). Each list is hashed once, however many units that
 * is: a bureau of a province reaches six thousand, on every page. Parameters 1–5 are those of `viewerParameters`.
 */
const MINE = `t.state = 'open' and (t.account_id = $1
  or (t.role, t.unit_id) in (select * from unnest($2::text[], $3::uuid[]))
  or (t.role, t.region_id) in (select * from unnest($4::text[], $5::uuid[])))`;

function viewerParameters({ accountId, responsibilities }: TaskViewer): unknown[] {
  const pairs = (placesOf: (one: Responsibility) => readonly string[]) => [
    responsibilities.flatMap((one) => placesOf(one).map(() => one.role)),
    responsibilities.flatMap((one) => placesOf(one)),
  ];
  return [accountId, ...pairs(({ unitIds }) => unitIds), ...pairs(({ regionIds }) => regionIds)];
}

export async function countTasksByKind(pool: Pool, viewer: TaskViewer): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query({
    name: 'office-task-counts',
    text: `select t.kind, count(*)::int as count from task t where ${MINE} group by t.kind`,
    values: viewerParameters(viewer),
  });
  const counts = z.array(z.object({ kind: z.string(), count: z.number() })).parse(rows);
  return new Map(counts.map(({ kind, count }) => [kind, count]));
}

/** Open tasks of the viewer, the earliest last day first, those without one by age. */
export async function listTasks(
  pool: Pool,
  viewer: TaskViewer,
  asked: { readonly kind: string | null; readonly limit: number; readonly offset: number },
): Promise<TaskRow[]> {
  const { rows } = await pool.query({
    name: 'office-task-list',
    text: `select t.id, t.kind, t.title, t.proposal, t.origin_label, t.path, t.due_day, t.unit_id, t.region_id, t.opened_at
      from task t where ${MINE} and ($6::text is null or t.kind = $6)
      order by t.due_day asc nulls last, t.opened_at, t.id limit $7 offset $8`,
    values: [...viewerParameters(viewer), asked.kind, asked.limit, asked.offset],
  });
  return z
    .array(taskRow)
    .parse(rows)
    .map((row) => ({
      id: row.id,
      kind: row.kind,
      title: row.title,
      proposal: row.proposal,
      originLabel: row.origin_label,
      path: row.path,
      dueDay: row.due_day,
      unitId: row.unit_id,
      regionId: row.region_id,
      openedAt: row.opened_at,
    }));
}
