import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import { viewApplications } from '#app/certificate/application/applications-view.server.ts';
import type { ApplicationState } from '#app/certificate/application/application.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { scopeSearch } from '#app/reporting/completion/asked.ts';
import { NO_PLACE } from '#app/reporting/completion/drill.ts';
import type { CompletionCounts, ReferenceLine } from '#app/reporting/completion/figures.ts';
import { isBehind } from '#app/reporting/completion/figures.ts';
import { pageOfQuery, parsePersonQuery } from '#app/reporting/completion/person-query.ts';
import { sessionsView } from '#app/training/session/sessions-view.server.ts';
import { unitCompletion } from '#app/reporting/completion/unit-completion-view.server.ts';

/** One thing that waits for this person: how many, of what, and where to do it. */
export interface DeskTask {
  readonly key: string;
  readonly count: number;
  readonly title: string;
  readonly text: string;
  readonly to: string;
}

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
  /** What waits, the most urgent first; things nobody waits for are left out. */
  readonly tasks: readonly DeskTask[];
  readonly figures: DeskFigures | null;
  /** What this person begins most often. */
  readonly starts: readonly { readonly to: string; readonly label: string }[];
}

const STARTS: readonly { readonly to: string; readonly label: string; readonly permission: Permission }[] = [
  { to: '/coordinate/sessions/new', label: '安排培训班', permission: 'session.schedule' },
  { to: '/coordinate/applications/new', label: '申报证件', permission: 'application.file' },
  { to: '/bureau/imports', label: '导入花名册', permission: 'roster.import' },
  { to: '/bureau/eligibility', label: '查证执法资格', permission: 'entitlement.read' },
  { to: '/bank/questions', label: '查看题库', permission: 'bank.read' },
  { to: '/bureau/rules', label: '查看规则', permission: 'rules.read' },
];

/** Who has to act on an application in this state, and where. */
const APPLICATION_TASKS: readonly {
  readonly state: ApplicationState;
  readonly permission:
    'application.file' | 'application.review' | 'application.approve' | 'certificate.issue';
  readonly title: string;
  readonly text: string;
  readonly to: string;
}[] = [
  {
    state: 'returned',
    permission: 'application.file',
    title: '申领被退回',
    text: '补正材料后重新申报',
    to: '/coordinate/applications?f.state=returned',
  },
  {
    state: 'submitted',
    permission: 'application.review',
    title: '申领待初审',
    text: '核对资格条件，通过或退回',
    to: '/bureau/applications?f.state=submitted',
  },
  {
    state: 'under_review',
    permission: 'application.approve',
    title: '申领待批准',
    text: '须由初审人以外的人员批准',
    to: '/bureau/applications?f.state=under_review',
  },
  {
    state: 'approved',
    permission: 'certificate.issue',
    title: '证件待核发',
    text: '编号、登记并发放证件',
    to: '/bureau/applications?f.state=approved',
  },
];

const ALL_APPLICATIONS = parseTableQuery<'filed', 'state'>(new URLSearchParams(), {
  sorts: ['filed'],
  defaultSort: { field: 'filed', direction: 'asc' },
  filters: ['state'],
});

async function applicationTasks(ctx: ActorCtx): Promise<DeskTask[]> {
  const page = await viewApplications(ctx, ALL_APPLICATIONS);
  if (!page.ok) return [];
  const counts = new Map(page.value.counts.map((one) => [one.state, one.count]));
  return APPLICATION_TASKS.filter((task) => mayDo(ctx, task.permission)).map(
    ({ state, permission: _, ...task }) => ({
      ...task,
      key: `application-${state}`,
      count: counts.get(state) ?? 0,
    }),
  );
}

/** Classes that are over and not closed: their hours wait. The oldest hundred are looked at. */
async function classTask(ctx: ActorCtx): Promise<DeskTask[]> {
  if (!mayDo(ctx, 'session.close')) return [];
  const sessions = await sessionsView(ctx, {
    page: 1,
    size: 100,
    sort: { field: 'starts', direction: 'asc' },
    text: '',
    status: 'scheduled',
  });
  if (!sessions.ok) return [];
  const due = sessions.value.rows.filter((row) => row.isDue);
  const [only] = due;
  return [
    {
      key: 'classes',
      count: due.length,
      title: '培训班待结班',
      text: '核对考勤后结班，学时才会记入台账',
      to:
        due.length === 1 && only
          ? `/coordinate/sessions/${only.id}`
          : '/coordinate/sessions?f.status=scheduled&sort=starts:asc',
    },
  ];
}

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
  const tasks = [...(await classTask(ctx)), ...(await applicationTasks(ctx))];
  return {
    tasks: tasks.filter((task) => task.count > 0),
    figures: await deskFigures(ctx),
    starts: STARTS.filter((start) => mayDo(ctx, start.permission)).map(({ to, label }) => ({ to, label })),
  };
}
