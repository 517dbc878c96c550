import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import type { TaskLine, TaskPage } from '#app/office/task/tasks-view.server.ts';
import { listOpenTasks } from '#app/office/task/tasks-view.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { scopeSearch } from '#app/reporting/completion/asked.ts';
import { NO_PLACE } from '#app/reporting/completion/drill.ts';
import type { CompletionCounts, ReferenceLine } from '#app/reporting/completion/figures.ts';
import { isBehind } from '#app/reporting/completion/figures.ts';
import { pageOfQuery, parsePersonQuery } from '#app/reporting/completion/person-query.ts';
import { unitCompletion } from '#app/reporting/completion/unit-completion-view.server.ts';

export interface DeskFigures {
  readonly title: string;
  readonly day: Day;
  readonly total: CompletionCounts;
  readonly line: ReferenceLine;
  readonly paceSeconds: number;
  /** The rows furthest behind, at most five. */
  readonly behind: readonly {
    readonly key: string;
    readonly label: string;
    readonly counts: CompletionCounts;
    readonly to: string | null;
  }[];
}

export interface Desk {
  /** What waits, the earliest last day first; the rest is on the page of tasks. */
  readonly tasks: readonly TaskLine[];
  readonly waiting: number;
  /** How many of each kind, the most first. */
  readonly kinds: TaskPage['kinds'];
  readonly figures: DeskFigures | null;
  /** What this person begins most often. */
  readonly starts: readonly { readonly to: string; readonly label: string }[];
}

const STARTS: readonly { readonly to: string; readonly label: string; readonly permission: Permission }[] = [
  { to: '/coordinate/sessions/new', label: '安排培训班', permission: 'session.schedule' },
  { to: '/coordinate/applications/new', label: '申领证件', permission: 'application.file' },
  { to: '/bureau/imports', label: '导入花名册', permission: 'roster.import' },
  { to: '/bureau/eligibility', label: '查证执法资格', permission: 'entitlement.read' },
  { to: '/bank/questions', label: '查看题库', permission: 'bank.read' },
  { to: '/bureau/rules', label: '查看规则', permission: 'rules.read' },
];

const SHOWN_TASKS = 8;
const SHOWN_BEHIND = 5;
const NO_PERSONS = { ...pageOfQuery(parsePersonQuery(new URLSearchParams())), limit: 1 };

/** Completion of the viewer's own place today, and where it is lowest. */
async function deskFigures(ctx: ActorCtx): Promise<DeskFigures | null> {
  const day = dayOf(ctx.clock.now());
  const page = await unitCompletion(ctx, { place: NO_PLACE, day, persons: NO_PERSONS });
  if (!page.ok) return null;
  const { title, total, line, paceSeconds, rows } = page.value;
  const behind = rows
    .filter((row) => row.place !== null && isBehind(row.counts, line))
    .sort((a, b) => a.counts.met * b.counts.due - b.counts.met * a.counts.due)
    .slice(0, SHOWN_BEHIND)
    .map(({ key, label, counts, place }) => ({
      key,
      label,
      counts,
      to: place === null ? null : `/supervise/completion${scopeSearch(place, day, day)}`,
    }));
  return { title, day, total, line, paceSeconds, behind };
}

/** What an official finds on the desk in the morning. It opens nothing: every page behind it has a door of its own. */
export async function viewDesk(ctx: ActorCtx): Promise<Desk> {
  const tasks = await listOpenTasks(ctx, { kind: null, page: 1, size: SHOWN_TASKS });
  return {
    tasks: tasks.rows,
    waiting: tasks.total,
    kinds: tasks.kinds,
    figures: await deskFigures(ctx),
    starts: STARTS.filter((start) => mayDo(ctx, start.permission)).map(({ to, label }) => ({ to, label })),
  };
}
