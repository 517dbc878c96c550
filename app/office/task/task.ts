import type { Role } from '#app/accounts/role.ts';
import type { Day } from '#app/platform/time/day.ts';
import { daysBetween } from '#app/platform/time/day.ts';
import type { TaskKind } from './task-kinds.ts';

/** Whoever holds the role over the unit or region sees the task; exactly one of the two is named. */
export interface RoleAssignee {
  readonly role: Role;
  readonly unitId: string | null;
  readonly regionId: string | null;
}

/** One person alone: a draft to finish, a return to answer. */
export interface AccountAssignee {
  readonly accountId: string;
}

export type TaskAssignee = RoleAssignee | AccountAssignee;

export interface TaskOrigin {
  /** snake_case name of the record's table, e.g. `campaign_target`. */
  readonly kind: string;
  readonly id: string;
  /** What a person calls it: 「2026年度执法主体资格确认」. */
  readonly label: string;
}

export interface NewTask {
  readonly kind: TaskKind;
  /** Natural key within the kind: opening twice is opening once. A second round of the same thing has its own key. */
  readonly key: string;
  /** What is to be done, at most 60 characters. */
  readonly title: string;
  /** What the system proposes, in a sentence; it never decides. */
  readonly proposal: string | null;
  readonly origin: TaskOrigin;
  /** Path of the page where it is decided. */
  readonly path: string;
  /** Last day; null where none is set. */
  readonly dueDay: Day | null;
  readonly assignee: TaskAssignee;
}

export interface SettledTasks {
  readonly kind: TaskKind;
  readonly keys: readonly string[];
  /** `withdrawn`: it no longer waits, but nobody did it. */
  readonly outcome: 'done' | 'withdrawn';
}

/** Every task of a kind whose key begins so: rounds of the same thing, one a day, of which nobody knows how many. */
export interface SettledSeries {
  readonly kind: TaskKind;
  /** Ends with the separator, so that it is nobody else's beginning. */
  readonly keyPrefix: string;
  readonly outcome: SettledTasks['outcome'];
}

/** How a task stands against its last day: overdue after it, due soon within three days of it. */
export type Urgency = 'overdue' | 'today' | 'soon' | 'later' | 'open_ended';

const SOON_DAYS = 3;

export function urgencyOf(dueDay: Day | null, today: Day): Urgency {
  if (dueDay === null) return 'open_ended';
  const left = daysBetween(today, dueDay);
  if (left < 0) return 'overdue';
  if (left === 0) return 'today';
  return left <= SOON_DAYS ? 'soon' : 'later';
}
