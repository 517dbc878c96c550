import type { LoadedSecondPersons } from '#app/office/approval/load-second-persons.server.ts';
import { openWays } from '#app/office/approval/second-person.ts';
import type { NewTask } from '#app/office/task/task.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { CustodyKind } from './confirmation.ts';
import { CUSTODY_LABELS, sealPath } from './confirmation.ts';

interface Told {
  readonly requestId: string;
  readonly kind: CustodyKind;
  readonly sitting: { readonly id: string; readonly title: string; readonly opensAt: Date };
}

const LONGEST_TITLE = 60;

/** Keys of everything a request waits for: whoever confirms first settles the others. */
export const custodyTaskKeys = (requestId: string): string[] => [
  requestId,
  ...(['leader', 'upper_bureau', 'signed_form'] as const).map((way) => `${requestId}:${way}`),
];

/** Tasks of those who may be the second person now: one for each way that is open. */
export function custodyTasks(told: Told, people: LoadedSecondPersons, makerId: string): NewTask[] {
  const { scene, bureauRegionId, leaderUnitIds, upperRegionId } = people;
  return openWays(scene).flatMap((way) => {
    const task = {
      ...taskOf(told, bureauRegionId),
      key: way === 'colleague' ? told.requestId : `${told.requestId}:${way}`,
    };
    switch (way) {
      case 'colleague':
        return [task];
      case 'leader':
        return leaderUnitIds.slice(0, 1).map((unitId) => ({
          ...task,
          assignee: { role: 'unit_leader' as const, unitId, regionId: null },
        }));
      case 'upper_bureau':
        return upperRegionId === null ? [] : [{ ...task, ...taskOf(told, upperRegionId), key: task.key }];
      case 'signed_form':
        return [{ ...task, assignee: { accountId: makerId } }];
    }
  });
}

function taskOf({ requestId, kind, sitting }: Told, regionId: string): NewTask {
  const title = `${CUSTODY_LABELS[kind]}复核：${sitting.title}`;
  return {
    kind: 'exam.custody',
    key: requestId,
    title: title.length <= LONGEST_TITLE ? title : `${title.slice(0, LONGEST_TITLE - 1)}…`,
    proposal: '请核对场次、应考人数和试卷份数，由经办人以外的人员复核。',
    origin: { kind: 'exam_sitting', id: sitting.id, label: sitting.title.slice(0, 120) },
    path: sealPath(sitting.id),
    dueDay: dayOf(sitting.opensAt),
    assignee: { role: 'justice_bureau', unitId: null, regionId },
  };
}
