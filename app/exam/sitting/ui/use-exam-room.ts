import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { RoomView } from '../attempt-view.server.ts';
import { toggled } from '../choice.ts';
import type { CandidateItem } from '../../paper/frozen-paper.ts';
import { focusLossText } from '../evidence/focus.ts';
import type { SignalAck } from '../evidence/signal.ts';
import type { PaperView } from './paper-view.ts';
import type { AttemptRoom } from './use-attempt-client.ts';
import { useAttemptClient } from './use-attempt-client.ts';
import { useEvidence } from './use-evidence.ts';
import { useFlags } from './use-flags.ts';
import type { Notices } from './use-notices.ts';
import { useNotices } from './use-notices.ts';
import type { PaperPosition } from './use-position.ts';
import { usePosition } from './use-position.ts';
import { useRemaining } from './use-remaining.ts';
import { useRoomKeys } from './use-room-keys.ts';
import { useTimeNews } from './use-time-news.ts';
import type { Wish } from './use-wishes.ts';
import { useKeysOff } from './use-wishes.ts';

/** Id of the form that holds the paper. */
export const PAPER_FORM = 'paper';

export interface ExamRoomState extends AttemptRoom, PaperPosition {
  readonly remainingMs: number;
  readonly isOver: boolean;
  /** The exam rests by an act of the invigilator. */
  readonly isPaused: boolean;
  /** Answers are still taken on this page. */
  readonly mayWrite: boolean;
  readonly flags: ReadonlySet<number>;
  readonly notices: Notices;
  /** Single letters and figures are to do nothing on this page. */
  readonly keysOff: Wish;
  flag(position: number): void;
  choose(item: CandidateItem, letter: string): void;
  sendNow(): void;
}

/** Once the server says it is over and has everything this device has, the device is wiped and the result shown. */
function useLeaveWhenClosed({ client, snapshot }: AttemptRoom, leaveTo: string): void {
  const isDone = snapshot.phase === 'closed' && snapshot.pendingCount === 0;
  useEffect(() => {
    if (!client || !isDone) return;
    void client.wipe().then(() => location.assign(leaveTo));
  }, [client, isDone, leaveTo]);
}

/** What the page notices goes to the server; what the server says of it is told to the candidate. */
function useWatch(room: RoomView, attempt: AttemptRoom, say: Notices['say']): void {
  const { watch } = room;
  const known = useRef(watch?.focusLosses ?? 0);
  const onAck = useCallback(
    ({ focusLosses, isOpen }: SignalAck): void => {
      if (!watch || !isOpen || focusLosses <= known.current) return;
      known.current = focusLosses;
      say({ id: 'focus', title: '请留在考试页面', text: focusLossText(watch, focusLosses) });
    },
    [watch, say],
  );
  useEvidence(room, attempt, onAck);
}

/** Everything the exam page knows and does; the components only draw it. */
export function useExamRoom(
  room: RoomView,
  start: { readonly view: PaperView; readonly isHandingIn: boolean },
): ExamRoomState {
  const attempt = useAttemptClient(room, PAPER_FORM);
  const { client, snapshot } = attempt;
  const remainingMs = useRemaining(attempt, room.start.serverNowMs);
  const sendNow = useCallback((): void => {
    void client?.flush();
  }, [client]);
  const position = usePosition({ ...start, last: room.items.length }, sendNow);
  const { current, reach, go, isHandingIn } = position;
  const notices = useNotices(room, snapshot);
  useTimeNews(snapshot, remainingMs, notices);
  const keysOff = useKeysOff(room.attemptId);
  const hasLetters = !keysOff[0];
  const { flags, toggle: flag } = useFlags(room);
  // A page that has not heard the time may not say that it is over; what it takes then, the server judges.
  const isOver = remainingMs <= 0 && snapshot.isTimeSure;
  const isPaused = snapshot.pausedAtMs !== null;
  const mayWrite = snapshot.phase === 'open' && !isOver && !isPaused;
  useLeaveWhenClosed(attempt, room.leaveTo);
  useWatch(room, attempt, notices.say);

  const choose = useCallback(
    (item: CandidateItem, letter: string): void => {
      if (!client) return;
      const before = client.snapshot().answers.get(item.position) ?? '';
      client.answer(item.position, toggled(before, letter, item.type === 'multiple'));
      reach(item.position);
    },
    [client, reach],
  );
  const isActive = mayWrite && !isHandingIn;
  const keys = useMemo(
    () => ({
      current: room.items[current - 1],
      ...{ isActive, hasLetters },
      onChoose: choose,
      onStep: (by: -1 | 1) => go(current + by),
      onFlag: () => flag(current),
    }),
    [room, current, isActive, hasLetters, choose, go, flag],
  );
  useRoomKeys(keys);

  return {
    ...attempt,
    ...position,
    ...{ remainingMs, isOver, isPaused, mayWrite, flags, flag, notices, keysOff, choose, sendNow },
  };
}
