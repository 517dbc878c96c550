import { useEffect, useState } from 'react';
import { readNote, writeNote } from '../client/device-notes.ts';

const HIDE_KEY = 'zhifa-exam-timer-hidden';

/** The device's memory of a wish; private windows may have none. */
function readHidden(): boolean {
  try {
    return localStorage.getItem(HIDE_KEY) === '1';
  } catch {
    return false;
  }
}

function writeHidden(isHidden: boolean): void {
  try {
    localStorage.setItem(HIDE_KEY, isHidden ? '1' : '0');
  } catch {
    // The wish then holds for this page only.
  }
}

/** Whether the candidate does not want to see the time; kept on the device, so that no page shows it again. */
export function useTimerHidden(): [isHidden: boolean, hide: (isHidden: boolean) => void] {
  const [isHidden, setIsHidden] = useState(false);
  useEffect(() => setIsHidden(readHidden()), []);
  const hide = (next: boolean): void => {
    setIsHidden(next);
    writeHidden(next);
  };
  return [isHidden, hide];
}

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
