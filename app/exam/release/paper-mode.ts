/** 一人一卷: everybody's own paper; A/B卷: two papers by turns, as for an exam that is printed. */
export const PAPER_MODES = ['each', 'ab'] as const;
export type PaperMode = (typeof PAPER_MODES)[number];

export const PAPER_MODE_LABELS: Readonly<Record<PaperMode, string>> = {
  each: '一人一卷',
  ab: 'A、B 卷',
};

export type Variant = 'A' | 'B';

/** Whoever has a seat gets the letter its neighbours do not have; without a seat by turns. */
export function variantOf(
  seat: { readonly row: number; readonly column: number } | null,
  turn: number,
): Variant {
  return (seat === null ? turn : seat.row + seat.column) % 2 === 0 ? 'A' : 'B';
}
