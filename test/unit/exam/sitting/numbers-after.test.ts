import { describe, expect, it } from 'vitest';
import { numbersAfter } from '#app/exam/sitting/client/device-reader.ts';

const AT = Date.parse('2026-11-23T01:00:00.000Z');
const INT4 = 2_147_483_647;

describe('numbers of a page that cannot know what an earlier one gave out', () => {
  it.each([
    ['a second later', 1_000, 100],
    ['a minute later', 60_000, 6_000],
    ['three hours later', 3 * 3_600_000, 1_080_000],
  ])('are %s above those of the earlier, whatever the copy knew', (_, laterMs, above) => {
    for (const lastSeq of [0, 24, 800])
      expect(numbersAfter(lastSeq, AT + laterMs) - numbersAfter(lastSeq, AT)).toBe(above);
  });

  it('begin anew at night only: all through a day the later ones are the higher', () => {
    const morning = Date.parse('2026-11-23T06:00:00+08:00');
    for (let day = 0; day < 250; day += 1) {
      const at = (hour: number) => numbersAfter(0, morning + (day * 24 + hour) * 3_600_000);
      expect(at(18) - at(0)).toBe(18 * 360_000);
    }
  });

  it('are a thousand above the copy where a page before it was already that far', () => {
    const before = numbersAfter(0, AT) + 500;
    expect(numbersAfter(before, AT)).toBe(before + 1_000);
    expect(numbersAfter(before, AT - 3_600_000)).toBe(before + 1_000);
  });

  it.each([-1, 0, AT, AT + 100 * 366 * 86_400_000, 8_640_000_000_000_000])(
    'fit the journal at every clock (%s)',
    (wallMs) => {
      const number = numbersAfter(80, wallMs);
      expect(number).toBeGreaterThanOrEqual(1_080);
      expect(number).toBeLessThan(INT4 / 2);
      expect(Number.isInteger(number)).toBe(true);
    },
  );
});
