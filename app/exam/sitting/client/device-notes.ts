import type { NumberNote } from './ports.ts';

/**
 * Small things a page remembers of an attempt beside its answers, in the browser's local storage: flags, messages that
 * were read, how the candidate wants the page, signals that wait, the key of an opened envelope, why a waiting page was
 * fetched anew, the highest number of an answer. A browser that keeps nothing only forgets them with the page; all of them
 * go when the device is wiped.
 */
const KINDS = [
  'flags',
  'read',
  'signals',
  'alive',
  'elder',
  'no-timer',
  'no-keys',
  'key',
  'reload',
  'top',
] as const;
export type NoteKind = (typeof KINDS)[number];

const keyFor = (attemptId: string, kind: NoteKind): string => `zhifa-exam-${kind}-${attemptId}`;

/** @returns null when there is none, or when the browser keeps nothing */
export function readNote(attemptId: string, kind: NoteKind): string | null {
  try {
    return localStorage.getItem(keyFor(attemptId, kind));
  } catch {
    return null;
  }
}

/** @returns false when the browser keeps nothing: the page goes on with what it has in memory */
export function writeNote(attemptId: string, kind: NoteKind, text: string): boolean {
  try {
    localStorage.setItem(keyFor(attemptId, kind), text);
    return true;
  } catch {
    return false;
  }
}

/** Above every number by the second (`numbersAfter`) and far below what the journal's integers hold. */
const TOP_LIMIT = 2 ** 30;

/** The highest number of an answer, kept among these notes. What somebody has changed to nonsense is as good as none. */
export function numberNote(attemptId: string): NumberNote {
  const top = (): number => {
    const noted = Number(readNote(attemptId, 'top'));
    return Number.isInteger(noted) && noted > 0 && noted < TOP_LIMIT ? noted : 0;
  };
  return {
    top,
    note: (seq) => {
      // Another tab may have noted a higher one.
      if (seq > top()) writeNote(attemptId, 'top', String(seq));
    },
  };
}

export function forgetNotes(attemptId: string): void {
  try {
    for (const kind of KINDS) localStorage.removeItem(keyFor(attemptId, kind));
  } catch {
    // What cannot be reached was never kept.
  }
}

/** Calls back when another tab changes this note. The result stops listening. */
export function watchNote(attemptId: string, kind: NoteKind, onChange: () => void): () => void {
  const key = keyFor(attemptId, kind);
  const listener = (event: StorageEvent): void => {
    if (event.key === key) onChange();
  };
  window.addEventListener('storage', listener);
  return () => window.removeEventListener('storage', listener);
}
