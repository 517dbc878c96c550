import { createHash } from 'node:crypto';
import { invariant } from '#app/platform/result/invariant.ts';

const WORDS_PER_BLOCK = 8;
const WORD_RANGE = 2 ** 32;

/** Random choices that depend on nothing but their seed. */
export interface DrawRandom {
  /** An integer, 0 ≤ result < bound, each as likely as the others. @param bound 1 … 2^32 */
  below(bound: number): number;
  /** A new array with the items in random order (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[];
}

/** Numbers from SHA-256 over (seed, counter): the same paper can be drawn again from its stored seed, on any machine. */
export function drawRandom(seed: string): DrawRandom {
  let block = Buffer.alloc(0);
  let used = WORDS_PER_BLOCK;
  let counter = 0;
  const nextWord = (): number => {
    if (used === WORDS_PER_BLOCK) {
      block = createHash('sha256').update(`${seed}\n${counter}`).digest();
      counter += 1;
      used = 0;
    }
    const word = block.readUInt32BE(used * 4);
    used += 1;
    return word;
  };
  const below = (bound: number): number => {
    invariant(Number.isInteger(bound) && bound >= 1 && bound <= WORD_RANGE, 'bound is 1 … 2^32');
    // Words above the last whole multiple of the bound would favour small results: they are drawn again.
    const limit = WORD_RANGE - (WORD_RANGE % bound);
    for (;;) {
      const word = nextWord();
      if (word < limit) return word % bound;
    }
  };
  return {
    below,
    shuffle: <T>(items: readonly T[]): T[] => {
      const order = items.map((item) => ({ item }));
      for (let last = order.length - 1; last > 0; last -= 1) {
        const other = below(last + 1);
        const [a, b] = [order[last], order[other]];
        invariant(a && b, 'both places lie inside the array');
        order[last] = b;
        order[other] = a;
      }
      return order.map(({ item }) => item);
    },
  };
}
