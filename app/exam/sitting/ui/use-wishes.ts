import { useEffect, useState } from 'react';
import type { NoteKind } from '../client/device-notes.ts';
import { readNote, writeNote } from '../client/device-notes.ts';

/** Whether something was asked for, and how to ask. */
export type Wish = readonly [isWished: boolean, wish: (isWished: boolean) => void];

/** A wish of the candidate, noted on the device for this attempt: whoever sits here next starts without it. */
function useWish(attemptId: string, kind: NoteKind): Wish {
  const [isWished, setIsWished] = useState(false);
  useEffect(() => setIsWished(readNote(attemptId, kind) === 'on'), [attemptId, kind]);
  const wish = (next: boolean): void => {
    setIsWished(next);
    writeNote(attemptId, kind, next ? 'on' : 'off');
  };
  return [isWished, wish];
}

/** The candidate does not want to see the time. */
export const useTimerHidden = (attemptId: string): Wish => useWish(attemptId, 'no-timer');

/** Single letters and figures are to do nothing (WCAG 2.1.4); the arrows go on. */
export const useKeysOff = (attemptId: string): Wish => useWish(attemptId, 'no-keys');

/** The cookie of 长辈模式, as its form on every other page sets it; the answer's redirect is of no use here. */
async function keepElder(isElder: boolean): Promise<void> {
  await fetch('/preferences', {
    method: 'POST',
    body: new URLSearchParams({ elder: isElder ? 'on' : 'off' }),
    credentials: 'same-origin',
    redirect: 'manual',
  }).catch(() => {
    // Without a network the size holds on this device for this attempt; see the note beside it.
  });
}

const showElder = (isElder: boolean): void => {
  document.documentElement.classList.toggle('elder', isElder);
};

/** 长辈模式 in the room. The page that the device keeps for a load without network is older than the wish, so the wish
 *  is noted for the attempt, too. */
export function useElder(attemptId: string): { isElder: boolean; change: (isElder: boolean) => void } {
  const [isElder, setIsElder] = useState(false);
  useEffect(() => {
    const noted = readNote(attemptId, 'elder');
    const isOn = noted === null ? document.documentElement.classList.contains('elder') : noted === 'on';
    showElder(isOn);
    setIsElder(isOn);
  }, [attemptId]);
  const change = (next: boolean): void => {
    showElder(next);
    setIsElder(next);
    writeNote(attemptId, 'elder', next ? 'on' : 'off');
    void keepElder(next);
  };
  return { isElder, change };
}
