import type { ChangeRecord } from '#app/organization/change/change.store.server.ts';
import type { LoadedSecondPersons } from '../approval/load-second-persons.server.ts';
import { openWays } from '../approval/second-person.ts';
import type { NewTask } from '../task/task.ts';
import { shortTitle } from './change-title.ts';

export const changePath = (changeId: string): string => `/bureau/organisation/changes/${changeId}`;

type Told = Pick<ChangeRecord, 'id' | 'title' | 'regionId'>;

/** Keys of everything an act waits for: whoever answers first settles the others. */
export const confirmTaskKeys = (changeId: string): string[] => [
  changeId,
  ...(['leader', 'upper_bureau', 'signed_form'] as const).map((way) => `${changeId}:${way}`),
  `${changeId}:blocked`,
];

interface Asked {
  readonly people: LoadedSecondPersons;
  /** Account of the maker, who uploads the signed form. */
  readonly makerId: string;
}

/** Tasks of those who may be the second person now: one for each way that is open. */
export function confirmTasks(
  change: Told & { readonly effectiveDay: string },
  { people, makerId }: Asked,
): NewTask[] {
  const { scene, bureauRegionId, leaderUnitIds, upperRegionId } = people;
  const bureau = confirmTask({ ...change, regionId: bureauRegionId });
  return openWays(scene).flatMap((way) => {
    if (way === 'colleague') return [bureau];
    const task = { ...bureau, key: `${change.id}:${way}` };
    if (way === 'leader')
      return leaderUnitIds.slice(0, 1).map((unitId) => ({
        ...task,
        assignee: { role: 'unit_leader' as const, unitId, regionId: null },
      }));
    if (way === 'upper_bureau')
      return upperRegionId === null
        ? []
        : [{ ...task, assignee: { ...bureauAssignee, regionId: upperRegionId } }];
    const proposal = '本局只有一名经办人员，可打印审批单由分管领导签字，上传扫描件后办理。';
    return [{ ...task, proposal, assignee: { accountId: makerId } }];
  });
}

const bureauAssignee = { role: 'justice_bureau' as const, unitId: null };

function confirmTask(change: Told & { readonly effectiveDay: string }): NewTask {
  return {
    kind: 'change.confirm',
    key: change.id,
    title: shortTitle('复核：', change.title),
    proposal: '请核对批文、生效日期和预览中列明的各项影响，由经办人以外的人员复核。',
    origin: { kind: 'organisation_change', id: change.id, label: change.title.slice(0, 120) },
    path: changePath(change.id),
    dueDay: change.effectiveDay,
    assignee: { role: 'justice_bureau', unitId: null, regionId: change.regionId },
  };
}

/** An act whose day has come and which can no longer be done as it was filed. */
export function blockedTask(change: Told, reason: string): NewTask {
  return {
    kind: 'change.confirm',
    key: `${change.id}:blocked`,
    title: shortTitle('未能生效：', change.title),
    proposal: `${reason} 可在处理后重新生效，或撤销后另行办理。`.slice(0, 300),
    origin: { kind: 'organisation_change', id: change.id, label: change.title.slice(0, 120) },
    path: changePath(change.id),
    dueDay: null,
    assignee: { role: 'justice_bureau', unitId: null, regionId: change.regionId },
  };
}
