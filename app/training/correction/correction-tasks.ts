import type { NewNotice } from '#app/office/notice/notice.ts';
import type { NewTask } from '#app/office/task/task.ts';
import { formatDay, yearOf } from '#app/platform/time/day.ts';
import { formatHours } from '#app/platform/ui/text/format.ts';

export const CORRECTION_TASK = 'hours.correction';
export const OBJECTION_TASK = 'hours.objection';

export const correctionPath = (correctionId: string): string =>
  `/coordinate/hour-corrections/${correctionId}`;

export interface ToldCorrection {
  readonly id: string;
  readonly personId: string;
  readonly personName: string;
  readonly unitId: string;
  readonly entryTitle: string;
  readonly entryDay: string;
}

const origin = (told: ToldCorrection) => ({
  kind: 'hour_correction',
  id: told.id,
  label: `${told.personName} ${formatDay(told.entryDay)} ${told.entryTitle}`.slice(0, 120),
});

/** The second person's task: the unit's leader, for a closed year the bureau of the unit's region. */
export function correctionTask(
  told: ToldCorrection,
  closedIn: { readonly regionId: string | null } | null,
): NewTask {
  return {
    kind: CORRECTION_TASK,
    key: told.id,
    title: `审核学时更正：${told.personName}“${told.entryTitle}”`.slice(0, 60),
    proposal:
      closedIn === null
        ? '请对照证明材料核对更正理由和学时，由提出人以外的人员审核。'
        : '该年度学时已封账，更正须由司法局审核，作为封账后的调整列示。',
    origin: origin(told),
    path: correctionPath(told.id),
    dueDay: null,
    assignee:
      closedIn === null || closedIn.regionId === null
        ? { role: 'unit_leader', unitId: told.unitId, regionId: null }
        : { role: 'justice_bureau', unitId: null, regionId: closedIn.regionId },
  };
}

/** An officer's objection, for the liaison of the unit of the time. */
export function objectionTask(told: ToldCorrection): NewTask {
  return {
    kind: OBJECTION_TASK,
    key: told.id,
    title: `处理学时异议：${told.personName}“${told.entryTitle}”`.slice(0, 60),
    proposal: '请核对后提出更正申请；认为无须更正的，请写明理由答复本人。',
    origin: origin(told),
    path: correctionPath(told.id),
    dueDay: null,
    assignee: { role: 'unit_liaison', unitId: told.unitId, regionId: null },
  };
}

/** What the person reads about the end of it. */
export function correctedNotice(
  told: ToldCorrection,
  answer: {
    readonly state: 'applied' | 'declined';
    readonly before: number;
    readonly after: number | null;
    readonly note: string | null;
  },
): NewNotice {
  const isApplied = answer.state === 'applied';
  const what = isApplied
    ? `由 ${formatHours(answer.before)} 更正为 ${formatHours(answer.after ?? 0)}，原记录保留并标明冲销`
    : '经核对未作更正';
  return {
    kind: 'hours.changed',
    key: `correction:${told.id}`,
    title: `${isApplied ? '学时已更正' : '学时异议答复'}：${told.entryTitle}`.slice(0, 60),
    body: `${formatDay(told.entryDay)}“${told.entryTitle}”的学时${what}。${answer.note === null ? '' : `\n说明：${answer.note}`}`,
    path: `/hours?year=${yearOf(told.entryDay)}`,
    to: [{ personIds: [told.personId] }],
  };
}
