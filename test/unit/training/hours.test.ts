import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  floorToHundredths,
  parseStatedHours,
  splitByWeight,
  statedHoursToSeconds,
  sumByCategory,
  totalSeconds,
} from '#app/training/ledger/hours.ts';
import type { Category } from '#app/training/ledger/hours.ts';
import { targetOf } from '#app/training/ledger/targets.ts';

const MINUTE = 60;
const entry = (creditSeconds: number, category: Category = 'public_law') => ({ creditSeconds, category });

describe('学时 as figures', () => {
  it('HY3: 45 minutes are exactly one 学时', () => {
    expect(floorToHundredths(45 * MINUTE)).toBe(100);
    expect(floorToHundredths(45 * MINUTE - 1)).toBe(99);
  });

  it('converts once, on the sum: 45 trainings of 60 minutes are exactly 60.00 学时', () => {
    const entries = Array.from({ length: 45 }, () => entry(60 * MINUTE));
    expect(floorToHundredths(totalSeconds(sumByCategory(entries)))).toBe(6000);
    const each = entries.reduce((sum, one) => sum + floorToHundredths(one.creditSeconds), 0);
    expect(each).toBe(5985);
  });

  it.each([
    [0, 0],
    [26, 0],
    [27, 1],
    [53, 1],
    [54, 2],
    [33_291, 1233],
  ])('%i credit seconds are %i hundredths', (seconds, hundredths) => {
    expect(floorToHundredths(seconds)).toBe(hundredths);
  });

  it.each([
    ['6', 600],
    ['0.5', 50],
    ['1.25', 125],
    ['100', 10_000],
    [' 8 ', 800],
    ['', null],
    ['1.255', null],
    ['-1', null],
    ['1,5', null],
    ['八', null],
    ['1000', null],
  ])('reads stated hours %j as %j', (text, hundredths) => {
    expect(parseStatedHours(text)).toBe(hundredths);
  });

  it('stated hours are exact in seconds for every hundredth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (hundredths) => {
        expect(floorToHundredths(statedHoursToSeconds(hundredths))).toBe(hundredths);
      }),
    );
  });

  it('a split by weight is whole and adds up', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 50_000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300_000 }), weights, (total, parts) => {
        fc.pre(parts.some((weight) => weight > 0));
        const split = splitByWeight(total, parts);
        expect(split.reduce((sum, part) => sum + part, 0)).toBe(total);
        expect(split.every((part, index) => part >= 0 && (parts[index] !== 0 || part === 0))).toBe(true);
      }),
    );
  });

  it('the balance is the sum of the entries, whatever their order', () => {
    const entries = fc.array(
      fc.record({
        creditSeconds: fc.integer({ min: -10_000, max: 10_000 }),
        category: fc.constantFrom<Category[]>('public_law', 'specialised_law', 'business', 'skill'),
      }),
    );
    fc.assert(
      fc.property(entries, (list) => {
        const sum = list.reduce((all, one) => all + one.creditSeconds, 0);
        expect(totalSeconds(sumByCategory(list))).toBe(sum);
        expect(sumByCategory([...list].reverse())).toEqual(sumByCategory(list));
      }),
    );
  });
});

describe('how far somebody is', () => {
  it('ZY1 HY2: one second less than the target is not enough', () => {
    expect(targetOf('yearly', 60 * 2700, 60 * 2700)).toMatchObject({ isMet: true, owedSeconds: 0 });
    expect(targetOf('yearly', 60 * 2700, 60 * 2700 - 1)).toMatchObject({ isMet: false, owedSeconds: 1 });
  });
});
