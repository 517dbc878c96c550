import { useCallback, useState } from 'react';
import { questionId } from './paper-parts.ts';
import type { PaperView } from './paper-view.ts';
import { rememberView } from './paper-view.ts';

/** Where the candidate is on the paper, and how it is shown. */
export interface PaperPosition {
  readonly view: PaperView;
  /** Position of the question in front of the candidate. */
  readonly current: number;
  readonly isHandingIn: boolean;
  reach(position: number): void;
  go(position: number): void;
  changeView(view: PaperView): void;
  askHandIn(): void;
  backToPaper(position: number): void;
}

function focusQuestion(position: number): void {
  const question = document.getElementById(questionId(position));
  question?.scrollIntoView({ block: 'nearest' });
  question?.focus({ preventScroll: true });
}

/** @param onMove what was answered so far goes to the server whenever the candidate moves on */
export function usePosition(
  start: { readonly view: PaperView; readonly isHandingIn: boolean; readonly last: number },
  onMove: () => void,
): PaperPosition {
  const { last } = start;
  const [view, setView] = useState(start.view);
  const [current, setCurrent] = useState(1);
  const [isHandingIn, setIsHandingIn] = useState(start.isHandingIn);
  const go = useCallback(
    (position: number): void => {
      if (position < 1 || position > last) return;
      setCurrent(position);
      onMove();
      // After the question is shown: a hidden one cannot take the focus.
      requestAnimationFrame(() => focusQuestion(position));
    },
    [last, onMove],
  );
  return {
    ...{ view, current, isHandingIn, go },
    reach: setCurrent,
    changeView: (next) => {
      setView(next);
      rememberView(next);
      requestAnimationFrame(() => focusQuestion(current));
    },
    askHandIn: () => {
      onMove();
      setIsHandingIn(true);
      window.scrollTo({ top: 0 });
    },
    backToPaper: (position) => {
      setIsHandingIn(false);
      go(position);
    },
  };
}
