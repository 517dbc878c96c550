import type { Day } from '#app/platform/time/day.ts';
import type { NewTask } from '../task/task.ts';

/** Days within which the new unit is asked to answer; nothing lapses after them. [proposal] */
export const DAYS_TO_ACCEPT = 10;

export const transferPath = (transferId: string): string => `/coordinate/transfers/${transferId}`;

/** The new unit's task: look at card, hours, registrations, classes and rights, then accept or return. */
export function transferTask(
  transfer: { readonly id: string; readonly toUnitId: string },
  told: { readonly person: string; readonly fromUnit: string; readonly dueDay: Day },
): NewTask {
  return {
    kind: 'transfer.accept',
    key: transfer.id,
    title: `确认接收：${told.person}（${told.fromUnit}转出）`.slice(0, 60),
    proposal: '请核对证件、学时、报名、培训班和授权后确认转入；情况不符的，写明理由退回。',
    origin: { kind: 'person_transfer', id: transfer.id, label: `${told.person}调动` },
    path: transferPath(transfer.id),
    dueDay: told.dueDay,
    assignee: { role: 'unit_liaison', unitId: transfer.toUnitId, regionId: null },
  };
}
