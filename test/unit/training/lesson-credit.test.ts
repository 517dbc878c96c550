import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HourEntry, NewEntry } from '#app/training/ledger/entry.ts';
import { decideCorrection } from '#app/training/ledger/entry.ts';
import type { Interval } from '#app/training/ledger/interval.ts';
import { measureSeconds, secondOf, secondsByDay, subtract, union } from '#app/training/ledger/interval.ts';
import {
  decideSettlement,
  dwellLeftSeconds,
  isCheckPassed,
  isDwellEnough,
} from '#app/training/study/lesson-credit.ts';
import { creditedStudy, studyYears } from '#app/training/study/study-year.ts';

const T = secondOf(new Date('2026-11-23T01:00:00Z'));
const MIDNIGHT = secondOf(new Date('2026-11-23T16:00:00Z'));
let serial = 0;

/** What counts of a lesson that is done in one year. */
function acceptedStretches(
  verified: readonly Interval[],
  occupied: readonly Interval[],
  nominalSeconds: number,
): Interval[] {
  const study = { verified, occupied, nominalSeconds, passes: new Map([[2026, T]]) };
  return creditedStudy(studyYears(study, { readingDwellPercent: 60 }), nominalSeconds);
}

/** A ledger in memory that keeps the rules of the real one: unique keys, one reversal an entry. */
function ledger() {
  const entries: HourEntry[] = [];
  const keys = new Set<string>();
  const append = (entry: NewEntry): void => {
    if (keys.has(entry.entryKey)) return;
    keys.add(entry.entryKey);
    serial += 1;
    const id = `e${serial}`;
    const reversed = entries.findIndex((one) => one.id === entry.reversesEntryId);
    const target = entries[reversed];
    if (target) entries[reversed] = { ...target, reversedById: id };
    entries.push({ ...entry, id, reversedById: null });
  };
  const settle = (verified: readonly Interval[], occupied: readonly Interval[], nominal: number): void => {
    const settlement = decideSettlement(
      secondsByDay(acceptedStretches(verified, occupied, nominal)),
      entries,
    );
    for (const { day, seconds, ordinal } of settlement.additions) append(anEntry(day, seconds, ordinal));
    settlement.corrections.forEach(append);
  };
  return { entries, append, settle, sum: () => entries.reduce((all, one) => all + one.creditSeconds, 0) };
}

const anEntry = (day: string, creditSeconds: number, ordinal: number): NewEntry => ({
  entryKey: `lesson:L:P:${day}:${ordinal}`,
  personId: 'P',
  unitId: 'U',
  creditSeconds,
  category: 'public_law',
  occurredDay: day,
  kind: 'lesson',
  sourceKind: 'lesson_version',
  sourceId: 'L',
  title: '一课',
  basis: {},
  reversesEntryId: null,
  reasonCode: null,
  recordedBy: null,
  approvedBy: null,
});

describe('completing a lesson', () => {
  const dwell = { readingDwellPercent: 60 };
  it.each([
    [107, false, 1],
    [108, true, 0],
    [180, true, 0],
    [0, false, 108],
  ])('%i of 180 nominal seconds: enough %s, left %i', (verified, enough, left) => {
    expect(isDwellEnough(verified, 180, dwell)).toBe(enough);
    expect(dwellLeftSeconds(verified, 180, dwell)).toBe(left);
  });

  it('what is left and what is enough agree for every length and share', () => {
    fc.assert(
      fc.property(
        fc.nat(5000),
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 0, max: 100 }),
        (v, n, p) => {
          const policy = { readingDwellPercent: p };
          expect(isDwellEnough(v, n, policy)).toBe(dwellLeftSeconds(v, n, policy) === 0);
        },
      ),
    );
  });

  it.each([
    [4, 5, true],
    [3, 4, false],
    [4, 4, true],
    [2, 2, true],
    [1, 2, false],
    [0, 0, false],
  ])('%i right of %i at 80 percent: %s', (right, items, passed) => {
    expect(isCheckPassed(right, items, { checkPassPercent: 80 })).toBe(passed);
  });
});

