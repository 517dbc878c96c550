import type { NewTask } from '#app/office/task/task.ts';
import type { Day } from '#app/platform/time/day.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { groupDigits } from '#app/platform/ui/text/format.ts';
import type { ReasonCode } from '../register/reasons.ts';
import { reasonLabel } from '../register/reasons.ts';

interface Card {
  readonly id: string;
  readonly certificateNo: string;
  readonly regionId: string;
  readonly personName: string;
}

const MAX_TITLE = 60;

/** Keys that the end of the card finds again (`settle-card-tasks`). */
export const leaverKey = (certificateId: string, leavingId: string): string =>
  `${certificateId}:${leavingId}`;
export const moveKey = (certificateId: string, sourceId: string): string => `${certificateId}:${sourceId}`;

const bureau = (regionId: string) => ({ role: 'justice_bureau' as const, unitId: null, regionId });

/** HY11: 收回, then 注销. A proposal: nobody but the bureau decides about a card. */
export function leaverTask(
  card: Card,
  left: { leavingId: string; reason: ReasonCode; dueDay: Day },
): NewTask {
  return {
    kind: 'leaver.card',
    key: leaverKey(card.id, left.leavingId),
    title: `收回并注销证件：${card.personName}（${reasonLabel(left.reason)}）`.slice(0, MAX_TITLE),
    proposal: `持证人已离岗，建议先收回、再注销证件 ${groupDigits(card.certificateNo)}。`,
    origin: { kind: 'certificate', id: card.id, label: `${card.personName}的执法证件` },
    path: `/bureau/certificates/${card.id}`,
    dueDay: left.dueDay,
    assignee: bureau(card.regionId),
  };
}

/** T14: the card says the old unit; the qualification stays. */
export function moveTask(card: Card, moved: { sourceId: string; unitName: string }): NewTask {
  return {
    kind: 'transfer.card',
    key: moveKey(card.id, moved.sourceId),
    title: `办理证件变更：${card.personName}（调入${moved.unitName}）`.slice(0, MAX_TITLE),
    proposal: '继续从事行政执法的，建议变更换发；不再从事行政执法的，建议收回后注销。',
    origin: { kind: 'certificate', id: card.id, label: `${card.personName}的执法证件` },
    path: `/bureau/certificates/${card.id}`,
    dueDay: null,
    assignee: bureau(card.regionId),
  };
}

export const correctionKey = (certificateId: string, correctionId: string): string =>
  `${certificateId}:${correctionId}`;

const PRINTED = { name: '姓名', idNumber: '身份证号' } as const;
/** What of a person stands on the card. */
export type Printed = keyof typeof PRINTED;
export const PRINTED_FIELDS: readonly Printed[] = ['name', 'idNumber'];

/** T14: the card says what has been corrected. A proposal: the bureau decides. */
export function correctedTask(
  card: Card,
  corrected: { readonly correctionId: string; readonly fields: readonly Printed[] },
): NewTask {
  const fields = corrected.fields.map((field) => PRINTED[field]).join('、');
  return {
    kind: 'card.proposal',
    key: correctionKey(card.id, corrected.correctionId),
    title: `办理证件变更：${card.personName}（${fields}已更正）`.slice(0, MAX_TITLE),
    proposal: `证件 ${groupDigits(card.certificateNo)} 所载${fields}与更正后的登记不一致，建议变更换发。`,
    origin: { kind: 'certificate', id: card.id, label: `${card.personName}的执法证件` },
    path: `/bureau/certificates/${card.id}`,
    dueDay: null,
    assignee: bureau(card.regionId),
  };
}

export const exemptionKey = (certificateId: string, exemptionId: string): string =>
  `${certificateId}:${exemptionId}`;

/** AJ1: the 执法资格 that the card was issued on is gone. A proposal: the bureau finds out why and decides. */
export function exemptionEndedTask(
  card: Card,
  ended: { readonly exemptionId: string; readonly endedDay: Day },
): NewTask {
  return {
    kind: 'card.proposal',
    key: exemptionKey(card.id, ended.exemptionId),
    title: `处理证件：${card.personName}（免考已撤销）`.slice(0, MAX_TITLE),
    proposal: `持证人的免考已于${formatDay(ended.endedDay)}撤销，现无执法资格，建议核实后依规定收回、注销或者吊销证件 ${groupDigits(card.certificateNo)}。`,
    origin: { kind: 'certificate', id: card.id, label: `${card.personName}的执法证件` },
    path: `/bureau/certificates/${card.id}`,
    dueDay: null,
    assignee: bureau(card.regionId),
  };
}

/** One task for all cards that an act has made out of date. */
export function outdatedTask(
  change: { id: string; title: string; regionId: string },
  count: number,
): NewTask {
  return {
    kind: 'transfer.card',
    key: change.id,
    title: `办理 ${count} 张证件变更：${change.title}`.slice(0, MAX_TITLE),
    proposal: '持证人单位已变更，证件所载单位与现单位不一致，建议分批办理变更换发。',
    origin: { kind: 'organisation_change', id: change.id, label: change.title.slice(0, 120) },
    path: `/bureau/organisation/changes/${change.id}`,
    dueDay: null,
    assignee: bureau(change.regionId),
  };
}
