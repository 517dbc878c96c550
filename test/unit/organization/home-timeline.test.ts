import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HomePlace, HomeStretch, NewStretch } from '#app/organization/person/home-timeline.ts';
import {
  END_REASONS,
  applyChange,
  decideLeaving,
  decidePlacement,
  homeOn,
  orderedTimeline,
} from '#app/organization/person/home-timeline.ts';
import { addDays } from '#app/platform/time/day.ts';

const SOURCE = { sourceKind: 'test', sourceId: null };
const place = (unitId: string): HomePlace => ({
  unitId,
  establishment: 'admin',
  position: null,
  department: null,
  isEnforcementPost: true,
  fieldCode: 'URBAN',
  enforcementArea: null,
});
const stretch = (
  linkId: string,
  unitId: string,
  validFrom: string,
  validTo: string | null = null,
  endReason: HomeStretch['endReason'] = validTo === null ? null : 'retired',
): HomeStretch => ({ linkId, ...place(unitId), ...SOURCE, validFrom, validTo, endReason });

let serial = 0;
const newLink = (): string => `new${(serial += 1)}`;
const placed = (history: readonly HomeStretch[], unitId: string, fromDay: string): readonly HomeStretch[] =>
  applyChange(history, decidePlacement(history, { place: place(unitId), fromDay, source: SOURCE }), newLink);
const shape = (timeline: readonly NewStretch[]): string[] =>
  timeline.map((one) => `${one.unitId} ${one.validFrom}–${one.validTo ?? ''} ${one.endReason ?? ''}`.trim());

describe('placing a person', () => {
  it('opens the first home', () => {
    expect(shape(placed([], 'A', '2026-01-05'))).toEqual(['A 2026-01-05–']);
  });

  it('ends the former home on the first day of the new one (RA2: the home unit may change)', () => {
    expect(shape(placed([stretch('1', 'A', '2020-01-01')], 'B', '2026-03-01'))).toEqual([
      'A 2020-01-01–2026-03-01 transferred',
      'B 2026-03-01–',
    ]);
  });

  it('changes nothing when the place is already known', () => {
    const history = [stretch('1', 'A', '2020-01-01')];
    expect(decidePlacement(history, { place: place('A'), fromDay: '2024-05-06', source: SOURCE })).toEqual({
      supersede: [],
      insert: [],
    });
  });

  it('calls another post in the same unit a change of post', () => {
    const history = [stretch('1', 'A', '2020-01-01')];
    const inOffice = { ...place('A'), isEnforcementPost: false };
    const change = decidePlacement(history, { place: inOffice, fromDay: '2026-01-01', source: SOURCE });
    expect(change.insert.map((one) => one.endReason)).toEqual(['post_changed', null]);
  });

  it('replaces a home that begins on the same day: it was wrong', () => {
    expect(shape(placed([stretch('1', 'A', '2026-01-01')], 'B', '2026-01-01'))).toEqual(['B 2026-01-01–']);
  });

  it('known late, lasts until what was already known to follow', () => {
    const history = [
      stretch('1', 'A', '2020-01-01', '2024-01-01', 'transferred'),
      stretch('2', 'C', '2024-01-01'),
    ];
    expect(shape(placed(history, 'B', '2022-01-01'))).toEqual([
      'A 2020-01-01–2022-01-01 transferred',
      'B 2022-01-01–2024-01-01 transferred',
      'C 2024-01-01–',
    ]);
  });

  it('extends the same place backwards instead of adding a second row', () => {
    expect(shape(placed([stretch('1', 'A', '2024-01-01')], 'A', '2022-01-01'))).toEqual(['A 2022-01-01–']);
  });

  it('takes a person back who had left', () => {
    expect(shape(placed([stretch('1', 'A', '2020-01-01', '2023-01-01')], 'B', '2025-01-01'))).toEqual([
      'A 2020-01-01–2023-01-01 retired',
      'B 2025-01-01–',
    ]);
  });
});

