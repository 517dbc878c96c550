import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrozenPaper } from '#app/exam/paper/frozen-paper.ts';
import type { SeatedPaper } from '#app/exam/release/overlap.ts';
import {
  MAX_ARRANGEMENTS,
  chooseArrangement,
  measureNeighbours,
  neighbourMap,
  neighbourPairs,
  samePlaces,
  sharedItems,
} from '#app/exam/release/overlap.ts';
import { variantOf } from '#app/exam/release/paper-mode.ts';
import { paperSeed, setHash } from '#app/exam/release/set-hash.ts';

const room = (rows: number, columns: number, roomId = 'r'): SeatedPaper[] =>
  Array.from({ length: rows * columns }, (_, index) => ({
    registrationId: `${roomId}${index}`,
    roomId,
    row: Math.floor(index / columns),
    column: index % columns,
  }));

const paperOf = (items: readonly string[]): FrozenPaper => ({
  blueprint: 'P1',
  multipleRule: 'all_or_nothing',
  items: items.map((questionVersionId, index) => ({
    ...{ position: index + 1, questionVersionId, type: 'single', section: 'policy', stem: '' },
    ...{ options: [], key: [], markHundredths: 100 },
  })),
});

describe('neighbours in a room', () => {
  it('are those beside, before and behind; every pair once, and nobody of another room', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }), (rows, columns) => {
        const pairs = neighbourPairs([...room(rows, columns, 'a'), ...room(rows, columns, 'b')]);
        expect(pairs).toHaveLength(2 * (rows * (columns - 1) + columns * (rows - 1)));
        for (const [one, other] of pairs) expect(one[0]).toBe(other[0]);
        const degrees = [...neighbourMap(pairs).values()].map((some) => some.length);
        expect(Math.max(0, ...degrees)).toBeLessThanOrEqual(4);
      }),
    );
  });

  it('never have the same letter of two sets', () => {
    const seats = room(6, 5);
    const letters = new Map(seats.map((seat, turn) => [seat.registrationId, variantOf(seat, turn)]));
    for (const [one, other] of neighbourPairs(seats)) expect(letters.get(one)).not.toBe(letters.get(other));
  });
});

describe('how alike two papers are', () => {
  it('counts questions at the same position, and questions shared anywhere', () => {
    const [one, other] = [
      ['a', 'b', 'c', 'd'],
      ['a', 'c', 'x', 'd'],
    ];
    expect(samePlaces(one ?? [], other ?? [])).toBe(2);
    expect(sharedItems(one ?? [], other ?? [])).toBe(3);
  });

  it('is measured over the pairs whose papers are there', () => {
    const papers = new Map([
      ['1', ['a', 'b']],
      ['2', ['a', 'c']],
      ['3', ['b', 'a']],
    ]);
    const pairs = [
      ['1', '2'],
      ['1', '3'],
      ['3', '9'],
    ] as const;
    expect(measureNeighbours(pairs, papers)).toEqual({
      pairs: 2,
      pairsAlike: 1,
      samePlacesWorst: 1,
      sharedMeanTenths: 15,
    });
  });

  it('takes the first order that shares no position, else the one that shares fewest', () => {
    const orders = [
      ['a', 'b', 'c'],
      ['a', 'c', 'b'],
      ['b', 'c', 'a'],
    ];
    const arrange = (n: number): FrozenPaper => paperOf(orders[n % orders.length] ?? []);
    expect(chooseArrangement(arrange, [['a', 'b', 'c']]).arrangement).toBe(2);
    let asked = 0;
    const stubborn = (n: number): FrozenPaper => {
      asked = Math.max(asked, n);
      return arrange(n % 2);
    };
    expect(chooseArrangement(stubborn, [['a', 'b', 'c']]).arrangement).toBe(1);
    expect(asked).toBe(MAX_ARRANGEMENTS - 1);
  });
});

describe('the hash of a sealed set', () => {
  const papers = [
    { registrationId: 'b', contentHash: '2' },
    { registrationId: 'a', contentHash: '1' },
  ];
  it('does not depend on the order in which the papers are read', () => {
    expect(setHash(papers)).toBe(setHash([...papers].reverse()));
  });
  it('changes with any paper, and with whose it is', () => {
    expect(
      setHash([
        { registrationId: 'b', contentHash: '1' },
        { registrationId: 'a', contentHash: '2' },
      ]),
    ).not.toBe(setHash(papers));
  });
  it('gives every paper a seed of its own', () => {
    expect(new Set(['a', 'b', 'c'].map((whose) => paperSeed('seal', whose))).size).toBe(3);
    expect(paperSeed('seal', 'a')).not.toContain('seal');
  });
});
