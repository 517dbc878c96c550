import { useCallback, useEffect, useMemo, useState } from 'react';
import type { RoomView } from '../attempt-view.server.ts';
import { toggled } from '../choice.ts';
import type { CandidateItem } from '../../paper/frozen-paper.ts';
import { questionId } from './paper-parts.ts';
import type { PaperView } from './paper-view.ts';
import { rememberView } from './paper-view.ts';
import type { AttemptRoom } from './use-attempt-client.ts';
import { useAttemptClient } from './use-attempt-client.ts';
import { useRemaining } from './use-remaining.ts';
import { useRoomKeys } from './use-room-keys.ts';

/** Id of the form that holds the paper. */
export const PAPER_FORM = 'paper';

export interface ExamRoomState extends AttemptRoom {
  readonly remainingMs: number;
  readonly isOver: boolean;
  /** Answers are still taken on this page. */
  readonly mayWrite: boolean;
  readonly view: PaperView;
  /** Position of the question in front of the candidate. */
  readonly current: number;
  readonly isHandingIn: boolean;
  choose(item: CandidateItem, letter: string): void;
  reach(position: number): void;
  go(position: number): void;
  changeView(view: PaperView): void;
  sendNow(): void;
  askHandIn(): void;
  backToPaper(position: number): void;
}

function focusQuestion(position: number): void {
  const question = document.getElementById(questionId(position));
  question?.scrollIntoView({ block: 'nearest' });
  question?.focus({ preventScroll: true });
}

/** Once the server says it is over and has everything this device has, the device is wiped and the result shown. */
function useLeaveWhenClosed({ client, snapshot }: AttemptRoom, attemptId: string): void {
  const isDone = snapshot.phase === 'closed' && snapshot.pendingCount === 0;
  useEffect(() => {
    if (!client || !isDone) return;
    void client.wipe().then(() => location.assign(`/attempts/${attemptId}/result`));
  }, [client, isDone, attemptId]);
}

/** Everything the exam page knows and does; the components only draw it. */
export function useExamRoom(
  room: RoomView,
  start: { readonly view: PaperView; readonly isHandingIn: boolean },
): ExamRoomState {
  const attempt = useAttemptClient(room, PAPER_FORM);
  const { client, snapshot } = attempt;
  const remainingMs = useRemaining(attempt, room.start.serverNowMs);
  const [view, setView] = useState(start.view);
  const [current, setCurrent] = useState(1);
  const [isHandingIn, setIsHandingIn] = useState(start.isHandingIn);
  // A page that has not heard the time may not say that it is over; what it takes then, the server judges.
  const isOver = remainingMs <= 0 && snapshot.isTimeSure;
  const mayWrite = snapshot.phase === 'open' && !isOver;
  useLeaveWhenClosed(attempt, room.attemptId);

  const sendNow = useCallback((): void => {
    void client?.flush();
  }, [client]);
  const choose = useCallback(
    (item: CandidateItem, letter: string): void => {
      if (!client) return;
      const before = client.snapshot().answers.get(item.position) ?? '';
      client.answer(item.position, toggled(before, letter, item.type === 'multiple'));
      setCurrent(item.position);
    },
    [client],
  );
  const go = useCallback(
    (position: number): void => {
      if (position < 1 || position > room.items.length) return;
      setCurrent(position);
      sendNow();
      // After the question is shown: a hidden one cannot take the focus.
      requestAnimationFrame(() => focusQuestion(position));
    },
    [room, sendNow],
  );
  const isActive = mayWrite && !isHandingIn;
  const keys = useMemo(
    () => ({
      current: room.items[current - 1],
      isActive,
      onChoose: choose,
      onStep: (by: -1 | 1) => go(current + by),
    }),
    [room, current, isActive, choose, go],
  );
  useRoomKeys(keys);

  return {
    ...attempt,
    ...{ remainingMs, isOver, mayWrite, view, current, isHandingIn, choose, go, sendNow },
    reach: setCurrent,
    changeView: (next) => {
      setView(next);
      rememberView(next);
      requestAnimationFrame(() => focusQuestion(current));
    },
    askHandIn: () => {
      sendNow();
      setIsHandingIn(true);
      window.scrollTo({ top: 0 });
    },
    backToPaper: (position) => {
      setIsHandingIn(false);
      go(position);
    },
  };
}
