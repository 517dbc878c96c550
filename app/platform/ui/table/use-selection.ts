import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { offersMatching } from './selection.ts';
import type { OtherPages } from './selection.ts';

export interface SelectionState {
  /** on the element around all boxes */
  rootRef: RefObject<HTMLDivElement>;
  selectAllRef: RefObject<HTMLInputElement>;
  /** ticked rows of this page */
  count: number;
  /** whether 「包括其他各页」 stands there to be ticked, and whether it is */
  isMatchingOffered: boolean;
  isMatching: boolean;
  setIsMatching: (isMatching: boolean) => void;
  /** counts again after any box changed */
  recount: () => void;
  toggleAll: (isTicked: boolean) => void;
}

/** Counts ticked rows. The boxes themselves are the state: they belong to the form, also before JavaScript, and
 *  boxes ticked before hydration stay ticked.
 *  @param rowsKey changes with the rows shown and with which may be ticked (`selectionKey`) */
export function useSelection(rowsKey: string, others: OtherPages): SelectionState {
  const rootRef = useRef<HTMLDivElement>(null);
  const selectAllRef = useRef<HTMLInputElement>(null);
  const [count, setCount] = useState(0);
  const [isPageFull, setIsPageFull] = useState(false);
  const [isMatching, setIsMatching] = useState(false);

  const boxes = useCallback(() => {
    const all = [...(rootRef.current?.querySelectorAll<HTMLInputElement>('[data-row-box]') ?? [])];
    // Rows that the last act has done with keep no tick nobody can take away.
    for (const box of all) if (box.disabled) box.checked = false;
    return all.filter((box) => !box.disabled);
  }, []);
  const recount = useCallback(() => {
    const all = boxes();
    const ticked = all.filter((box) => box.checked).length;
    const isFull = all.length > 0 && ticked === all.length;
    setCount(ticked);
    setIsPageFull(isFull);
    if (selectAllRef.current) {
      selectAllRef.current.checked = isFull;
      selectAllRef.current.indeterminate = ticked > 0 && !isFull;
    }
  }, [boxes]);
  useEffect(recount, [recount, rowsKey]);
  const isMatchingOffered = offersMatching(others, { count, isPageFull });
  // Where the box has gone nobody sees that it was ticked: it comes back unticked.
  useEffect(() => {
    if (!isMatchingOffered) setIsMatching(false);
  }, [isMatchingOffered]);

  const toggleAll = (isTicked: boolean) => {
    for (const box of boxes()) box.checked = isTicked;
    recount();
  };
  return {
    ...{ rootRef, selectAllRef, count, recount, toggleAll },
    ...{ isMatchingOffered, isMatching: isMatching && isMatchingOffered, setIsMatching },
  };
}
