import type { Day } from '#app/platform/time/day.ts';
import type { NewTask, TaskOrigin } from '../task/task.ts';
import type { LoadedSecondPersons } from '../approval/load-second-persons.server.ts';
import { openWays } from '../approval/second-person.ts';
import { answerPath, answerTaskKey, approvalPath, boardPath, reviewPath, reviewTaskKey } from './campaign.ts';
import type { CampaignKind } from './kinds/kind.ts';

interface TaskCampaign {
  readonly id: string;
  readonly title: string;
  readonly regionId: string;
}

interface TaskTarget {
  readonly id: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly taskNo: number;
  readonly dueDay: Day;
}

const LONGEST_TITLE = 60;
const cut = (text: string): string =>
  text.length <= LONGEST_TITLE ? text : `${text.slice(0, LONGEST_TITLE - 1)}…`;
const originOf = (campaign: TaskCampaign): TaskOrigin => ({
  kind: 'campaign',
  id: campaign.id,
  label: campaign.title,
});

/** What is least to do; a kind with a stamped paper is not done with one click. */
function unchangedProposal({ sameLabel, stampedForm }: CampaignKind): string {
  return stampedForm === null
    ? `没有变化的，可以一键确认“${sameLabel}”`
    : `“${sameLabel}”的无需改动，上传${stampedForm}后提交`;
}

/** What waits for the unit's liaison. */
export function answerTask(
  campaign: TaskCampaign,
  kind: CampaignKind,
  target: TaskTarget,
  isReturned = false,
): NewTask {
  return {
    kind: 'campaign.answer',
    key: answerTaskKey(target.id, target.taskNo),
    title: cut(`${isReturned ? '更正并重新填报' : '填报'}${campaign.title}`),
    proposal: isReturned ? null : unchangedProposal(kind),
    origin: originOf(campaign),
    path: kind.pages?.answer(campaign.id, target.unitId) ?? answerPath(campaign.id, target.unitId),
    dueDay: target.dueDay,
    assignee: { role: 'unit_liaison', unitId: target.unitId, regionId: null },
  };
}

/** What waits for the bureau: only answers that differ from the preset, one by one. */
export function reviewTask(
  campaign: TaskCampaign,
  kind: CampaignKind,
  target: Pick<TaskTarget, 'id' | 'unitId' | 'unitName'> & { readonly regionId: string },
  answer: { readonly no: number; readonly exceptionCount: number },
): NewTask {
  return {
    kind: 'campaign.review',
    key: reviewTaskKey(target.id, answer.no),
    title: cut(`审核${target.unitName}填报的${answer.exceptionCount}处变化`),
    proposal: null,
    origin: originOf(campaign),
    path: kind.pages?.review(campaign.id, target.unitId) ?? reviewPath(campaign.id, target.unitId),
    dueDay: null,
    assignee: { role: 'justice_bureau', unitId: null, regionId: target.regionId },
  };
}

export const bulkTaskKey = (campaign: { readonly id: string; readonly bulkRound: number }): string =>
  `${campaign.id}:unchanged:${campaign.bulkRound}`;

/** Answers that say nothing is different wait together, as one task. */
export function bulkTask(
  campaign: TaskCampaign & { readonly bulkRound: number },
  kind: CampaignKind,
): NewTask {
  return {
    kind: 'campaign.review',
    key: bulkTaskKey(campaign),
    title: cut(`批量审核“${kind.sameLabel}”的填报`),
    proposal: `填报为“${kind.sameLabel}”，可以一次全部通过`,
    origin: originOf(campaign),
    path: boardPath(campaign.id),
    dueDay: null,
    assignee: { role: 'justice_bureau', unitId: null, regionId: campaign.regionId },
  };
}

/** Keys of what an approval waits for: the bureau's own task and the leader's. */
export const approveTaskKeys = (campaignId: string): string[] => [campaignId, `${campaignId}:leader`];

/** Everything is reviewed: the document of the approving organ is to be entered. */
export function approveTasks(campaign: TaskCampaign, people: LoadedSecondPersons): NewTask[] {
  const bureau = approveTask(campaign);
  const [leaderUnit] = people.leaderUnitIds;
  if (leaderUnit === undefined || !openWays(people.scene).includes('leader')) return [bureau];
  const leader = {
    ...bureau,
    key: `${campaign.id}:leader`,
    path: approvalPath(campaign.id),
    assignee: { role: 'unit_leader' as const, unitId: leaderUnit, regionId: null },
  };
  return [bureau, leader];
}

function approveTask(campaign: TaskCampaign): NewTask {
  return {
    kind: 'campaign.approve',
    key: campaign.id,
    title: cut(`报请批准并登记文号：${campaign.title}`),
    proposal: '全部填报已经审核，可以报请批准',
    origin: originOf(campaign),
    path: boardPath(campaign.id),
    dueDay: null,
    assignee: { role: 'justice_bureau', unitId: null, regionId: campaign.regionId },
  };
}
