import { describe, expect, it } from 'vitest';
import { creditCheckCharacter, isCreditCode } from '#app/organization/register/credit-code.ts';
import { decideCard } from '#app/organization/register/supervision-card.ts';
import { decideTerm, decideTermEnd } from '#app/organization/register/term.ts';

type Row = { rowId: string | null; validFrom: string; validTo: string | null; mode: string };
const row = (rowId: string, validFrom: string, validTo: string | null, mode: string): Row => ({
  rowId,
  validFrom,
  validTo,
  mode,
});

describe('a term in a dated register', () => {
  it('begins open where nothing was known', () => {
    expect(decideTerm<{ mode: string }>([], '2026-01-01', { mode: 'full' })).toEqual({
      supersede: [],
      insert: [{ rowId: null, validFrom: '2026-01-01', validTo: null, mode: 'full' }],
    });
  });

  it('that says the same changes nothing', () => {
    expect(decideTerm([row('a', '2025-01-01', null, 'full')], '2026-01-01', { mode: 'full' })).toBeNull();
  });

  it('cuts what it differs from, and keeps the end that was known', () => {
    expect(
      decideTerm([row('a', '2025-01-01', '2027-01-01', 'full')], '2026-01-01', { mode: 'part' }),
    ).toEqual({
      supersede: ['a'],
      insert: [
        { rowId: null, validFrom: '2025-01-01', validTo: '2026-01-01', mode: 'full' },
        { rowId: null, validFrom: '2026-01-01', validTo: '2027-01-01', mode: 'part' },
      ],
    });
  });

  it('from its very first day replaces the row', () => {
    expect(decideTerm([row('a', '2025-01-01', null, 'full')], '2025-01-01', { mode: 'part' })).toEqual({
      supersede: ['a'],
      insert: [{ rowId: null, validFrom: '2025-01-01', validTo: null, mode: 'part' }],
    });
  });

  it('in a gap lasts until what was already known to follow', () => {
    expect(
      decideTerm([row('b', '2026-06-01', null, 'part')], '2026-01-01', { mode: 'full' })?.insert,
    ).toEqual([{ rowId: null, validFrom: '2026-01-01', validTo: '2026-06-01', mode: 'full' }]);
  });

  it('ends once, and what is over stays', () => {
    const rows = [row('a', '2020-01-01', '2021-01-01', 'full'), row('b', '2025-01-01', null, 'full')];
    expect(decideTermEnd(rows, '2026-01-01')).toEqual({
      supersede: ['b'],
      insert: [{ rowId: null, validFrom: '2025-01-01', validTo: '2026-01-01', mode: 'full' }],
    });
    expect(decideTermEnd(rows.slice(0, 1), '2026-01-01')).toBeNull();
  });
});

describe('a supervision card (YC10)', () => {
  const known = {
    rowId: 'a',
    personId: 'p',
    cardNo: 'JD1',
    validFrom: '2024-07-01',
    validTo: '2029-07-01',
  };

  it('known already changes nothing', () => {
    const { cardNo, validFrom, validTo } = known;
    expect(decideCard([known], 'p', { cardNo, validFrom, validTo })).toEqual({ ok: true, value: null });
  });

  it('that is renewed ends the old one the day before', () => {
    const next = { cardNo: 'JD2', validFrom: '2028-07-01', validTo: '2033-07-01' };
    expect(decideCard([known], 'p', next)).toEqual({
      ok: true,
      value: {
        supersede: ['a'],
        insert: [{ cardNo: 'JD1', validFrom: '2024-07-01', validTo: '2028-07-01' }, next],
      },
    });
  });

  it('of the same number is put right, not doubled', () => {
    const next = { cardNo: 'JD1', validFrom: '2024-08-01', validTo: '2029-08-01' };
    expect(decideCard([known], 'p', next)).toEqual({ ok: true, value: { supersede: ['a'], insert: [next] } });
  });

  it('refuses a number that another person holds at the time, and takes it after that', () => {
    const taken = { cardNo: 'JD1', validFrom: '2029-06-30', validTo: '2034-06-30' };
    expect(decideCard([known], 'q', taken)).toMatchObject({ ok: false, code: 'CARD_NO_TAKEN' });
    expect(decideCard([known], 'q', { ...taken, validFrom: '2029-07-01' })).toMatchObject({ ok: true });
  });

  it('refuses an end before its beginning', () => {
    expect(
      decideCard([], 'p', { cardNo: 'JD1', validFrom: '2026-01-01', validTo: '2026-01-01' }),
    ).toMatchObject({ ok: false, code: 'CARD_DAYS_REVERSED' });
  });
});

describe('统一社会信用代码', () => {
  const body = '11990000MB0A1B2C3';
  const valid = `${body}${creditCheckCharacter(body) ?? ''}`;

  it('is taken with its own check character and refused with any other', () => {
    expect(isCreditCode(valid)).toBe(true);
    for (const sign of '0123456789ABCDEFGHJKLMNPQRTUWXY')
      if (sign !== valid[17]) expect(isCreditCode(body + sign)).toBe(false);
  });

  it.each(['', valid.slice(1), `${valid}1`, valid.toLowerCase(), valid.replace('M', 'I')])(
    'refuses %j',
    (text) => {
      expect(isCreditCode(text)).toBe(false);
    },
  );
});
