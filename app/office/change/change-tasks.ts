import type { ChangeRecord } from '#app/organization/change/change.store.server.ts';
import type { NewTask } from '../task/task.ts';
import { shortTitle } from './change-title.ts';

export const changePath = (changeId: string): string => `/bureau/organisation/changes/${changeId}`;

type Told = Pick<ChangeRecord, 'id' | 'title' | 'regionId'>;

/** The second person's task. One key per act: it is answered once. */
export function confirmTask(change: Told & { readonly effectiveDay: string }): NewTask {
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
