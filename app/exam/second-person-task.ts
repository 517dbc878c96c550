import type { LoadedSecondPersons } from '#app/office/approval/load-second-persons.server.ts';
import type { NewTask } from '#app/office/task/task.ts';
import type { TaskKind } from '#app/office/task/task-kinds.ts';

const LONGEST_TITLE = 60;
const LONGEST_LABEL = 120;

const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;

export interface WaitingDecision {
  readonly kind: TaskKind;
  /** Id of the proposal: whoever decides first settles it. */
  readonly key: string;
  readonly title: string;
  /** What is to be looked at. */
  readonly proposal: string;
  readonly sitting: { readonly id: string; readonly title: string };
  readonly path: string;
}

/**
 * The task of whoever may be the second person where only a bureau decides (作废, 断网补传; design.md invariant 11):
 * colleagues of the maker, else the bureau above, else the own bureau, for whoever comes to it. The candidate is left out
 * when the people are loaded (`concernedKey`).
 */
export function secondPersonTask(
  waiting: WaitingDecision,
  {
    scene,
    bureauRegionId,
    upperRegionId,
  }: Pick<LoadedSecondPersons, 'scene' | 'bureauRegionId' | 'upperRegionId'>,
): NewTask {
  const { kind, key, title, proposal, sitting, path } = waiting;
  const regionId = scene.colleagues.length > 0 ? bureauRegionId : (upperRegionId ?? bureauRegionId);
  return {
    ...{ kind, key, proposal, path },
    title: cut(title, LONGEST_TITLE),
    origin: { kind: 'exam_sitting', id: sitting.id, label: cut(sitting.title, LONGEST_LABEL) },
    dueDay: null,
    assignee: { role: 'justice_bureau', unitId: null, regionId },
  };
}
