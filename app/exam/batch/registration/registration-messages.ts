import type { NewNotice } from '#app/office/notice/notice.ts';
import type { NewTask, SettledSeries } from '#app/office/task/task.ts';
import type { Day } from '#app/platform/time/day.ts';
import { batchPath, registrationPath, unitBatchPath } from '../batch.ts';
import type { Batch } from '../batch.store.server.ts';
import type { Registration } from './registration.store.server.ts';

const TITLE_LENGTH = 60;
const originOf = (batch: Batch) => ({ kind: 'exam_batch', id: batch.id, label: batch.title }) as const;

/** What waits is asked for once a day and office, not once a person. */
const ofBatch = (batchId: string): string => `${batchId}:`;
const ofTownship = (batchId: string, regionId: string): string => `${ofBatch(batchId)}${regionId}:`;
/** The version a return has led to: each return is another task. */
export const returnedKey = (one: Pick<Registration, 'id' | 'version'>): string => `${one.id}:${one.version}`;

export function reviewTask(batch: Batch, day: Day): NewTask {
  return {
    kind: 'registration.review',
    key: `${ofBatch(batch.id)}${day}`,
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
    key: `${ofTownship(batch.id, regionId)}${day}`,
    title: `初审报名：${batch.title}`.slice(0, TITLE_LENGTH),
    proposal: null,
    origin: originOf(batch),
    path: `${unitBatchPath(batch.id)}/check`,
    dueDay: null,
    assignee: { role: 'justice_office', unitId: null, regionId },
  };
}

/** Whatever day they were asked for on: 缓考 is asked for until long after registering began. */
export const settledReview = ({ id }: Pick<Batch, 'id'>): SettledSeries => ({
  kind: 'registration.review',
  keyPrefix: ofBatch(id),
  outcome: 'done',
});

/** @param regionId the township; null for all of the batch */
export const settledFirstCheck = ({ id }: Pick<Batch, 'id'>, regionId: string | null): SettledSeries => ({
  kind: 'registration.first_check',
  keyPrefix: regionId === null ? ofBatch(id) : ofTownship(id, regionId),
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
