import { useCallback, useEffect, useRef, useState } from 'react';
import { readNote, watchNote, writeNote } from '../client/device-notes.ts';

function readFlags(attemptId: string): Set<number> {
  const positions = (readNote(attemptId, 'flags') ?? '').split(',').map(Number);
  return new Set(positions.filter((position) => Number.isInteger(position) && position > 0));
}

/** Questions the candidate wants to come back to. Notes of this device only; never sent and never marked. */
export function useFlags(attemptId: string): {
  flags: ReadonlySet<number>;
  toggle: (position: number) => void;
} {
  const [flags, setFlags] = useState<ReadonlySet<number>>(new Set());
  const latest = useRef(flags);
  const show = useCallback((next: ReadonlySet<number>): void => {
    latest.current = next;
    setFlags(next);
  }, []);
  useEffect(() => {
    const read = (): void => show(readFlags(attemptId));
    read();
    return watchNote(attemptId, 'flags', read);
  }, [attemptId, show]);
  const toggle = useCallback(
    (position: number): void => {
      const next = new Set(latest.current);
      if (!next.delete(position)) next.add(position);
      show(next);
      writeNote(attemptId, 'flags', [...next].join(','));
    },
    [attemptId, show],
  );
  return { flags, toggle };
}
