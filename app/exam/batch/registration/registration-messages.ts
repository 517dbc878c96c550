import type { NewNotice } from '#app/office/notice/notice.ts';
import type { NewTask, SettledTasks } from '#app/office/task/task.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, dayOf } from '#app/platform/time/day.ts';
import { batchPath, registrationPath, unitBatchPath } from '../batch.ts';
import type { Batch } from '../batch.store.server.ts';
import type { Registration } from './registration.store.server.ts';

const TITLE_LENGTH = 60;
const originOf = (batch: Batch) => ({ kind: 'exam_batch', id: batch.id, label: batch.title }) as const;

/** What waits is asked for once a day and office, not once a person. */
const reviewKey = (batchId: string, day: Day): string => `${batchId}:${day}`;
const firstCheckKey = (batchId: string, regionId: string, day: Day): string =>
  `${batchId}:${regionId}:${day}`;
/** The version a return has led to: each return is another task. */
export const returnedKey = (one: Pick<Registration, 'id' | 'version'>): string => `${one.id}:${one.version}`;

export function reviewTask(batch: Batch, day: Day): NewTask {
  return {
    kind: 'registration.review',
    key: reviewKey(batch.id, day),
    title: `审核报名：${batch.title}`.slice(0, TITLE_LENGTH),
    proposal: null,
    origin: originOf(batch),
    path: batchPath(batch.id),
    dueDay: null,
    assignee: { role: 'justice_bureau', unitId: null, regionId: batch.regionId },
  };
}

/** 司法所 first for its township (HY13). */
export function firstCheckTask(batch: Batch, regionId: string, day: Day): NewTask {
  return {
    kind: 'registration.first_check',
    key: firstCheckKey(batch.id, regionId, day),
    title: `初审报名：${batch.title}`.slice(0, TITLE_LENGTH),
    proposal: null,
    origin: originOf(batch),
    path: `${unitBatchPath(batch.id)}/check`,
    dueDay: null,
    assignee: { role: 'justice_office', unitId: null, regionId },
  };
}

type Asked = Pick<Batch, 'id' | 'registerFrom'>;

/** Days looked back when tasks are settled: 缓考 is asked for until long after registering began. */
const MOST_DAYS = 400;

function daysSince(batch: Asked, today: Day): Day[] {
  const first = dayOf(batch.registerFrom);
  const days: Day[] = [];
  for (let day = today; day >= first && days.length < MOST_DAYS; day = addDays(day, -1)) days.push(day);
  return days;
}

export const settledReview = (batch: Asked, today: Day): SettledTasks => ({
  kind: 'registration.review',
  keys: daysSince(batch, today).map((day) => reviewKey(batch.id, day)),
  outcome: 'done',
});

export const settledFirstCheck = (batch: Asked, regionId: string, today: Day): SettledTasks => ({
  kind: 'registration.first_check',
  keys: daysSince(batch, today).map((day) => firstCheckKey(batch.id, regionId, day)),
  outcome: 'done',
});

/** The unit puts right what was returned. */
export function returnedTask(batch: Batch, one: Registration, note: string): NewTask {
  return {
    kind: 'registration.returned',
    key: returnedKey(one),
    title: `补正报名：${one.personName}`.slice(0, TITLE_LENGTH),
    proposal: `退回理由：${note}`.slice(0, 300),
    origin: originOf(batch),
    path: registrationPath(one.id),
    dueDay: null,
    assignee: { role: 'unit_liaison', unitId: one.unitId, regionId: null },
  };
}

const ANSWERS = {
  approved: '报名审核通过',
  returned: '报名已退回',
  refused: '报名审核未通过',
  deferred: '已同意缓考',
  exempt: '已同意免考',
  exemption_revoked: '免考已撤销',
  declined: '缓考、免考申请未获同意',
  reopened: '报名恢复审核',
} as const;
export type AnswerKind = keyof typeof ANSWERS;

const MOST_NAMES = 20;

/** What units and persons read about decisions of one act: a notice for each unit with its names, one for the persons. */
export function answeredNotices(
  batch: Batch,
  people: readonly Registration[],
  answer: { readonly kind: AnswerKind; readonly note: string | null; readonly key: string },
): NewNotice[] {
  const words = ANSWERS[answer.kind];
  const why = answer.note === null ? '' : `\n理由：${answer.note}`;
  const common = {
    kind: 'registration.answered' as const,
    title: `${words}：${batch.title}`.slice(0, TITLE_LENGTH),
  };
  const units = [...new Set(people.map((one) => one.unitId))];
  const toUnits = units.map((unitId): NewNotice => {
    const names = people.filter((one) => one.unitId === unitId).map((one) => one.personName);
    const shown = names.slice(0, MOST_NAMES).join('、');
    const rest = names.length > MOST_NAMES ? `等 ${names.length} 人` : '';
    return {
      ...common,
      key: `${answer.key}:${unitId}`,
      body: `${shown}${rest}：${words}。${why}`,
      path: unitBatchPath(batch.id),
      to: [{ role: 'unit_liaison', unitIds: [unitId] }],
    };
  });
  const persons = people.map((one) => one.personId);
  const toPersons: NewNotice = {
    ...common,
    key: `${answer.key}:persons`,
    body: `您在“${batch.title}”的报名：${words}。${why}`,
    path: '/exams',
    to: [{ personIds: persons }],
  };
  return [...toUnits, toPersons];
}
