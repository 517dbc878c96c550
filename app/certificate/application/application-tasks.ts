import type { NewTask, RoleAssignee, SettledTasks } from '#app/office/task/task.ts';
import type { TaskKind } from '#app/office/task/task-kinds.ts';
import type { ApplicationState } from './application.ts';

/** What waits while an application stands in a state, and on whose desk. States that wait for nobody have none. */
const WAITING = {
  submitted: { kind: 'application.review', role: 'justice_bureau', title: '初审证件申领' },
  under_review: { kind: 'application.approve', role: 'justice_bureau', title: '批准证件申领' },
  approved: { kind: 'certificate.issue', role: 'justice_bureau', title: '核发执法证件' },
  returned: { kind: 'application.returned', role: 'unit_liaison', title: '补正后重新申报' },
} as const satisfies Partial<
  Record<ApplicationState, { kind: TaskKind; role: 'justice_bureau' | 'unit_liaison'; title: string }>
>;

const waitingIn = (state: ApplicationState) =>
  Object.hasOwn(WAITING, state) ? WAITING[state as keyof typeof WAITING] : null;

export interface WaitingApplication {
  readonly id: string;
  readonly personName: string;
  readonly unitId: string;
  readonly regionId: string;
  /** Lies in a township: the 司法所 checks first (HY13), the bureau sees it all the same. */
  readonly isTownship: boolean;
}

/** Key of what waits since the event with this number. */
const keyOf = (applicationId: string, seq: number, role: string): string => `${applicationId}:${seq}:${role}`;

/** Tasks that a new state opens. @param seq number of the event that led to it */
export function tasksOfState(
  application: WaitingApplication,
  state: ApplicationState,
  seq: number,
): NewTask[] {
  const waiting = waitingIn(state);
  if (waiting === null) return [];
  const isUnits = waiting.role === 'unit_liaison';
  const assignees: RoleAssignee[] = [
    {
      role: waiting.role,
      unitId: isUnits ? application.unitId : null,
      regionId: isUnits ? null : application.regionId,
    },
  ];
  if (state === 'submitted' && application.isTownship)
    assignees.push({ role: 'justice_office', unitId: null, regionId: application.regionId });
  return assignees.map((assignee) => ({
    kind: waiting.kind,
    key: keyOf(application.id, seq, assignee.role),
    title: `${waiting.title}：${application.personName}`,
    proposal: null,
    origin: { kind: 'certificate_application', id: application.id, label: '证件申领' },
    path: `/${isUnits ? 'coordinate' : 'bureau'}/applications/${application.id}`,
    dueDay: null,
    assignee,
  }));
}

/** What the end of a state settles. @param seq number of the event that had led to the state */
export function settledByLeaving(
  applicationId: string,
  state: ApplicationState,
  seq: number,
): SettledTasks | null {
  const waiting = waitingIn(state);
  if (waiting === null) return null;
  const keys = [waiting.role, ...(state === 'submitted' ? ['justice_office'] : [])];
  return {
    kind: waiting.kind,
    keys: keys.map((role) => keyOf(applicationId, seq, role)),
    outcome: 'done',
  };
}
