import type { MutableRefObject } from 'react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { RoomView } from '../attempt-view.server.ts';
import { deviceClock } from '../client/browser-ports.ts';
import { readNote, watchNote, writeNote } from '../client/device-notes.ts';
import type { FlagSender } from '../client/flag-sender.ts';
import { createFlagSender } from '../client/flag-sender.ts';
import { sendFlags } from '../client/http-room.ts';

/** Flags as they lie on this device; null where none were noted since the attempt came here. */
function readFlags(attemptId: string, epoch: number): Set<number> | null {
  const note = readNote(attemptId, 'flags');
  // A note without an epoch was written before flags followed to other machines.
  const [notedIn, positions] = note?.includes(';') ? note.split(';') : ['1', note ?? undefined];
  if (Number(notedIn) !== epoch || positions === undefined) return null;
  return new Set(
    positions
      .split(',')
      .map(Number)
      .filter((one) => Number.isInteger(one) && one > 0),
  );
}

type FlaggedRoom = Pick<RoomView, 'attemptId' | 'flags' | 'watch' | 'start'>;
type Flags = ReadonlySet<number>;

/** Tells the server, so that another machine knows them; nobody is told of a rehearsal's. */
function useFlagSender(
  { attemptId, watch }: FlaggedRoom,
  latest: Readonly<MutableRefObject<Flags>>,
): { readonly current: FlagSender | null } {
  const sender = useRef<FlagSender | null>(null);
  const isServed = watch !== null;
  useEffect(() => {
    if (!isServed) return;
    const made = createFlagSender({
      clock: deviceClock,
      random: Math.random,
      flags: () => [...latest.current],
      send: (positions) => sendFlags(attemptId, { positions }),
    });
    sender.current = made;
    return () => made.close();
  }, [attemptId, isServed, latest]);
  return sender;
}

/**
 * Questions the candidate wants to come back to: notes, never marked. They lie on the device; the server knows the last
 * ones for the machine that the attempt may be moved to.
 */
export function useFlags(room: FlaggedRoom): { flags: Flags; toggle: (position: number) => void } {
  const { attemptId } = room;
  const { epoch } = room.start;
  const [flags, setFlags] = useState<Flags>(() => new Set(room.flags));
  const latest = useRef(flags);
  const sender = useFlagSender(room, latest);
  const show = useCallback((next: Flags): void => {
    latest.current = next;
    setFlags(next);
  }, []);
  useEffect(() => {
    const read = (): boolean => {
      const noted = readFlags(attemptId, epoch);
      if (noted !== null) show(noted);
      return noted !== null;
    };
    // What an earlier page of this device has noted, it may not have said; that the last one was taken back, too.
    if (read()) sender.current?.changed();
    return watchNote(attemptId, 'flags', () => void read());
  }, [attemptId, epoch, sender, show]);
  const toggle = useCallback(
    (position: number): void => {
      const next = new Set(latest.current);
      if (!next.delete(position)) next.add(position);
      show(next);
      writeNote(attemptId, 'flags', `${epoch};${[...next].join(',')}`);
      sender.current?.changed();
    },
    [attemptId, epoch, sender, show],
  );
  return { flags, toggle };
}
