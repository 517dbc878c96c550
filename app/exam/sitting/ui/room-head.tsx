import { useEffect, useRef, useState } from 'react';
import { cx } from '#app/platform/ui/cx.ts';
import { useHydrated } from '#app/platform/ui/hydrated.ts';
import type { RoomView } from '../attempt-view.server.ts';
import { saveWords } from '../client/save-words.ts';
import type { SaveTone } from '../client/save-words.ts';
import type { AttemptSnapshot } from '../client/state.ts';
import { nextAnnouncement, openAnnouncements, remainingText } from '../client/timing.ts';
import { useElder, useTimerHidden } from './use-wishes.ts';

const HEAD_BUTTON =
  'min-h-8 touch:min-h-10 rounded border border-line-strong px-1 text-sm sm:px-2 aria-pressed:border-accent aria-pressed:text-accent disabled:text-ink-muted';

const TONES: Readonly<Record<SaveTone, string>> = {
  calm: 'text-positive',
  busy: 'text-ink-muted',
  warning: 'font-semibold text-danger',
};

/** From this much on the timer is set in the colour of warnings. */
const SHORT_MS = 5 * 60_000;

export interface RoomHeadProps {
  room: RoomView;
  snapshot: AttemptSnapshot;
  remainingMs: number;
}

/** Remaining time, save state and size of type. All keep their place and width while they change. */
export function RoomHead({ room, snapshot, remainingMs }: RoomHeadProps) {
  const words = saveWords(snapshot, room.items.length);
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-1 sm:justify-end">
      <p data-save-state={words.tone} className={cx('text-sm sm:min-w-56 sm:text-right', TONES[words.tone])}>
        {words.text}
      </p>
      <div className="flex flex-wrap items-center gap-1.5 sm:gap-2">
        <Timer snapshot={snapshot} remainingMs={remainingMs} />
        <ElderSwitch attemptId={room.attemptId} />
      </div>
      <SaveNews tone={words.tone} text={words.text} />
      <TimeNews deadlineAtMs={snapshot.deadlineAtMs} remainingMs={remainingMs} />
    </div>
  );
}

/** Only trouble and its end are read out; a save that works is shown and stays silent. */
function SaveNews({ tone, text }: { tone: SaveTone; text: string }) {
  const wasWarning = useRef(false);
  const [news, setNews] = useState('');
  useEffect(() => {
    if (tone === 'warning') setNews(text.split(' · ')[0] ?? '');
    else if (wasWarning.current && tone === 'calm') setNews('网络已恢复，作答均已保存。');
    wasWarning.current = tone === 'warning' || (wasWarning.current && tone === 'busy');
  }, [tone, text]);
  return (
    <p role="status" className="sr-only">
      {news}
    </p>
  );
}

/** What the timer says: exactly, about (loaded without the network, by the device's clock), or that it stands. */
function timerWord({ isTimeSure, connection, pausedAtMs }: AttemptSnapshot): string {
  if (pausedAtMs !== null) return '暂停';
  return !isTimeSure && connection === 'retrying' ? '约剩' : '剩余';
}

function Timer({ snapshot, remainingMs }: { snapshot: AttemptSnapshot; remainingMs: number }) {
  const isAlive = useHydrated();
  const [isHidden, hide] = useTimerHidden();
  const isShort = remainingMs <= SHORT_MS;
  return (
    <>
      <p
        role="timer"
        aria-live="off"
        className={cx('text-lg font-semibold sm:min-w-36 sm:text-right', isShort && 'text-danger')}
      >
        {isHidden ? '时间已隐藏' : `${timerWord(snapshot)} ${remainingText(remainingMs)}`}
      </p>
      <button
        type="button"
        disabled={!isAlive}
        aria-pressed={isHidden}
        onClick={() => hide(!isHidden)}
        className={HEAD_BUTTON}
      >
        {isHidden ? '显示时间' : '隐藏时间'}
      </button>
    </>
  );
}

/** Large type, without leaving the page; kept for this device like everywhere else in the house. */
function ElderSwitch({ attemptId }: { attemptId: string }) {
  const isAlive = useHydrated();
  const { isElder, change } = useElder(attemptId);
  return (
    <button
      type="button"
      disabled={!isAlive}
      aria-pressed={isElder}
      onClick={() => change(!isElder)}
      className={HEAD_BUTTON}
    >
      {isElder ? '标准字号' : '长辈模式'}
    </button>
  );
}

/** Says at 30, 10, 5 and 1 minutes how much is left, also to who has hidden the timer or cannot see it. */
function TimeNews({ deadlineAtMs, remainingMs }: { deadlineAtMs: number; remainingMs: number }) {
  const marks = useRef(openAnnouncements(deadlineAtMs, remainingMs));
  const [news, setNews] = useState('');
  useEffect(() => {
    const { next, minutes } = nextAnnouncement(marks.current, deadlineAtMs, remainingMs);
    marks.current = next;
    if (minutes !== null) setNews(`距离考试结束还有 ${minutes} 分钟。`);
    else if (remainingMs <= 0) setNews('考试时间已到，正在自动交卷。');
  }, [deadlineAtMs, remainingMs]);
  return (
    <p role="alert" data-time-news className="sr-only">
      {news}
    </p>
  );
}
