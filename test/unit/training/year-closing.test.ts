import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkdays } from '#app/office/workday/workday.ts';
import type { Closing, ConfirmFacts } from '#app/training/year/closing.ts';
import {
  CLOSING_STATES,
  closingDueDay,
  decideConfirmation,
  decideFreezing,
  decideOpening,
  decidePublication,
  decideReturn,
  standingOf,
  takesObjections,
} from '#app/training/year/closing.ts';
import { parseSealNumber, sealNumber } from '#app/training/year/seal-number.ts';
import type { Snapshot } from '#app/training/year/snapshot.ts';
import { snapshotSchema, snapshotText } from '#app/training/year/snapshot.ts';
import type { ListRow } from '#app/training/year/year-list.ts';
import { changesSince, fallenCount } from '#app/training/year/year-list.ts';

const code = (outcome: { ok: boolean; code?: string }) => (outcome.ok ? 'ok' : outcome.code);

const closing = (over: Partial<Closing> = {}): Closing => ({
  id: 'c',
  unitId: 'u',
  year: 2025,
  state: 'published',
  dueDay: '2026-01-31',
  round: 1,
  way: 'notice',
  publishedDay: '2026-01-05',
  objectionsUntilDay: '2026-01-12',
  openedBy: 'liaison',
  confirmedBy: null,
  confirmedAt: null,
  frozenAt: null,
  version: 2,
  ...over,
});
const facts = (over: Partial<ConfirmFacts> = {}): ConfirmFacts => ({
  today: '2026-01-13',
  openObjections: 0,
  sheets: 0,
  fallen: 0,
  ...over,
});

describe('the days of a closing (domain §4.2 case 14, §11.4)', () => {
  it('is due on 31 January of the next year, or as many days as the region says', () => {
    expect(closingDueDay(2025, 31)).toBe('2026-01-31');
    expect(closingDueDay(2025, 59)).toBe('2026-02-28');
    expect(closingDueDay(2027, 60)).toBe('2028-02-29');
  });

  it('may begin on 1 January and not a day earlier', () => {
    expect(code(decideOpening(2025, '2025-12-31'))).toBe('YEAR_NOT_OVER');
    expect(code(decideOpening(2025, '2026-01-01'))).toBe('ok');
    expect(code(decideOpening(2020, '2026-01-01'))).toBe('YEAR_TOO_OLD');
    expect(code(decideOpening(2021, '2026-01-01'))).toBe('ok');
  });

  it('5 工作日 skip the weekend and the free days of the notice', () => {
    expect(addWorkdays('2026-01-05', 5, new Map())).toBe('2026-01-12');
    expect(addWorkdays('2026-01-05', 5, new Map([['2026-01-06', 'holiday']]))).toBe('2026-01-13');
    expect(addWorkdays('2026-01-05', 5, new Map([['2026-01-10', 'workday']]))).toBe('2026-01-10');
  });
});

describe('what may be done in which state', () => {
  it.each([
    ['opened', 'ok', 'NOT_PUBLISHED', 'NOT_CONFIRMED', 'NOT_CONFIRMED'],
    ['published', 'ok', 'ok', 'NOT_CONFIRMED', 'NOT_CONFIRMED'],
    ['confirmed', 'CLOSING_CONFIRMED', 'CLOSING_CONFIRMED', 'ok', 'ok'],
    ['frozen', 'YEAR_FROZEN', 'YEAR_FROZEN', 'YEAR_FROZEN', 'YEAR_FROZEN'],
  ] as const)(
    '%s: publish %s, confirm %s, freeze %s, return %s',
    (state, publish, confirm, freeze, sendBack) => {
      const now = closing({ state, confirmedBy: state === 'confirmed' ? 'leader' : null });
      expect(code(decidePublication(now, 3))).toBe(publish);
      expect(code(decideConfirmation(now, facts()))).toBe(confirm);
      expect(code(decideFreezing(now, { actorId: 'bureau', fallen: 0 }))).toBe(freeze);
      expect(code(decideReturn(now))).toBe(sendBack);
    },
  );

  it('a frozen year is final, whatever comes', () => {
    const anyFacts = fc.record({
      today: fc.constantFrom('2026-01-01', '2026-01-13', '2031-05-05'),
      openObjections: fc.nat(3),
      sheets: fc.nat(3),
      fallen: fc.nat(3),
    });
    fc.assert(
      fc.property(anyFacts, (some) => {
        const frozen = closing({ state: 'frozen', confirmedBy: 'leader' });
        expect(code(decideConfirmation(frozen, some))).toBe('YEAR_FROZEN');
        expect(code(decideFreezing(frozen, { actorId: 'x', fallen: some.fallen }))).toBe('YEAR_FROZEN');
      }),
    );
  });

  it('the confirmer never freezes, and nothing is frozen that fell', () => {
    const now = closing({ state: 'confirmed', confirmedBy: 'leader' });
    expect(code(decideFreezing(now, { actorId: 'leader', fallen: 0 }))).toBe('CONFIRMER_IS_ACTOR');
    expect(code(decideFreezing(now, { actorId: 'bureau', fallen: 1 }))).toBe('LIST_FELL');
  });

  it.each([
    ['2026-01-12', {}, 'NOTICE_RUNS'],
    ['2026-01-13', {}, 'ok'],
    ['2026-01-13', { openObjections: 1 }, 'OBJECTIONS_OPEN'],
    ['2026-01-12', { openObjections: 1 }, 'OBJECTIONS_OPEN'],
    ['2026-01-13', { fallen: 2 }, 'LIST_FELL'],
  ])('the notice board on %s with %o: %s', (today, over, expected) => {
    expect(code(decideConfirmation(closing(), facts({ today, ...over })))).toBe(expected);
  });

  it('a signed sheet needs its scan and no period', () => {
    const signed = closing({ way: 'signed_sheet', objectionsUntilDay: null });
    expect(code(decideConfirmation(signed, facts({ today: '2026-01-05' })))).toBe('SHEET_MISSING');
    expect(code(decideConfirmation(signed, facts({ today: '2026-01-05', sheets: 1 })))).toBe('ok');
  });

  it('objections are taken through the last day of the period, and on paper until the unit confirms', () => {
    expect(takesObjections(closing(), '2026-01-12')).toBe(true);
    expect(takesObjections(closing(), '2026-01-13')).toBe(false);
    expect(takesObjections(closing({ objectionsUntilDay: null }), '2026-06-01')).toBe(true);
    expect(takesObjections(closing({ state: 'confirmed' }), '2026-01-06')).toBe(false);
  });

  it('the board names what has to happen next', () => {
    const on = (over: Partial<Closing>, open = 0, today = '2026-01-08') =>
      standingOf(closing(over), open, today);
    expect(standingOf(null, 0, '2026-01-08')).toBe('not_published');
    expect(CLOSING_STATES.map((state) => on({ state }))).toEqual([
      'not_published',
      'notice',
      'to_freeze',
      'frozen',
    ]);
    expect(on({}, 1)).toBe('objected');
    expect(on({}, 0, '2026-01-13')).toBe('to_confirm');
    expect(on({ objectionsUntilDay: null })).toBe('to_confirm');
  });
});

