import { useEffect, useRef, useState } from 'react';
import { cx } from '#app/platform/ui/cx.ts';
import { useHydrated } from '#app/platform/ui/hydrated.ts';
import type { RoomView } from '../attempt-view.server.ts';
import { saveWords } from '../client/save-words.ts';
import type { SaveTone } from '../client/save-words.ts';
import type { AttemptSnapshot } from '../client/state.ts';
import { remainingText } from '../client/timing.ts';
import type { Wish } from './use-wishes.ts';
import { useElder, useTimerHidden } from './use-wishes.ts';

const HEAD_BUTTON =
  'needs-scripts min-h-8 touch:min-h-10 rounded border border-line-strong px-1 text-sm sm:px-2 aria-pressed:border-accent aria-pressed:text-accent disabled:text-ink-muted';

const TONES: Readonly<Record<SaveTone, string>> = {
  calm: 'text-positive',
  busy: 'text-ink-muted',
  warning: 'font-semibold text-danger',
};

/** Between the parts of what is said about saving (`saveWords`). */
const SEPARATOR = ' · ';
/** From this much on the timer is set in the colour of warnings. */
const SHORT_MS = 5 * 60_000;

export interface RoomHeadProps {
  room: RoomView;
  snapshot: AttemptSnapshot;
  remainingMs: number;
  /** single letters are to do nothing */
  keysOff: Wish;
}

/** Remaining time, save state and size of type. All keep their place and width while they change. */
export function RoomHead({ room, snapshot, remainingMs, keysOff }: RoomHeadProps) {
  const words = saveWords(snapshot, room.items.length);
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-1 sm:justify-end">
      <p data-save-state={words.tone} className={cx('text-sm sm:min-w-56 sm:text-right', TONES[words.tone])}>
        <SaveText tone={words.tone} text={words.text} />
      </p>
      <div className="flex flex-wrap items-center gap-1.5 sm:gap-2">
        <Timer attemptId={room.attemptId} snapshot={snapshot} remainingMs={remainingMs} />
        <KeySwitch keysOff={keysOff} />
        <ElderSwitch attemptId={room.attemptId} />
      </div>
      <SaveNews tone={words.tone} text={words.text} />
      <EndNews isOver={remainingMs <= 0 && snapshot.isTimeSure} />
    </div>
  );
}

/**
 * On a phone a word of trouble goes without the time of the last confirmation: it would take a second line and push the
 * question down while somebody is about to touch an answer.
 */
function SaveText({ tone, text }: { tone: SaveTone; text: string }) {
  const [trouble, count, ...time] = tone === 'warning' ? text.split(SEPARATOR) : [text];
  if (time.length === 0) return text;
  return (
    <>
      {`${trouble ?? ''}${SEPARATOR}${count ?? ''}`}
      <span className="hidden sm:inline">{`${SEPARATOR}${time.join(SEPARATOR)}`}</span>
    </>
  );
}

/** Only trouble and its end are read out; a save that works is shown and stays silent. */
function SaveNews({ tone, text }: { tone: SaveTone; text: string }) {
  const wasWarning = useRef(false);
  const [news, setNews] = useState('');
  useEffect(() => {
    if (tone === 'warning') setNews(text.split(SEPARATOR)[0] ?? '');
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

interface TimerProps {
  attemptId: string;
  snapshot: AttemptSnapshot;
  remainingMs: number;
}

function Timer({ attemptId, snapshot, remainingMs }: TimerProps) {
  const isAlive = useHydrated();
  const [isHidden, hide] = useTimerHidden(attemptId);
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

/** Whoever speaks to the machine, or rests a hand on the keys, turns the letters off. No business of fingers on glass. */
function KeySwitch({ keysOff: [isOff, turnOff] }: { keysOff: Wish }) {
  const isAlive = useHydrated();
  return (
    <button
      type="button"
      disabled={!isAlive}
      title="用字母键、数字键作答和标记"
      onClick={() => turnOff(!isOff)}
      className={cx(HEAD_BUTTON, 'touch:hidden')}
    >
      {isOff ? '开快捷键' : '关快捷键'}
    </button>
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

/** Read out at the end; the marks before it are notices of the room (`use-time-news.ts`). */
function EndNews({ isOver }: { isOver: boolean }) {
  return (
    <p role="alert" className="sr-only">
      {isOver ? '考试时间已到，正在自动交卷。' : ''}
    </p>
  );
}