describe('the credit of a lesson', () => {
  it('is the union of the verified stretches without class time, capped at the nominal length', () => {
    const verified = [
      { from: T, to: T + 100 },
      { from: T + 50, to: T + 150 },
      { from: T + 200, to: T + 300 },
    ];
    const classTime = [{ from: T + 90, to: T + 210 }];
    expect(acceptedStretches(verified, classTime, 1000)).toEqual([
      { from: T, to: T + 90 },
      { from: T + 210, to: T + 300 },
    ]);
    expect(measureSeconds(acceptedStretches(verified, classTime, 100))).toBe(100);
  });

  it('is written day by day and once', () => {
    const book = ledger();
    const evening = [{ from: MIDNIGHT - 600, to: MIDNIGHT + 300 }];
    book.settle(evening, [], 3600);
    book.settle(evening, [], 3600);
    expect(book.entries.map((one) => [one.occurredDay, one.creditSeconds])).toEqual([
      ['2026-11-23', 600],
      ['2026-11-24', 300],
    ]);
  });

  it('grows by a further entry when more is studied, up to the nominal length', () => {
    const book = ledger();
    book.settle([{ from: T, to: T + 600 }], [], 900);
    book.settle([{ from: T, to: T + 2000 }], [], 900);
    expect(book.entries.map((one) => one.creditSeconds)).toEqual([600, 300]);
  });

  it('is taken back by reversal when a class turns out to have occupied the time', () => {
    const book = ledger();
    const verified = [{ from: T, to: T + 600 }];
    book.settle(verified, [], 900);
    book.settle(verified, [{ from: T + 400, to: T + 5000 }], 900);
    expect(book.entries.map((one) => [one.kind, one.creditSeconds])).toEqual([
      ['lesson', 600],
      ['reversal', -600],
      ['correction', 400],
    ]);
    expect(book.entries[1]).toMatchObject({
      reversesEntryId: book.entries[0]?.id,
      reasonCode: 'class_overlap',
    });
    expect(book.sum()).toBe(400);
  });

  it('leaves a day alone on which a person has corrected it', () => {
    const book = ledger();
    const verified = [{ from: T, to: T + 600 }];
    book.settle(verified, [], 900);
    const [posted] = book.entries;
    const decided = posted
      ? decideCorrection(posted, 0, {
          reasonCode: 'misconduct',
          text: '代学',
          recordedBy: 'A',
          approvedBy: 'B',
        })
      : null;
    if (decided?.ok) decided.value.forEach(book.append);
    book.settle([...verified, { from: T + 700, to: T + 900 }], [], 900);
    expect(book.sum()).toBe(0);
  });

  const stretch = fc
    .tuple(fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: 1, max: 4000 }))
    .map(([at, length]) => ({ from: T + at, to: T + at + length }));
  const stretches = fc.array(stretch, { maxLength: 8 });

  it('equals the measure of what counts, however often and in whichever order it is settled', () => {
    const step = fc.record({ verified: stretches, occupied: fc.array(stretch, { maxLength: 3 }) });
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 9000 }),
        (steps, nominal) => {
          const book = ledger();
          let verified: Interval[] = [];
          let occupied: Interval[] = [];
          for (const one of steps) {
            verified = [...one.verified, ...verified];
            occupied = [...occupied, ...one.occupied];
            book.settle(verified, occupied, nominal);
            book.settle([...verified].reverse(), [...occupied, ...occupied], nominal);
            const counted = Math.min(measureSeconds(subtract(union(verified), occupied)), nominal);
            expect(book.sum()).toBe(counted);
          }
          const standing = book.entries.filter((one) => one.reversedById === null && one.kind !== 'reversal');
          expect(standing.every((one) => one.creditSeconds > 0)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a correction', () => {
  const why = { reasonCode: 'data_error', text: '学时录入有误', recordedBy: 'A', approvedBy: 'B' };
  const entry: HourEntry = { ...anEntry('2026-11-23', 5400, 0), id: 'e', reversedById: null };

  it('reverses the entry and puts the right one beside it', () => {
    const made = decideCorrection(entry, 2700, why);
    expect(made.ok && made.value.map((one) => [one.kind, one.creditSeconds, one.entryKey])).toEqual([
      ['reversal', -5400, 'reversal:e'],
      ['correction', 2700, 'correction:e'],
    ]);
  });

  it('may strike an entry out altogether', () => {
    const made = decideCorrection(entry, 0, why);
    expect(made.ok && made.value.map((one) => one.kind)).toEqual(['reversal']);
  });

  it.each([
    [{ ...entry, kind: 'reversal' as const }, 0, why, 'ENTRY_IS_REVERSAL'],
    [{ ...entry, reversedById: 'x' }, 0, why, 'ENTRY_ALREADY_CORRECTED'],
    [entry, 5400, why, 'CREDIT_UNCHANGED'],
    [entry, -1, why, 'CREDIT_OUT_OF_RANGE'],
    [entry, 2_700_001, why, 'CREDIT_OUT_OF_RANGE'],
    [entry, 1.5, why, 'CREDIT_OUT_OF_RANGE'],
    [entry, 0, { ...why, text: '  ' }, 'REASON_REQUIRED'],
  ])('is refused where it makes no sense (%#)', (target, credit, reason, code) => {
    expect(decideCorrection(target, credit, reason)).toMatchObject({ ok: false, code });
  });
});
