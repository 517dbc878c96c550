import { describe, expect, it } from 'vitest';
import type { StoredReading } from '#app/exam/release/key-in/reading-step.ts';
import { decideReading } from '#app/exam/release/key-in/reading-step.ts';
import type { SheetItem } from '#app/exam/release/key-in/sheet.ts';

const ITEMS: readonly SheetItem[] = [1, 2].map((position) => ({
  position,
  type: 'single',
  letters: ['A', 'B', 'C', 'D'],
}));
const RIGHT = { 1: 'A', 2: 'B' };
const OTHER = { 1: 'A', 2: 'C' };
const reading = (entryNo: number, personKey: string, choices: Record<string, string>): StoredReading => ({
  entryNo,
  personKey,
  choices,
});
const decide = (
  earlier: readonly StoredReading[],
  personKey: string,
  choices: Record<string, string>,
  isThirdLook = false,
) => {
  const outcome = decideReading(ITEMS, earlier, { personKey, choices, isThirdLook });
  return outcome.ok ? outcome.value : outcome.code;
};

describe('what a further reading of a sheet does', () => {
  const first = reading(1, 'one', RIGHT);
  const differing = [first, reading(2, 'two', OTHER)];

  it('waits after the first', () => {
    expect(decide([], 'one', RIGHT)).toEqual({ entryNo: 1, landed: null });
  });
  it('lands when the second says the same, letters left out included', () => {
    expect(decide([first], 'two', RIGHT)).toEqual({ entryNo: 2, landed: RIGHT });
    expect(decide([reading(1, 'one', {})], 'two', {})).toEqual({ entryNo: 2, landed: {} });
  });
  it('does not land when the second says otherwise', () => {
    expect(decide([first], 'two', OTHER)).toEqual({ entryNo: 2, landed: null });
  });
  it('is settled by a third look of a third person only', () => {
    expect(decide(differing, 'three', { 1: 'D' }, true)).toEqual({ entryNo: 3, landed: { 1: 'D' } });
    expect(decide(differing, 'three', RIGHT)).toBe('THIRD_LOOK_NEEDED');
    expect(decide(differing, 'two', RIGHT, true)).toBe('ENTERED_ALREADY');
    expect(decide(differing, 'one', RIGHT, true)).toBe('ENTERED_ALREADY');
  });
  it('is refused to the same person, without anything to settle, and after the end', () => {
    expect(decide([first], 'one', RIGHT)).toBe('ENTERED_ALREADY');
    expect(decide([first], 'two', RIGHT, true)).toBe('NOTHING_TO_SETTLE');
    expect(decide([first, reading(2, 'two', RIGHT)], 'three', RIGHT, true)).toBe('ENTRIES_AGREE');
    expect(decide([...differing, reading(3, 'three', RIGHT)], 'four', RIGHT, true)).toBe('ENTRIES_AGREE');
  });
});
