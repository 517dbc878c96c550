import { describe, expect, it } from 'vitest';
import type { AskedExemption } from '#app/training/target/exemption.ts';
import { decideAnswer, decideExemption, monthsAway } from '#app/training/target/exemption.ts';

const asked: AskedExemption = {
  year: 2026,
  effect: 'reduce',
  reason: 'maternity',
  fromDay: '2026-03-10',
  toDay: '2026-08-05',
  months: 4,
};

describe('months away', () => {
  it.each([
    ['2026-03-10', '2026-08-05', 5],
    ['2026-03-18', '2026-03-31', 0],
    ['2026-03-17', '2026-03-31', 1],
    ['2025-11-01', '2026-02-10', 1],
    ['2025-01-01', '2027-12-31', 12],
    ['2027-01-01', '2027-12-31', 0],
  ])('%s to %s: %i months of 2026 with 15 days or more', (from, to, months) => {
    expect(monthsAway(2026, from, to)).toBe(months);
  });
});

describe('asking for 免训 or 核减 (case 6)', () => {
  it('takes the months asked for, up to those the days touch', () => {
    expect(decideExemption(asked, [])).toEqual({ ok: true, value: { months: 4 } });
    expect(decideExemption({ ...asked, months: 6 }, [])).toMatchObject({ ok: true });
    expect(decideExemption({ ...asked, months: 7 }, [])).toMatchObject({ code: 'EXEMPTION_MONTHS' });
    expect(decideExemption({ ...asked, months: 0 }, [])).toMatchObject({ code: 'EXEMPTION_MONTHS' });
  });

  it('免训 is the whole year, whatever was typed', () => {
    expect(decideExemption({ ...asked, effect: 'exempt', months: 0 }, [])).toMatchObject({
      value: { months: 12 },
    });
  });

  it('belongs to one year; an absence over New Year is asked for once per year', () => {
    expect(decideExemption({ ...asked, toDay: '2027-01-05' }, [])).toMatchObject({ code: 'EXEMPTION_DAYS' });
    expect(decideExemption({ ...asked, toDay: '2026-03-01' }, [])).toMatchObject({ code: 'EXEMPTION_DAYS' });
  });

  it('does not take the same days off twice', () => {
    const known = { fromDay: '2026-08-05', toDay: '2026-09-30', effect: 'reduce' as const };
    expect(decideExemption(asked, [known])).toMatchObject({ code: 'EXEMPTION_OVERLAPS' });
    expect(decideExemption(asked, [{ ...known, fromDay: '2026-08-06' }])).toMatchObject({ ok: true });
    expect(decideExemption(asked, [{ ...known, fromDay: '2026-12-01', effect: 'exempt' }])).toMatchObject({
      code: 'EXEMPTION_OVERLAPS',
    });
  });
});

describe('answering it', () => {
  const request = { state: 'filed' as const, filedByKey: 'liaison', personId: 'person' };
  const by = { byKey: 'leader', byPersonId: 'leader-person', note: null };

  it('takes another natural person, who is not the one to be exempt', () => {
    expect(decideAnswer(request, { act: 'approve', ...by })).toEqual({ ok: true, value: 'approved' });
    expect(decideAnswer(request, { act: 'approve', ...by, byKey: 'liaison' })).toMatchObject({
      code: 'MAKER_IS_CHECKER',
    });
    expect(decideAnswer(request, { act: 'approve', ...by, byPersonId: 'person' })).toMatchObject({
      code: 'PERSON_IS_CHECKER',
    });
  });

  it('declining and ending take a reason; what was answered is not answered again', () => {
    expect(decideAnswer(request, { act: 'decline', ...by })).toMatchObject({ code: 'NOTE_REQUIRED' });
    expect(decideAnswer(request, { act: 'decline', ...by, note: '材料不全' })).toMatchObject({
      value: 'declined',
    });
    expect(decideAnswer({ ...request, state: 'approved' }, { act: 'approve', ...by })).toMatchObject({
      code: 'EXEMPTION_ANSWERED',
    });
    expect(
      decideAnswer({ ...request, state: 'approved' }, { act: 'end', ...by, note: '提前返岗' }),
    ).toMatchObject({
      value: 'ended',
    });
    expect(decideAnswer(request, { act: 'end', ...by, note: '提前返岗' })).toMatchObject({
      code: 'EXEMPTION_ANSWERED',
    });
  });
});
