import type { NewTask } from '../task/task.ts';

export const personPath = (personId: string): string => `/coordinate/roster/${personId}`;
export const correctionPath = (correctionId: string): string => `/coordinate/corrections/${correctionId}`;

/** The second person's task. The bureau of the unit's region is asked; the unit's leader may answer as well. */
export function correctionTask(
  correctionId: string,
  told: { readonly person: string; readonly regionId: string },
): NewTask {
  return {
    kind: 'person.correction',
    key: correctionId,
    title: `复核人员信息更正：${told.person}`.slice(0, 60),
    proposal: '请对照证明材料核对更正前后的内容，由申请人以外的人员决定。',
    origin: { kind: 'person_correction', id: correctionId, label: `${told.person}信息更正`.slice(0, 120) },
    path: correctionPath(correctionId),
    dueDay: null,
    assignee: { role: 'justice_bureau', unitId: null, regionId: told.regionId },
  };
}

/** Two bad years in a row: told to the bureau, which decides what follows by its province's rules. */
export function assessmentTask(
  pair: { readonly personId: string; readonly earlier: number; readonly later: number },
  told: { readonly person: string; readonly regionId: string },
): NewTask {
  return {
    kind: 'assessment.review',
    key: assessmentKey(pair),
    title: `连续两年考核不称职：${told.person}`.slice(0, 60),
    proposal: `${pair.earlier}、${pair.later} 年度均为不称职（不合格）。有的省份规定连续两年不合格取消执法资格或者调离执法岗位，请按本省规定研究处理。`,
    origin: {
      kind: 'person',
      id: pair.personId,
      label: `${told.person} ${pair.earlier}–${pair.later} 年度考核`.slice(0, 120),
    },
    path: `${personPath(pair.personId)}?tab=assessments`,
    dueDay: null,
    assignee: { role: 'justice_bureau', unitId: null, regionId: told.regionId },
  };
}

/** Natural key of the task: the person and the second bad year. */
export function assessmentKey(pair: { readonly personId: string; readonly later: number }): string {
  return `${pair.personId}:${pair.later}`;
}
