import { describe, expect, it } from 'vitest';
import { placeOf, triesFor } from '#app/exam/seating/door-tries.ts';

describe('tries at the exam door', () => {
  it.each([
    [0, 10],
    [49, 10],
    [50, 3],
    [499, 3],
    [500, 1],
    [1_000_000, 1],
  ])('after %i wrong numbers from anywhere a place has %i, never none', (wrong, tries) => {
    expect(triesFor(wrong)).toBe(tries);
  });

  it('count an IPv4 address for itself, an IPv6 one with its /64, what is none all together', () => {
    expect(placeOf('203.0.113.7')).not.toBe(placeOf('203.0.113.8'));
    expect(placeOf('::ffff:203.0.113.7')).toBe(placeOf('203.0.113.7'));
    expect(placeOf('2001:db8:1:2::1')).toBe(placeOf('2001:db8:1:2:ffff::9'));
    expect(placeOf('2001:db8:1:2::1')).not.toBe(placeOf('2001:db8:1:3::1'));
    expect([placeOf(null), placeOf(''), placeOf('10.0.0.0/8'), placeOf('nobody')]).toEqual(
      Array(4).fill('unknown'),
    );
  });
});