describe('leaving post', () => {
  const history = [stretch('1', 'A', '2020-01-01')];
  const leaving = (awayFromDay: string, timeline = history) =>
    decideLeaving(timeline, { awayFromDay, reason: 'retired', source: SOURCE });

  it('ends the home with its reason (HY11, ZY11)', () => {
    const outcome = leaving('2026-06-01');
    expect(outcome.ok && shape(applyChange(history, outcome.value, newLink))).toEqual([
      'A 2020-01-01–2026-06-01 retired',
    ]);
  });

  it.each([
    ['before coming', '2019-01-01', history, 'LATER_PLACE_KNOWN'],
    ['on the first day', '2020-01-01', history, 'LEAVES_ON_FIRST_DAY'],
    ['without a home', '2026-01-01', [], 'NOT_IN_POST'],
    [
      'after having left on another day',
      '2026-01-01',
      [stretch('1', 'A', '2020-01-01', '2023-01-01')],
      'NOT_IN_POST',
    ],
    [
      'while a later home is known',
      '2021-01-01',
      [stretch('1', 'A', '2020-01-01', '2022-01-01'), stretch('2', 'B', '2022-01-01')],
      'LATER_PLACE_KNOWN',
    ],
  ])('is refused %s', (_, day, timeline, code) => {
    expect(leaving(day, timeline)).toMatchObject({ ok: false, code });
  });

  it('said twice changes nothing the second time', () => {
    expect(leaving('2023-01-01', [stretch('1', 'A', '2020-01-01', '2023-01-01')])).toEqual({
      ok: true,
      value: { supersede: [], insert: [] },
    });
  });
});

/** Counted day by day, apart from the code under test. */
function mostHomesOnOneDay(timeline: readonly HomeStretch[]): number {
  let most = 0;
  for (let offset = -2; offset < 410; offset += 1) {
    const day = addDays('2024-01-01', offset);
    const homes = timeline.filter(
      (one) => one.validFrom <= day && (one.validTo === null || one.validTo > day),
    );
    most = Math.max(most, homes.length);
  }
  return most;
}

describe('a random history', () => {
  const dayArbitrary = fc.integer({ min: 0, max: 400 }).map((offset) => addDays('2024-01-01', offset));
  const eventArbitrary = fc.oneof(
    fc.record({
      kind: fc.constant('place' as const),
      unitId: fc.constantFrom('A', 'B', 'C'),
      day: dayArbitrary,
    }),
    fc.record({
      kind: fc.constant('leave' as const),
      reason: fc.constantFrom(...END_REASONS),
      day: dayArbitrary,
    }),
  );

  it('has exactly one home on every day from coming to leaving, and the placed unit on the day placed', () => {
    fc.assert(
      fc.property(fc.array(eventArbitrary, { maxLength: 25 }), (events) => {
        let timeline: readonly HomeStretch[] = [];
        for (const event of events) {
          if (event.kind === 'place') {
            timeline = placed(timeline, event.unitId, event.day);
            expect(homeOn(timeline, event.day)?.unitId).toBe(event.unitId);
          } else {
            const { day, reason } = event;
            const outcome = decideLeaving(timeline, { awayFromDay: day, reason, source: SOURCE });
            if (outcome.ok) timeline = applyChange(timeline, outcome.value, newLink);
            if (outcome.ok) expect(homeOn(timeline, day)).toBeNull();
          }
          expect(mostHomesOnOneDay(timeline)).toBeLessThanOrEqual(1);
          expect(timeline.every((one) => (one.validTo === null) === (one.endReason === null))).toBe(true);
        }
      }),
      { numRuns: 100, seed: 20261122 },
    );
  });

  it('with two homes on one day is a broken database, not a refusal', () => {
    expect(() => orderedTimeline([stretch('1', 'A', '2020-01-01'), stretch('2', 'B', '2021-01-01')])).toThrow(
      /two homes on 2021-01-01/,
    );
  });
});