const aRow = (over: Partial<ListRow> = {}): ListRow => ({
  personId: 'p',
  name: '李某',
  seconds: { public_law: 2700, specialised_law: 2700, business: 0, skill: 0 },
  totalSeconds: 5400,
  targets: [],
  required: [],
  conclusion: 'met',
  ...over,
});

describe('what has changed since the list went up', () => {
  it('fewer hours in one category are a fall, even when the sum stays', () => {
    const moved = aRow({ seconds: { public_law: 5400, specialised_law: 0, business: 0, skill: 0 } });
    expect(changesSince([aRow()], [moved]).fell).toEqual([moved]);
  });

  it('a worse conclusion is a fall; more hours or an exemption are not', () => {
    const worse = changesSince([aRow()], [aRow({ conclusion: 'not_met' })]);
    expect(fallenCount(worse)).toBe(1);
    const better = changesSince([aRow({ conclusion: 'not_met' })], [aRow({ conclusion: 'exempt' })]);
    expect([fallenCount(better), better.rose.length]).toEqual([0, 1]);
  });

  it('who was never shown counts as a fall; who left does not', () => {
    const other = aRow({ personId: 'q' });
    expect(fallenCount(changesSince([aRow()], [aRow(), other]))).toBe(1);
    const gone = changesSince([aRow(), other], [aRow()]);
    expect([fallenCount(gone), gone.left]).toEqual([0, [other]]);
  });
});

describe('the seal', () => {
  it('has a number people can read, and only such a number is looked up', () => {
    expect(sealNumber(2025, '140100-01', 7)).toBe('2025-140100-01-0007');
    expect(sealNumber(2025, 'u12/中', 12345)).toBe('2025-U12-12345');
    expect(parseSealNumber(' 2025-u12-12345 ')).toBe('2025-U12-12345');
    for (const wrong of ['', '2025', "2025-x'-0001", '2025-U12-1', undefined])
      expect(parseSealNumber(wrong)).toBeNull();
  });

  it('has one text, whatever the order of people and keys, and reads back as what it was', () => {
    const person = { ...aRow(), entryCount: 1, entriesHash: 'aa' };
    const snapshot: Snapshot = {
      kind: 'year_closing',
      version: 1,
      sealNo: '2025-U1-0001',
      closingId: 'c',
      unit: { id: 'u', code: 'U1', name: '某局' },
      year: 2025,
      asOfDay: '2025-12-31',
      closedDay: '2026-01-13',
      closedAt: '2026-01-13T01:00:00.000Z',
      way: 'notice',
      publishedDay: '2026-01-05',
      objectionsUntilDay: '2026-01-12',
      confirmedBy: 'leader',
      frozenBy: 'bureau',
      people: [person, { ...person, personId: 'a' }],
    };
    const text = snapshotText(snapshot);
    expect(snapshotText({ ...snapshot, people: [...snapshot.people].reverse() })).toBe(text);
    const read = snapshotSchema.parse(JSON.parse(text));
    expect(snapshotText(read)).toBe(text);
    expect(read.people.map((one) => one.personId)).toEqual(['a', 'p']);
  });
});
