import type { NewNotice } from '#app/office/notice/notice.ts';
import type { NewTask } from '#app/office/task/task.ts';
import type { Day } from '#app/platform/time/day.ts';
import { formatDay } from '#app/platform/time/day.ts';
import type { ObjectionOutcome } from './objection.ts';
import { OUTCOME_WORDS } from './objection.ts';

/** What a closing lets people know and do; keys keep every message to one. */

interface Named {
  readonly closingId: string;
  readonly unitId: string;
  /** Unit whose office acts: the unit itself, or what took its place since. */
  readonly officeId: string;
  readonly unitName: string;
  readonly year: number;
}

export const unitYearPath = ({ unitId, year }: Pick<Named, 'unitId' | 'year'>): string =>
  `/coordinate/years/${year}?unit=${unitId}`;
export const ownYearPath = (year: number): string => `/hours/closing?year=${year}`;

const originOf = ({ closingId, unitName, year }: Named) => ({
  kind: 'year_closing',
  id: closingId,
  label: `${year}年度学时确认（${unitName}）`.slice(0, 120),
});

export function publishTask(named: Named, dueDay: Day): NewTask {
  return {
    kind: 'hours.publish',
    key: named.closingId,
    title: `公示${named.year}年度学时：${named.unitName}`.slice(0, 60),
    proposal: '核对本单位人员学时后公示，或打印名单由本人签字后上传',
    origin: originOf(named),
    path: unitYearPath(named),
    dueDay,
    assignee: { role: 'unit_liaison', unitId: named.officeId, regionId: null },
  };
}

/** @param version the closing's, as it is while the task waits */
export const confirmTaskKey = (closingId: string, version: number): string => `${closingId}:${version}`;

export function confirmTask(named: Named, version: number, dueDay: Day): NewTask {
  return {
    kind: 'hours.confirm',
    key: confirmTaskKey(named.closingId, version),
    title: `确认${named.year}年度学时：${named.unitName}`.slice(0, 60),
    proposal: '公示期满且异议答复完毕后确认，报司法局封账',
    origin: originOf(named),
    path: unitYearPath(named),
    dueDay,
    assignee: { role: 'unit_leader', unitId: named.officeId, regionId: null },
  };
}

export function objectionTask(named: Named, objectionId: string, personName: string, dueDay: Day): NewTask {
  return {
    kind: 'hours.closing_objection',
    key: objectionId,
    title: `答复${personName}的${named.year}年度学时异议`.slice(0, 60),
    proposal: '查明后答复；确有差错的，先按更正程序办理',
    origin: originOf(named),
    path: unitYearPath(named),
    dueDay,
    assignee: { role: 'unit_liaison', unitId: named.officeId, regionId: null },
  };
}

export function publishedNotice(
  named: Named,
  round: number,
  untilDay: Day | null,
  personIds: readonly string[],
): NewNotice {
  const until =
    untilDay === null
      ? '请核对后在名单上签字；有异议的，请在单位确认前提出。'
      : `公示至${formatDay(untilDay)}；有异议的，请在公示期内提出，逾期视为无异议。`;
  return {
    kind: 'hours.published',
    key: `${named.closingId}:${round}`,
    title: `${named.year}年度学时公示`,
    body: `${named.unitName}的${named.year}年度学时名单已公示。${until}`,
    path: ownYearPath(named.year),
    to: [{ personIds }],
  };
}

export function answeredNotice(
  named: Named,
  objectionId: string,
  personId: string,
  told: { readonly outcome: ObjectionOutcome; readonly answer: string },
): NewNotice {
  return {
    kind: 'hours.objection_answered',
    key: objectionId,
    title: `${named.year}年度学时异议已答复`,
    body: `${OUTCOME_WORDS[told.outcome]}。${told.answer}`,
    path: ownYearPath(named.year),
    to: [{ personIds: [personId] }],
  };
}

export function returnedNotice(named: Named, version: number, reason: string): NewNotice {
  return {
    kind: 'hours.closing',
    key: `${named.closingId}:returned:${version}`,
    title: `${named.year}年度学时被退回`,
    body: `${named.unitName}的${named.year}年度学时确认被司法局退回。理由：${reason}`,
    path: unitYearPath(named),
    to: [
      { role: 'unit_liaison', unitIds: [named.officeId] },
      { role: 'unit_leader', unitIds: [named.officeId] },
    ],
  };
}

export function reminderNotice(
  year: number,
  unitIds: readonly string[],
  key: string,
  dueDay: Day,
): NewNotice {
  return {
    kind: 'hours.closing',
    key,
    title: `请尽快办理${year}年度学时确认`,
    body: `贵单位${year}年度学时尚未确认完毕，请于${formatDay(dueDay)}前完成公示、答复异议并由单位负责人确认。`,
    path: `/coordinate/years/${year}`,
    to: [
      { role: 'unit_liaison', unitIds },
      { role: 'unit_leader', unitIds },
    ],
  };
}
