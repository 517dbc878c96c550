import { describe, expect, it } from 'vitest';
import type { Check } from '#app/training/course/course.schema.ts';
import { secondOf } from '#app/training/ledger/interval.ts';
import { cleanAnswers, gradeChecks, publicCheck, verdictsOf } from '#app/training/study/checks.ts';
import { secondInBlock } from '#app/training/session/attendance.ts';
import { marksOf, readTypedMarks } from '#app/training/session/mark-form.ts';
import { rosterPage } from '#app/training/session/roster-page.ts';
import { formatDuration } from '#app/training/study/study-words.ts';

const citation = { law: '行政处罚法', article: 42, version: '2021-01-22' };
const common = { stem: '题', explanation: '说明', citation };
const CHECKS: Check[] = [
  { ...common, id: 'one', type: 'single', options: { A: '甲', B: '乙', C: '丙' }, answer: ['B'] },
  { ...common, id: 'many', type: 'multiple', options: { A: '甲', B: '乙', C: '丙' }, answer: ['A', 'C'] },
  { ...common, id: 'fact', type: 'true_false', answer: ['F'] },
];

describe('the questions of a lesson', () => {
  it.each([
    [{ one: ['B'], many: ['C', 'A'], fact: ['F'] }, ['one', 'many', 'fact'], []],
    [{ one: ['A'], many: ['A'], fact: ['T'] }, [], []],
    [{ one: ['B'], many: ['A', 'B', 'C'], fact: ['F'] }, ['one', 'fact'], []],
    [{ one: ['B'] }, ['one'], ['many', 'fact']],
    [{}, [], ['one', 'many', 'fact']],
  ])('graded %j: right %j, missing %j', (answers, rightIds, unansweredIds) => {
    expect(gradeChecks(CHECKS, cleanAnswers(CHECKS, answers))).toEqual({ rightIds, unansweredIds });
  });

  it('letters that are none of the question are not kept', () => {
    expect(cleanAnswers(CHECKS, { one: ['Z', 'B', 'B'], other: ['A'] })).toEqual({
      one: ['B'],
      many: [],
      fact: [],
    });
  });

  it('go to the browser without key, explanation or citation', () => {
    const text = JSON.stringify(CHECKS.map(publicCheck));
    for (const word of ['answer', '说明', '行政处罚法']) expect(text).not.toContain(word);
    expect(publicCheck(CHECKS[2] as Check).options.map((option) => option.text)).toEqual(['正确', '错误']);
  });

  it('tell what was wrong and where to read, the key only once they are passed', () => {
    const answers = { one: ['A'], many: ['A', 'C'], fact: ['F'] };
    expect(verdictsOf(CHECKS, answers, false)[0]).toMatchObject({ isRight: false, citation, solution: null });
    expect(verdictsOf(CHECKS, answers, true)[0]?.solution).toEqual({ answer: ['B'], explanation: '说明' });
  });
});

describe('the attendance form', () => {
  const at = (text: string): number => secondOf(new Date(`${text}+08:00`));
  const person = '0192f000-0000-7000-8000-000000000001';
  const block = { id: 'b', interval: { from: at('2026-11-23T09:00'), to: at('2026-11-23T11:30') } };
  const line = (over: object) => ({ [person]: { standing: '', from: '', to: '', reason: '', ...over } });

  it('reads its lines by person', () => {
    const form: [string, string][] = [
      [`mark.${person}.standing`, 'leave'],
      [`mark.${person}.reason`, '出差'],
      ['mark.nobody.standing', 'present'],
      ['intent', 'mark'],
    ];
    expect(readTypedMarks(form)).toEqual(line({ standing: 'leave', reason: '出差' }));
  });

  it.each([
    ['nothing chosen', {}, []],
    ['present', { standing: 'present' }, [{ standing: 'present', part: null }]],
    ['absent, times left over', { standing: 'absent', from: '09:00' }, [{ standing: 'absent', part: null }]],
    ['leave', { standing: 'leave', reason: ' 病假 ' }, [{ standing: 'leave', reason: '病假' }]],
    [
      'a part',
      { standing: 'part', from: '09:40', to: '11:00' },
      [{ standing: 'present', part: { from: at('2026-11-23T09:40'), to: at('2026-11-23T11:00') } }],
    ],
  ])('%s', (_, over, marks) => {
    const outcome = marksOf(line(over), block);
    expect(outcome.ok && outcome.value).toMatchObject(marks);
    expect(outcome.ok && outcome.value.length).toBe(marks.length);
  });

  it.each([
    [{ standing: 'part', from: '09:40' }, 'PART_TIMES_MISSING'],
    [{ standing: 'ill' }, 'MARK_UNREADABLE'],
    [{ standing: 'part', from: '9:40', to: '10:00' }, 'MARK_UNREADABLE'],
  ])('%j is sent back: %s', (over, code) => {
    expect(marksOf(line(over), block)).toMatchObject({ ok: false, code, detail: { personId: person } });
  });

  it('takes times of a block over midnight as they are meant', () => {
    const night = { from: at('2026-11-23T22:00'), to: at('2026-11-24T02:00') };
    expect(secondInBlock('23:30', night)).toBe(at('2026-11-23T23:30'));
    expect(secondInBlock('01:15', night)).toBe(at('2026-11-24T01:15'));
    expect(secondInBlock('08:00', block.interval)).toBe(at('2026-11-23T08:00'));
    expect(secondInBlock('', night)).toBeNull();
  });
});

describe('a page of the roster', () => {
  const people = Array.from({ length: 45 }, (_, index) => ({
    name: `张${String(index).padStart(2, '0')}`,
    unitName: index < 20 ? '甲局' : '乙局',
    state: index % 2 === 0 ? ('attended' as const) : ('unmarked' as const),
  }));
  const query = {
    page: 1,
    size: 20,
    sort: { field: 'unit', direction: 'asc' },
    q: '',
    filters: {},
    columns: null,
  } as const;

  it('searches, filters, sorts and cuts', () => {
    expect(rosterPage(people, query)).toMatchObject({ total: 45, page: 1 });
    expect(rosterPage(people, { ...query, page: 9 }).rows).toHaveLength(5);
    expect(rosterPage(people, { ...query, q: '乙局' }).total).toBe(25);
    expect(rosterPage(people, { ...query, filters: { state: 'unmarked' } }).total).toBe(22);
    const last = rosterPage(people, { ...query, sort: { field: 'name', direction: 'desc' } });
    expect(last.rows[0]?.name).toBe('张44');
  });
});

describe('durations in words', () => {
  it.each([
    [0, '0 秒'],
    [59, '59 秒'],
    [60, '1 分钟'],
    [200, '3 分 20 秒'],
    [3600, '60 分钟'],
  ])('%i seconds are %s', (seconds, words) => {
    expect(formatDuration(seconds)).toBe(words);
  });
});
