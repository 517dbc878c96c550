import { useEffect, useRef, useState } from 'react';
import { cx } from '#app/platform/ui/cx.ts';
import { saveWords } from '../client/save-words.ts';
import type { SaveTone } from '../client/save-words.ts';
import type { AttemptSnapshot } from '../client/state.ts';
import { dueAnnouncement, remainingText } from '../client/timing.ts';

const TONES: Readonly<Record<SaveTone, string>> = {
  calm: 'text-positive',
  busy: 'text-ink-muted',
  warning: 'font-semibold text-danger',
};

const HIDE_KEY = 'zhifa-exam-timer-hidden';
/** From this much on the timer is set in the colour of warnings. */
const SHORT_MS = 5 * 60_000;

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

export interface RoomHeadProps {
  snapshot: AttemptSnapshot;
  itemCount: number;
  remainingMs: number;
}

/** Remaining time and save state. Both keep their place and width while they change. */
export function RoomHead({ snapshot, itemCount, remainingMs }: RoomHeadProps) {
  const words = saveWords(snapshot, itemCount);
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-6 gap-y-1">
      <p data-save-state={words.tone} className={cx('text-sm sm:min-w-56 sm:text-right', TONES[words.tone])}>
        {words.text}
      </p>
      <Timer remainingMs={remainingMs} isGuess={!snapshot.isTimeSure && snapshot.connection === 'retrying'} />
      <SaveNews tone={words.tone} text={words.text} />
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

/** @param isGuess the page was loaded without the network: the time comes from the device's clock */
function Timer({ remainingMs, isGuess }: { remainingMs: number; isGuess: boolean }) {
  const [isHidden, setIsHidden] = useState(false);
  const [isReady, setIsReady] = useState(false);
  useEffect(() => {
    setIsHidden(readHidden());
    setIsReady(true);
  }, []);
  const hide = (next: boolean): void => {
    setIsHidden(next);
    writeHidden(next);
  };
  const isShort = remainingMs <= SHORT_MS;
  return (
    <div className="flex items-center gap-2">
      <p
        role="timer"
        aria-live="off"
        className={cx('min-w-36 text-right text-lg font-semibold', isShort && 'text-danger')}
      >
        {isHidden ? '时间已隐藏' : `${isGuess ? '约剩' : '剩余'} ${remainingText(remainingMs)}`}
      </p>
      <button
        type="button"
        disabled={!isReady}
        aria-pressed={isHidden}
        onClick={() => hide(!isHidden)}
        className="min-h-8 rounded border border-line-strong px-2 text-sm disabled:text-ink-muted"
      >
        {isHidden ? '显示时间' : '隐藏时间'}
      </button>
      <TimeNews remainingMs={remainingMs} />
    </div>
  );
}

/** Says at 30, 10, 5 and 1 minutes how much is left, also to who has hidden the timer or cannot see it. */
function TimeNews({ remainingMs }: { remainingMs: number }) {
  const before = useRef(remainingMs);
  const [news, setNews] = useState('');
  useEffect(() => {
    const minutes = dueAnnouncement(before.current, remainingMs);
    before.current = remainingMs;
    if (minutes !== null) setNews(`距离考试结束还有 ${minutes} 分钟。`);
  }, [remainingMs]);
  return (
    <p role="alert" className="sr-only">
      {news}
    </p>
  );
}
