import { describe, expect, it } from 'vitest';
import { offersMatching, selectionKey } from '#app/platform/ui/table/selection.ts';

interface Registration {
  readonly id: string;
  readonly isClean: boolean;
}
const idOf = (row: Registration): string => row.id;
const selection = {
  label: (row: Registration) => row.id,
  isSelectable: (row: Registration) => row.isClean,
};
const keyOf = (...rows: readonly Registration[]): string => selectionKey(rows, idOf, selection);

describe('what is ticked is counted again', () => {
  it('when the same rows come back after a bulk act and may no longer be ticked', () => {
    const before = keyOf({ id: 'a', isClean: true }, { id: 'b', isClean: true });
    expect(keyOf({ id: 'a', isClean: false }, { id: 'b', isClean: true })).not.toBe(before);
    expect(keyOf({ id: 'a', isClean: true }, { id: 'b', isClean: true })).toBe(before);
  });

  it('when other rows are shown, also where every row may be ticked', () => {
    const all = { label: idOf };
    const [a, b] = ['a', 'b'].map((id) => ({ id, isClean: false }));
    if (!a || !b) throw new Error('there are two rows');
    expect(selectionKey([a], idOf, all)).not.toBe(selectionKey([b], idOf, all));
    expect(selectionKey([a], idOf, all)).not.toBe(selectionKey([a, b], idOf, all));
  });

  it('but never in a list without boxes', () => {
    expect(selectionKey([{ id: 'a', isClean: true }], idOf, undefined)).toBe('');
  });
});

describe('「包括其他各页」', () => {
  const full = { count: 20, isPageFull: true };
  const pages = { allowMatching: true, shown: 20, total: 45, matching: 30 };
  it.each([
    ['is offered when all of the page is ticked and the act finds more elsewhere', pages, full, true],
    ['not where part of the page is unticked', pages, { count: 19, isPageFull: false }, false],
    ['not by an act that takes the rows of one page only', { ...pages, allowMatching: false }, full, false],
    ['not where the other pages have nobody for the act', { ...pages, matching: 20 }, full, false],
    [
      'not on the only page, however many the act would take',
      { ...pages, shown: 8, total: 8, matching: 6 },
      { count: 3, isPageFull: true },
      false,
    ],
    [
      'no longer once the act has left fewer than are ticked',
      { ...pages, matching: 3 },
      { count: 20, isPageFull: true },
      false,
    ],
  ])('%s', (_, others, ticked, isOffered) => {
    expect(offersMatching(others, ticked)).toBe(isOffered);
  });
});
