import { describe, expect, it } from 'vitest';
import { newTaskSchema } from '#app/office/task/task.schema.ts';
import { urgencyOf } from '#app/office/task/task.ts';
import { newId } from '#app/platform/ids/id.ts';

describe('how near the last day is', () => {
  it.each([
    ['2026-11-22', 'overdue'],
    ['2026-11-23', 'today'],
    ['2026-11-24', 'soon'],
    ['2026-11-26', 'soon'],
    ['2026-11-27', 'later'],
  ])('%s seen on 23 November is %s', (dueDay, urgency) => {
    expect(urgencyOf(dueDay, '2026-11-23')).toBe(urgency);
  });

  it('a task without a last day is never late', () => {
    expect(urgencyOf(null, '2026-11-23')).toBe('open_ended');
  });
});

const task = {
  kind: 'session.close',
  key: 'k1',
  title: '核对考勤并结班',
  proposal: null,
  origin: { kind: 'training_session', id: newId(), label: '轮训班' },
  path: '/coordinate/sessions/x',
  dueDay: '2026-11-23',
  assignee: { role: 'unit_liaison', unitId: newId(), regionId: null },
};

describe('a task that is asked for', () => {
  it('is taken when it is whole', () => {
    expect(newTaskSchema.safeParse(task).success).toBe(true);
  });

  it.each([
    ['a kind nobody decides', { kind: 'tea.make' }],
    ['a path out of the site', { path: 'https://evil.example' }],
    ['a path that only looks like one of ours', { path: '//evil.example' }],
    ['a day that does not exist', { dueDay: '2023-02-30' }],
    ['no place', { assignee: { role: 'unit_liaison', unitId: null, regionId: null } }],
    ['two places', { assignee: { role: 'unit_liaison', unitId: newId(), regionId: newId() } }],
    ['a title too long for a line', { title: '长'.repeat(61) }],
  ])('is refused with %s', (_, change) => {
    expect(newTaskSchema.safeParse({ ...task, ...change }).success).toBe(false);
  });
});
