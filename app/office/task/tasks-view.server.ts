import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { ownResponsibilities } from '#app/accounts/responsible.server.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import type { TaskKind } from './task-kinds.ts';
import { TASK_KINDS, isTaskKind } from './task-kinds.ts';
import type { Urgency } from './task.ts';
import { urgencyOf } from './task.ts';
import type { TaskViewer } from './task.store.server.ts';
import { countTasksByKind, listTasks } from './task.store.server.ts';

export interface TaskLine {
  readonly id: string;
  readonly kind: TaskKind;
  readonly kindLabel: string;
  readonly act: string;
  readonly title: string;
  readonly proposal: string | null;
  readonly originLabel: string;
  /** The unit or region it is about; null for a task of one's own. */
  readonly placeName: string | null;
  readonly path: string;
  readonly dueDay: Day | null;
  readonly urgency: Urgency;
  readonly openedAt: Date;
}

export interface TaskPage {
  readonly rows: readonly TaskLine[];
  readonly total: number;
  readonly page: number;
  /** Open tasks by kind, the most first; kinds without any are left out. */
  readonly kinds: readonly { readonly kind: TaskKind; readonly label: string; readonly count: number }[];
}

export interface TaskQuery {
  readonly kind: TaskKind | null;
  readonly page: number;
  readonly size: number;
}

const viewerOf = async (ctx: ActorCtx): Promise<TaskViewer> => ({
  accountId: ctx.actorId,
  responsibilities: await ownResponsibilities(ctx),
});

/** How many things wait for the actor, of all kinds. */
export async function countOpenTasks(ctx: ActorCtx): Promise<number> {
  const counts = await countTasksByKind(ctx.pool, await viewerOf(ctx));
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** What waits for the actor: the earliest last day first. A task shows nothing that its own page would not. */
export async function listOpenTasks(ctx: ActorCtx, query: TaskQuery): Promise<TaskPage> {
  const viewer = await viewerOf(ctx);
  const [counts, tree] = await Promise.all([countTasksByKind(ctx.pool, viewer), currentTree(ctx)]);
  const kinds = [...counts]
    .flatMap(([kind, count]) => (isTaskKind(kind) ? [{ kind, label: TASK_KINDS[kind].label, count }] : []))
    .sort((a, b) => b.count - a.count);
  const total = kinds
    .filter((one) => query.kind === null || one.kind === query.kind)
    .reduce((sum, one) => sum + one.count, 0);
  const { page } = pageBounds(total, query.page, query.size);
  const rows = await listTasks(ctx.pool, viewer, {
    kind: query.kind,
    limit: query.size,
    offset: (page - 1) * query.size,
  });
  const today = dayOf(ctx.clock.now());
  return {
    rows: rows.map(({ unitId, regionId, ...row }) => ({
      ...row,
      kindLabel: TASK_KINDS[row.kind].label,
      act: TASK_KINDS[row.kind].act,
      placeName:
        (unitId === null ? null : tree.units.get(unitId)?.name) ??
        (regionId === null ? null : tree.regions.get(regionId)?.name) ??
        null,
      urgency: urgencyOf(row.dueDay, today),
    })),
    total,
    page,
    kinds,
  };
}
