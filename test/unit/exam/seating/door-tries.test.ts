import { describe, expect, it } from 'vitest';
import { placesOf, triesFor } from '#app/exam/seating/door-tries.ts';

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

  const keysOf = (address: string | null) => placesOf(address).map((place) => place.key);

  it('count an IPv4 address for itself, an IPv6 one with its /64, what is none all together', () => {
    expect(keysOf('203.0.113.7')).not.toEqual(keysOf('203.0.113.8'));
    expect(keysOf('::ffff:203.0.113.7')).toEqual(keysOf('203.0.113.7'));
    expect(keysOf('2001:db8:1:2::1')).toEqual(keysOf('2001:db8:1:2:ffff::9'));
    expect(keysOf('2001:db8:1:2::1')[0]).not.toBe(keysOf('2001:db8:1:3::1')[0]);
    expect([null, '', '10.0.0.0/8', 'nobody'].map(keysOf)).toEqual(Array(4).fill(['unknown']));
  });

  it('count the /48 of an IPv6 address as well, which has three times the tries of one /64 and not of 65,536', () => {
    expect(keysOf('2001:db8:1:2::1')[1]).toBe(keysOf('2001:db8:1:ffff::1')[1]);
    expect(keysOf('2001:db8:1:2::1')[1]).not.toBe(keysOf('2001:db8:2:2::1')[1]);
    expect(placesOf('2001:db8:1:2::1').map((place) => place.width)).toEqual([1, 3]);
    expect(new Set(keysOf('2001:db8:1::')).size).toBe(2);
  });
});
