import type { NewNotice } from '#app/office/notice/notice.ts';
import type { NewTask } from '#app/office/task/task.ts';
import { formatHours } from '#app/platform/ui/text/format.ts';

export const VERIFY_TASK = 'claim.verify';
export const RETURNED_TASK = 'claim.returned';

export const ownClaimPath = (claimId: string): string => `/hours/claims/${claimId}`;
export const claimPath = (claimId: string): string => `/coordinate/claims/${claimId}`;

interface Told {
  readonly claimId: string;
  readonly batchId: string;
  readonly version: number;
  readonly unitId: string;
  readonly title: string;
}

/** Key of the task for what was filed together, and of the one for a claim that was completed later. */
export const batchKey = (batchId: string): string => `batch:${batchId}`;
export const roundKey = (claimId: string, version: number): string => `${claimId}:${version}`;

/** Asks for one decision over all persons of one training. A liaison's own filing waits for the leader. */
export function verifyTask(
  told: Told,
  names: readonly string[],
  options: { readonly byLeader: boolean; readonly isResubmitted: boolean },
): NewTask {
  const who = names.length === 1 ? names[0] : `${names[0] ?? ''}等 ${names.length} 人`;
  return {
    kind: VERIFY_TASK,
    key: options.isResubmitted ? roundKey(told.claimId, told.version) : batchKey(told.batchId),
    title: `认定学时：${who}“${told.title}”`.slice(0, 60),
    proposal: '请对照证明材料核对培训内容和学时，由申请人以外的人员认定。',
    origin: { kind: 'external_claim', id: told.claimId, label: told.title.slice(0, 120) },
    path: names.length === 1 ? claimPath(told.claimId) : `/coordinate/claims?f.batch=${told.batchId}`,
    dueDay: null,
    assignee: {
      role: options.byLeader ? 'unit_leader' : 'unit_liaison',
      unitId: told.unitId,
      regionId: null,
    },
  };
}

/** Tells whoever filed it that a claim came back. */
export function returnedTask(
  told: Told & {
    readonly personName: string;
    readonly reason: string;
    readonly filedAs: 'self' | 'liaison';
    readonly filedBy: string;
  },
): NewTask {
  const isOwn = told.filedAs === 'self';
  return {
    kind: RETURNED_TASK,
    key: roundKey(told.claimId, told.version),
    title: `补正学时认定申请：${isOwn ? '' : told.personName}“${told.title}”`.slice(0, 60),
    proposal: `退回理由：${told.reason}`.slice(0, 300),
    origin: { kind: 'external_claim', id: told.claimId, label: told.title.slice(0, 120) },
    path: isOwn ? ownClaimPath(told.claimId) : claimPath(told.claimId),
    dueDay: null,
    assignee: isOwn
      ? { accountId: told.filedBy }
      : { role: 'unit_liaison', unitId: told.unitId, regionId: null },
  };
}

/** What the person reads about the decision. */
export function answeredNotice(
  told: Told & { readonly personId: string },
  answer: {
    readonly state: 'approved' | 'returned';
    readonly seconds: number | null;
    readonly note: string | null;
  },
): NewNotice {
  const isApproved = answer.state === 'approved';
  const hours = answer.seconds === null ? '' : `，计入 ${formatHours(answer.seconds)}`;
  const note = answer.note === null ? '' : `\n${isApproved ? '说明' : '退回理由'}：${answer.note}`;
  return {
    kind: 'claim.answered',
    key: roundKey(told.claimId, told.version),
    title: `${isApproved ? '学时已认定' : '学时认定已退回'}：${told.title}`.slice(0, 60),
    body: `“${told.title}”${isApproved ? `已认定${hours}` : '已退回，请补正后重新提交'}。${note}`,
    path: ownClaimPath(told.claimId),
    to: [{ personIds: [told.personId] }],
  };
}
