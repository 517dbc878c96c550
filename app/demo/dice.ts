/**
 * Random choices that depend on nothing but their labels: the same label rolls the same numbers on every machine.
 * Each person, unit and card has dice of its own, so that one more roll here changes nothing there.
 */
export interface Dice {
  /** A whole number, 0 ≤ result < bound. @param bound 1 … 2^31 */
  below(bound: number): number;
  /** A whole number between the two, both included. */
  between(least: number, most: number): number;
  /** One of a non-empty list. */
  pick<T>(choices: readonly [T, ...T[]]): T;
  /** True in about `percent` of a hundred rolls. */
  chance(percent: number): boolean;
}

/** FNV-1a over UTF-16 units: labels are short and need no cryptographic hash. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/** mulberry32 on a labelled seed. */
export function diceFor(label: string): Dice {
  let state = hash32(label);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (bound: number): number => Math.floor((next() / 0x1_0000_0000) * bound);
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
    chance: (percent) => below(100) < percent,
  };
}

/**
 * Shares a total over weights in whole parts that add up exactly (largest remainders), at least `least` each.
 * @param weights positive numbers; `total` ≥ `least` × their count
 */
export function shareOut(total: number, weights: readonly number[], least = 0): number[] {
  const rest = total - least * weights.length;
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const exact = weights.map((weight) => (rest * weight) / sum);
  const parts = exact.map(Math.floor);
  const missing = rest - parts.reduce((all, part) => all + part, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, missing)) parts[index] = (parts[index] ?? 0) + 1;
  return parts.map((part) => part + least);
}
