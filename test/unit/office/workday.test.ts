import { describe, expect, it } from 'vitest';
import type { KnownException } from '#app/office/workday/workday-change.ts';
import { decideWorkdays } from '#app/office/workday/workday-change.ts';
import { readWorkdayLines } from '#app/office/workday/workday-lines.ts';
import type { WorkdayExceptions } from '#app/office/workday/workday.ts';
import { addWorkdays, countWorkdays, isWorkday } from '#app/office/workday/workday.ts';

const NONE: WorkdayExceptions = new Map();
/** An invented calendar: 2026-10-01 is a Thursday. */
const HOLIDAY: WorkdayExceptions = new Map([
  ['2026-10-01', 'holiday'],
  ['2026-10-02', 'holiday'],
  ['2026-10-10', 'workday'],
]);

describe('工作日', () => {
  it('are Monday to Friday where no notice says otherwise', () => {
    expect(isWorkday('2026-11-20', NONE)).toBe(true);
    expect(isWorkday('2026-11-21', NONE)).toBe(false);
    expect(isWorkday('2026-11-22', NONE)).toBe(false);
  });

  it('follow the yearly 调休 both ways', () => {
    expect(isWorkday('2026-10-01', HOLIDAY)).toBe(false);
    expect(isWorkday('2026-10-10', HOLIDAY)).toBe(true);
  });

  it.each([
    ['2026-11-19', 0, '2026-11-19'],
    ['2026-11-20', 1, '2026-11-23'],
    ['2026-11-21', 1, '2026-11-23'],
    ['2026-11-16', 5, '2026-11-23'],
    ['2026-11-20', 10, '2026-12-04'],
  ])('from %s, %i days on, end on %s: the first day is not counted', (day, count, end) => {
    expect(addWorkdays(day, count, NONE)).toBe(end);
  });

  it('pass over a holiday and count a worked Saturday', () => {
    expect(addWorkdays('2026-09-30', 1, HOLIDAY)).toBe('2026-10-05');
    expect(addWorkdays('2026-10-09', 1, HOLIDAY)).toBe('2026-10-10');
  });

  it('counted back give the number they were added with', () => {
    for (let count = 0; count < 40; count += 1)
      expect(countWorkdays('2026-09-21', addWorkdays('2026-09-21', count, HOLIDAY), HOLIDAY)).toBe(count);
    expect(countWorkdays('2026-11-20', '2026-11-19', NONE)).toBe(0);
  });

  it('are whole and not negative', () => {
    expect(() => addWorkdays('2026-11-20', -1, NONE)).toThrow();
    expect(() => addWorkdays('2026-11-20', 1.5, NONE)).toThrow();
  });
});

describe('lines of a 调休 notice', () => {
  it('are read one by one and as ranges, in the forms people paste', () => {
    const { entries, problems } = readWorkdayLines(
      '# 示例\n日期 类型 名称\n2026-10-01至2026-10-03 休 国庆节\n2026年10月10日\t班\t国庆节调休上班\n2026/1/4，上班，元旦调休\n２０２６.５.１　放假　劳动节\n',
    );
    expect(problems).toEqual([]);
    expect(entries.map((entry) => `${entry.day} ${entry.kind} ${entry.name}`)).toEqual([
      '2026-10-01 holiday 国庆节',
      '2026-10-02 holiday 国庆节',
      '2026-10-03 holiday 国庆节',
      '2026-10-10 workday 国庆节调休上班',
      '2026-01-04 workday 元旦调休',
      '2026-05-01 holiday 劳动节',
    ]);
  });

  it.each([
    ['2026-02-30 休 春节', '日期不存在'],
    ['2026-10-01 国庆节', '不认识“国庆节”'],
    ['2026-10-07至2026-10-01 休 国庆节', '结束日期早于开始日期'],
    ['2026-10-01至2027-10-07 休 国庆节', '一段超过 20 天'],
    ['2026-10-01 休', '没有写节日名称'],
    ['十月一日 休 国庆节', '看不出日期和“休”“班”'],
  ])('%s is told as a problem with its fix', (line, reason) => {
    const { entries, problems } = readWorkdayLines(`\n${line}`);
    expect(entries).toEqual([]);
    expect(problems).toMatchObject([{ lineNumber: 2, reason }]);
    expect(problems[0]?.fix).not.toBe('');
  });

  it('that name a day twice are told', () => {
    const { problems } = readWorkdayLines('2026-10-01 休 国庆节\n2026-10-01 班 国庆节');
    expect(problems).toMatchObject([{ lineNumber: 2, reason: '2026-10-01 与第 1 行重复' }]);
  });

  it('beyond the limit are refused as a whole', () => {
    const { entries, problems } = readWorkdayLines('2026-10-01 休 国庆节\n'.repeat(401));
    expect([entries.length, problems.length]).toEqual([0, 1]);
  });
});

describe('importing a calendar', () => {
  const known = (day: string, name: string, basis = '通知一'): KnownException => ({
    id: `id-${day}`,
    day,
    kind: 'holiday',
    name,
    basis,
  });
  const entries = readWorkdayLines(
    '2026-10-01 休 国庆节\n2026-10-02 休 国庆节\n2026-10-10 班 国庆节',
  ).entries;
  const register = [
    known('2026-10-01', '国庆节'),
    known('2026-10-02', '中秋节'),
    known('2026-05-01', '劳动节'),
    known('2025-05-01', '劳动节'),
  ];

  it('of a whole year adds, changes, keeps and removes within that year only', () => {
    const decision = decideWorkdays(entries, register, { mode: 'replace_year', basis: '通知一' });
    expect(decision.added.map((entry) => entry.day)).toEqual(['2026-10-10']);
    expect(decision.changed.map((change) => change.after.day)).toEqual(['2026-10-02']);
    expect(decision.removed.map((exception) => exception.day)).toEqual(['2026-05-01']);
    expect(decision.sameCount).toBe(1);
  });

  it('as a supplement removes nothing', () => {
    expect(decideWorkdays(entries, register, { mode: 'supplement', basis: '通知一' }).removed).toEqual([]);
  });

  it('under another notice counts as a change even where the days are the same', () => {
    expect(decideWorkdays(entries, register, { mode: 'supplement', basis: '通知二' }).changed).toHaveLength(
      2,
    );
  });

  it('points at a single 休 on a weekend and at 班 on a weekday, not at the weekend inside a holiday', () => {
    const odd = readWorkdayLines(
      '2026-11-21 休 周末\n2026-11-23 班 周一\n2026-10-01至2026-10-04 休 国庆节',
    ).entries;
    expect(
      decideWorkdays(odd, [], { mode: 'supplement', basis: '通知一' }).idle.map((entry) => entry.day),
    ).toEqual(['2026-11-21', '2026-11-23']);
  });
});
