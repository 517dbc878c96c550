import { describe, expect, it } from 'vitest';
import { parseAskedScope, scopeSearch } from '#app/reporting/completion/asked.ts';
import { cellsOf, textOf } from '#app/reporting/completion/completion-table.ts';
import { definitionsOf } from '#app/reporting/completion/definitions.ts';
import type { ReferenceLine } from '#app/reporting/completion/figures.ts';
import { NOBODY } from '#app/reporting/completion/figures.ts';
import { findingOf, freshnessText, percentText } from '#app/reporting/completion/headline.ts';
import { shortfallText } from '#app/reporting/completion/shortfall.ts';
import { DEFAULT_RULES } from '#app/organization/rules/region-rules.ts';

const TODAY = '2026-11-22';
const UNIT = '01990000-0000-7000-8000-000000000001';
const REGION = '01990000-0000-7000-8000-000000000002';
const HOUR = 2700;
const asked = (search: string) => parseAskedScope(new URLSearchParams(search), TODAY);

describe('the scope of the page stands in its link', () => {
  it('reads region, own level, unit and day, and writes them back', () => {
    const scope = asked(`region=${REGION}&level=own&unit=${UNIT}&day=2026-06-30`);
    expect(scope).toEqual({
      place: { regionId: REGION, isOwnLevel: true, unitId: UNIT },
      day: '2026-06-30',
      problem: null,
    });
    expect(scopeSearch(scope.place, scope.day, TODAY)).toBe(
      `?region=${REGION}&level=own&unit=${UNIT}&day=2026-06-30`,
    );
  });

  it('leaves today out of a link, so that it stays a link to today', () => {
    expect(scopeSearch({ regionId: null, isOwnLevel: false, unitId: null }, TODAY, TODAY)).toBe('');
  });

  it.each([
    ['year=2025', '2025-12-31'],
    ['year=2026', TODAY],
    ['year=2027', TODAY],
    ['year=2025&day=2026-01-31', '2026-01-31'],
    ['day=20260131', '2026-01-31'],
    ['', TODAY],
  ])('%s asks about %s', (search, day) => {
    expect(asked(search)).toMatchObject({ day, problem: null });
  });

  it.each(['day=2023-02-30', 'day=2026-11-23', 'day=later'])('%s shows today and says why', (search) => {
    const scope = asked(search);
    expect(scope.day).toBe(TODAY);
    expect(scope.problem).toMatch(/按今天统计/);
  });
});

describe('the words of the figures', () => {
  it('writes a dash where nobody is due, and never rounds up to 100.0%', () => {
    expect(cellsOf('甲', NOBODY).map(textOf)).toEqual(['甲', '–', '0', '0', '0', '–', '–', '–']);
    const nearly = { due: 8854, met: 8853, creditSeconds: 8854 * HOUR, keyDue: 3, keyMet: 2 };
    expect(cellsOf('甲', nearly).map(textOf)).toEqual([
      '甲',
      '99.9%',
      '8,853',
      '8,854',
      '1',
      '1.00',
      '2',
      '3',
    ]);
  });

  it('says the finding in the title', () => {
    const row = (met: number) => ({ counts: { ...NOBODY, due: 10, met } });
    const page = (kind: ReferenceLine['kind'], basisPoints: number, ...rows: ReturnType<typeof row>[]) => ({
      rows,
      total: { ...NOBODY, due: 20, met: 14 },
      rowNoun: '地区',
      line: { kind, basisPoints },
    });
    expect(findingOf(page('average', 7000, row(5), row(9)))).toBe('2 个地区中，1 个低于平均达标率 70%');
    expect(findingOf(page('average', 7000, row(7), row(7)))).toBe('2 个地区都不低于平均达标率 70%');
    expect(findingOf(page('average', 7000, row(9)))).toBe('达标 70.0%（14/20）');
    expect(findingOf(page('everybody', 10_000, row(9), row(10)))).toBe('2 个地区中，1 个未全员达标');
    expect(findingOf(page('everybody', 10_000, row(10), row(10)))).toBe('2 个地区全部全员达标');
    expect(findingOf({ ...page('average', 0, row(0), row(0)), total: { ...NOBODY, due: 20 } })).toBe(
      '2 个地区都还没有人达标',
    );
    expect(percentText(10_000)).toBe('100%');
  });

  it('tells the lag and what waits for a person', () => {
    expect(freshnessText(null, 0)).toBe('学时汇总已是最新');
    expect(freshnessText(7, 0)).toBe('学时汇总滞后 7 秒');
    expect(freshnessText(125, 2)).toBe('学时汇总滞后 2 分钟，另有 2 条学时变动待管理员处理');
  });

  it('says what an officer still owes, rounded up so that earning it is enough', () => {
    const person = {
      ownTargetSeconds: 60 * HOUR,
      totalSeconds: 60 * HOUR - 1,
      isKey: false,
      isKeyMet: false,
      keyTargetSeconds: 30 * HOUR,
      specialisedLawSeconds: 0,
      isMet: false,
    };
    expect(shortfallText(person)).toBe('差 0.01 学时');
    expect(shortfallText({ ...person, totalSeconds: 60 * HOUR })).toBe('必修课程未完成');
    expect(shortfallText({ ...person, totalSeconds: 60 * HOUR, isMet: true })).toBeNull();
    expect(shortfallText({ ...person, totalSeconds: 60 * HOUR, isMet: true, isKey: true })).toBe(
      '专业法律差 30 学时',
    );
  });
});

describe('口径', () => {
  const facts = { day: TODAY, rules: DEFAULT_RULES, fieldNames: new Map([['ECO', '生态环境']]) };
  const course = { title: '三年行动计划', basis: '国办发〔2023〕27号', until: '2025-12-31' };
  const lineOf = (term: string, required: (typeof course)[], lapsedRequired: (typeof course)[]) =>
    definitionsOf({ ...facts, required, lapsedRequired }).find((line) => line.term === term);

  it('names the source of the yearly target and warns when its document has ended', () => {
    expect(lineOf('达标人数', [], [])?.source).toContain('不少于60学时');
    expect(lineOf('达标人数', [], [])?.isLapsed).toBe(true);
  });

  it('names the required courses in force, and says so when the basis has lapsed (ZY13)', () => {
    expect(lineOf('必修课程', [course], [])?.text).toContain('《三年行动计划》');
    expect(lineOf('必修课程', [], [course])).toMatchObject({ isLapsed: true });
    expect(lineOf('必修课程', [], [])?.text).toContain('没有必修课程要求');
  });
});
