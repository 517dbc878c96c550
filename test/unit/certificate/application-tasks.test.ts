import { describe, expect, it } from 'vitest';
import type { ApplicationState } from '#app/certificate/application/application.ts';
import { APPLICATION_STATES } from '#app/certificate/application/application.ts';
import { settledByLeaving, tasksOfState } from '#app/certificate/application/application-tasks.ts';
import { newTaskSchema } from '#app/office/task/task.schema.ts';
import { newId } from '#app/platform/ids/id.ts';

const application = {
  id: newId(),
  personName: '张某',
  unitId: newId(),
  regionId: newId(),
  isTownship: false,
};
const desks = (state: ApplicationState, isTownship = false) =>
  tasksOfState({ ...application, isTownship }, state, 3).map((task) =>
    'role' in task.assignee ? task.assignee.role : 'account',
  );

describe('what waits while an application stands in a state', () => {
  it.each([
    ['submitted', ['justice_bureau']],
    ['under_review', ['justice_bureau']],
    ['approved', ['justice_bureau']],
    ['returned', ['unit_liaison']],
    ['draft', []],
    ['issued', []],
    ['rejected', []],
  ] as const)('%s waits for %j', (state, roles) => {
    expect(desks(state)).toEqual(roles);
  });

  it('of a township waits for the 司法所 first, and the bureau sees it (HY13)', () => {
    expect(desks('submitted', true)).toEqual(['justice_bureau', 'justice_office']);
    expect(desks('under_review', true)).toEqual(['justice_bureau']);
  });

  it('every task is well formed, and leaving the state settles every task it opened', () => {
    for (const state of APPLICATION_STATES)
      for (const isTownship of [false, true]) {
        const opened = tasksOfState({ ...application, isTownship }, state, 3);
        for (const task of opened) expect(newTaskSchema.safeParse(task).success).toBe(true);
        const settled = settledByLeaving(application.id, state, 3);
        for (const task of opened) {
          expect(settled?.kind).toBe(task.kind);
          expect(settled?.keys).toContain(task.key);
        }
      }
  });

  it('a second round of the same state is another task', () => {
    const keys = [1, 3].flatMap((seq) => tasksOfState(application, 'submitted', seq)).map((task) => task.key);
    expect(new Set(keys).size).toBe(2);
  });
});
