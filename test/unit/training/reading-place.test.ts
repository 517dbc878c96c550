import { describe, expect, it } from 'vitest';
import { headingAt, placeShown } from '#app/training/study/reading-place.ts';

const device = (at: number) => ({ id: 'h2', text: '适用', at });
const server = (at: number) => ({ permille: 400, at });
const MINUTE = 60_000;

describe('going on with a lesson (上次读到)', () => {
  it.each([
    ['never here', null, null, null],
    ['only on this device', device(1000), null, 'device'],
    ['only elsewhere', null, server(1000), 'server'],
    ['last on this device', device(5 * MINUTE), server(MINUTE), 'device'],
    ['last elsewhere', device(MINUTE), server(9 * MINUTE), 'server'],
    ['a beat after the last scroll is no other device', device(MINUTE), server(2 * MINUTE), 'device'],
    ['a place kept before times were', device(0), server(9 * MINUTE), 'server'],
  ] as const)('%s', (_, own, elsewhere, shown) => {
    expect(placeShown(own, elsewhere)).toBe(shown);
  });

  it('finds the section by how far down the page was, whatever the size of this one', () => {
    const phone = { window: 800, page: 8800 };
    const tops = [200, 2000, 4000, 7000];
    expect(headingAt(tops, 1, phone, 0.4)).toBe(0);
    expect(headingAt(tops, 500, phone, 0.4)).toBe(2);
    expect(headingAt(tops, 1000, phone, 0.4)).toBe(3);
    const desk = { window: 1000, page: 3000 };
    expect(headingAt([100, 800, 1400, 2300], 500, desk, 0.4)).toBe(2);
    expect(headingAt([900], 0, desk, 0.4)).toBe(-1);
    // A page that fits into its window cannot be scrolled.
    expect(headingAt([100, 300], 500, { window: 1000, page: 600 }, 0.4)).toBe(1);
  });
});
