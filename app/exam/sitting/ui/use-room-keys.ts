import { useEffect } from 'react';
import type { CandidateItem } from '../../paper/frozen-paper.ts';

/** What the keys of the exam page do; the current question is the page's business. */
export interface RoomKeys {
  readonly current: CandidateItem | undefined;
  readonly isActive: boolean;
  /** Letters and figures answer and mark; the arrows always lead on. */
  readonly hasLetters: boolean;
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

/** What a key is for. */
export type KeyAct =
  | { readonly kind: 'step'; readonly by: -1 | 1 }
  | { readonly kind: 'flag' }
  | { readonly kind: 'choose'; readonly item: CandidateItem; readonly letter: string };

/**
 * What a pressed key does, or null. Arrows that are held go on and on; a letter that is held counts once, or a multiple
 * choice would flicker between two answers.
 */
export function actOfKey(
  { current, isActive, hasLetters }: Pick<RoomKeys, 'current' | 'isActive' | 'hasLetters'>,
  event: Pick<KeyboardEvent, 'code' | 'repeat' | 'isComposing' | 'ctrlKey' | 'metaKey' | 'altKey'>,
): KeyAct | null {
  if (!isActive || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.code === 'ArrowLeft') return { kind: 'step', by: -1 };
  if (event.code === 'ArrowRight') return { kind: 'step', by: 1 };
  if (!hasLetters || event.repeat) return null;
  if (event.code === 'KeyM') return { kind: 'flag' };
  const letter = current ? letterOfKey(current, event.code) : null;
  return current && letter !== null ? { kind: 'choose', item: current, letter } : null;
}

/** Keys are read by their place on the keyboard, so that a Chinese input method that is on does not swallow them. */
export function useRoomKeys(keys: RoomKeys): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const act = actOfKey(keys, event);
      if (act === null) return;
      // Inside a group of radio buttons the arrows would also change the answer.
      event.preventDefault();
      if (act.kind === 'step') keys.onStep(act.by);
      else if (act.kind === 'flag') keys.onFlag();
      else keys.onChoose(act.item, act.letter);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [keys]);
}
