import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

export interface SelectionState {
  /** on the element around all boxes */
  rootRef: RefObject<HTMLDivElement>;
  selectAllRef: RefObject<HTMLInputElement>;
  count: number;
  isPageFull: boolean;
  isMatching: boolean;
  setIsMatching: (isMatching: boolean) => void;
  /** counts again after any box changed */
  recount: () => void;
  toggleAll: (isTicked: boolean) => void;
}

/** Counts ticked rows. The boxes themselves are the state: they belong to the form, also before JavaScript, and
 *  boxes ticked before hydration stay ticked.
 *  @param rowsKey changes whenever other rows are shown */
export function useSelection(rowsKey: string): SelectionState {
  const rootRef = useRef<HTMLDivElement>(null);
  const selectAllRef = useRef<HTMLInputElement>(null);
  const [count, setCount] = useState(0);
  const [isPageFull, setIsPageFull] = useState(false);
  const [isMatching, setIsMatching] = useState(false);

  const boxes = useCallback(
    () => [...(rootRef.current?.querySelectorAll<HTMLInputElement>('[data-row-box]:not(:disabled)') ?? [])],
    [],
  );
  const recount = useCallback(() => {
    const all = boxes();
    const ticked = all.filter((box) => box.checked).length;
    const isFull = all.length > 0 && ticked === all.length;
    setCount(ticked);
    setIsPageFull(isFull);
    if (!isFull) setIsMatching(false);
    if (selectAllRef.current) {
      selectAllRef.current.checked = isFull;
      selectAllRef.current.indeterminate = ticked > 0 && !isFull;
    }
  }, [boxes]);
  useEffect(recount, [recount, rowsKey]);

  const toggleAll = (isTicked: boolean) => {
    for (const box of boxes()) box.checked = isTicked;
    recount();
  };
  return { rootRef, selectAllRef, count, isPageFull, isMatching, setIsMatching, recount, toggleAll };
}
