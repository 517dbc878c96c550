import { describe, expect, it } from 'vitest';
import { numberedBelow } from '#app/exam/sitting/sealed/file-numbers.ts';

const answer = (seq: number, position: number, choice = 'A', clientTime = `t${seq}`) => ({
  ...{ epoch: 1, seq, position, choice, clientTime },
});

describe('the numbers of answers that others have overtaken', () => {
  it('are the highest free ones below, each given once', () => {
    const journal = [answer(40, 1), answer(1_001, 3), answer(1_002, 4), answer(1_003, 5)];
    const late = [answer(1_001, 3, 'B', 'x'), answer(1_002, 4, 'B', 'y'), answer(1_003, 5, 'B', 'z')];
    expect(numberedBelow(journal, late).map(({ seq, position }) => [seq, position])).toEqual([
      [1_000, 5],
      [999, 4],
      [998, 3],
    ]);
  });

  it('stay those under which they are known', () => {
    const journal = [answer(1_000, 3, 'B', 'x'), answer(1_001, 3)];
    expect(numberedBelow(journal, [answer(1_001, 3, 'B', 'x')])).toEqual([answer(1_000, 3, 'B', 'x')]);
  });

  it('are none where nothing below is free, and do not mix epochs', () => {
    const journal = [answer(1, 3), answer(2, 4), { ...answer(1, 5), epoch: 2 }];
    expect(numberedBelow(journal, [answer(2, 4, 'B', 'x')])).toEqual([]);
    const second = { ...answer(3, 5, 'B', 'x'), epoch: 2 };
    expect(numberedBelow(journal, [second])).toEqual([{ ...second, seq: 2 }]);
  });
});
