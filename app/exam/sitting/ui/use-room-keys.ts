import { useEffect } from 'react';
import type { CandidateItem } from '../../paper/frozen-paper.ts';

/** What the keys of the exam page do; the current question is the page's business. */
export interface RoomKeys {
  readonly current: CandidateItem | undefined;
  readonly isActive: boolean;
  onChoose(item: CandidateItem, letter: string): void;
  onStep(by: -1 | 1): void;
  /** Marks the current question, or takes the mark away. */
  onFlag(): void;
}

/** The letter of a key: `1`–`5` and `A`–`E` for options; for true/false `1` or `T` is right, `2` or `F` wrong. */
export function letterOfKey(item: CandidateItem, code: string): string | null {
  const match = /^(?:Digit|Numpad|Key)([1-5A-FT])$/.exec(code);
  const key = match?.[1];
  if (key === undefined) return null;
  const number = Number(key);
  if (item.type === 'true_false') {
    if (number === 1 || key === 'T') return 'T';
    return number === 2 || key === 'F' ? 'F' : null;
  }
  const option = Number.isNaN(number)
    ? item.options.find(({ letter }) => letter === key)
    : item.options[number - 1];
  return option?.letter ?? null;
}

/** Keys are read by their place on the keyboard, so that a Chinese input method that is on does not swallow them. */
export function useRoomKeys(keys: RoomKeys): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!keys.isActive || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.code === 'ArrowLeft' || event.code === 'ArrowRight') {
        // Inside a group of radio buttons the arrows would also change the answer.
        event.preventDefault();
        keys.onStep(event.code === 'ArrowLeft' ? -1 : 1);
        return;
      }
      if (event.code === 'KeyM' && !event.repeat) return keys.onFlag();
      const letter = keys.current ? letterOfKey(keys.current, event.code) : null;
      if (letter === null || !keys.current) return;
      event.preventDefault();
      keys.onChoose(keys.current, letter);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [keys]);
}
