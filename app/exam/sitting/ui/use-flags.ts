import { useEffect, useState } from 'react';

const keyFor = (attemptId: string): string => `zhifa-exam-flags-${attemptId}`;

function readFlags(attemptId: string): Set<number> {
  try {
    const text = sessionStorage.getItem(keyFor(attemptId)) ?? '';
    return new Set(
      text
        .split(',')
        .map(Number)
        .filter((position) => Number.isInteger(position) && position > 0),
    );
  } catch {
    return new Set();
  }
}

function writeFlags(attemptId: string, flags: ReadonlySet<number>): void {
  try {
    sessionStorage.setItem(keyFor(attemptId), [...flags].join(','));
  } catch {
    // Flags are the candidate's own notes: without storage they last as long as the page.
  }
}

/** Questions the candidate wants to come back to. Notes of this tab only; never sent and never marked. */
export function useFlags(attemptId: string): {
  flags: ReadonlySet<number>;
  toggle: (position: number) => void;
} {
  const [flags, setFlags] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => setFlags(readFlags(attemptId)), [attemptId]);
  const toggle = (position: number): void => {
    const next = new Set(flags);
    if (!next.delete(position)) next.add(position);
    setFlags(next);
    writeFlags(attemptId, next);
  };
  return { flags, toggle };
}
