import { describe, expect, it } from 'vitest';
import type { Grade } from '#app/organization/register/assessment.ts';
import {
  checkYear,
  decideGrade,
  gradeLabel,
  gradeOption,
  twoBadYears,
} from '#app/organization/register/assessment.ts';

const years = (...grades: readonly (readonly [number, Grade])[]) =>
  grades.map(([year, grade]) => ({ year, grade }));

describe('年度考核: two bad years in a row (HY12, ZY11)', () => {
  it('are flagged when they follow each other, in whatever order they are given', () => {
    expect(twoBadYears(years([2024, 'incompetent'], [2025, 'incompetent']))).toEqual({
      earlier: 2024,
      later: 2025,
    });
    expect(twoBadYears(years([2025, 'incompetent'], [2024, 'incompetent']))).toEqual({
      earlier: 2024,
      later: 2025,
    });
  });

  it('are not flagged across a year without a grade', () => {
    expect(twoBadYears(years([2023, 'incompetent'], [2025, 'incompetent']))).toBeNull();
  });

  it('are not flagged across a better year', () => {
    expect(twoBadYears(years([2023, 'incompetent'], [2024, 'competent'], [2025, 'incompetent']))).toBeNull();
  });

  it('do not count 基本称职: the source says 不合格 and no more', () => {
    expect(twoBadYears(years([2024, 'basically_competent'], [2025, 'incompetent']))).toBeNull();
    expect(twoBadYears(years([2024, 'incompetent'], [2025, 'basically_competent']))).toBeNull();
  });

  it('name the last pair of several', () => {
    expect(
      twoBadYears(
        years(
          [2019, 'incompetent'],
          [2020, 'incompetent'],
          [2023, 'incompetent'],
          [2024, 'incompetent'],
          [2025, 'incompetent'],
        ),
      ),
    ).toEqual({ earlier: 2024, later: 2025 });
  });

  it('are nothing for one year or none', () => {
    expect(twoBadYears([])).toBeNull();
    expect(twoBadYears(years([2025, 'incompetent']))).toBeNull();
  });
});

describe('年度考核: entering a grade', () => {
  const standing = { id: 'a', personId: 'p', year: 2025, grade: 'competent', state: 'stands' } as const;

  it('is the first, the same, or a correction that says why', () => {
    expect(decideGrade(null, 'excellent', null)).toEqual({ ok: true, value: { is: 'first' } });
    expect(decideGrade(standing, 'competent', null)).toEqual({ ok: true, value: { is: 'same' } });
    expect(decideGrade(standing, 'excellent', '录入有误')).toEqual({
      ok: true,
      value: { is: 'correction', correctsId: 'a', reason: '录入有误' },
    });
  });

  it.each([null, '', '   '])('refuses another grade without a reason (%j)', (reason) => {
    expect(decideGrade(standing, 'excellent', reason)).toMatchObject({ ok: false, code: 'REASON_REQUIRED' });
  });

  it('may be entered again after a withdrawal, also the same one', () => {
    expect(decideGrade({ ...standing, state: 'withdrawn' }, 'competent', null)).toMatchObject({
      ok: true,
      value: { is: 'correction', correctsId: 'a' },
    });
  });

  it.each([
    [2025, '2026-11-22', true],
    [2026, '2026-11-30', false],
    [2026, '2026-12-01', true],
    [2027, '2026-12-31', false],
    [1994, '2026-11-22', true],
    [1993, '2026-11-22', false],
  ])('of %i on %s is allowed: %s', (year, today, isAllowed) => {
    expect(checkYear(year, today).ok).toBe(isAllowed);
  });

  it('has the words of the 编制: 称职 for civil servants, 合格 for public institutions', () => {
    expect(gradeLabel('competent', 'admin')).toBe('称职');
    expect(gradeLabel('competent', 'civil_like')).toBe('称职');
    expect(gradeLabel('incompetent', 'public_institution')).toBe('不合格');
    expect(gradeOption('basically_competent')).toBe('基本称职（基本合格）');
    expect(gradeOption('excellent')).toBe('优秀');
  });
});
