import { useCallback, useEffect, useRef, useState } from 'react';
import type { Signs, StudySession, StudyState } from '../client/study-session.ts';
import { createStudySession } from '../client/study-session.ts';

export interface StudyBeatsOptions {
  readonly course: string;
  readonly lesson: string;
  readonly heartbeatSeconds: number;
  readonly verifiedSeconds: number;
  readonly isComplete: boolean;
}

export interface StudyBeats {
  readonly state: StudyState;
  /** The presence question is answered. @param choice null where there was only something to confirm */
  answer(choice: number | null): void;
  /** 「在本页继续学习」, after another page had taken over. */
  takeOver(): void;
}

const ACTIVITY_EVENTS = {
  pointerdown: 'touches',
  keydown: 'touches',
  touchstart: 'touches',
  pointermove: 'moves',
  scroll: 'scrolls',
  wheel: 'scrolls',
} as const satisfies Readonly<Record<string, keyof Signs>>;

/** How far down the page, 0 … 1000; a page that fits the screen is at its beginning. */
function scrollPermille(): number {
  const { scrollHeight, clientHeight } = document.documentElement;
  const way = scrollHeight - clientHeight;
  return way <= 0 ? 0 : Math.min(Math.max(Math.round((window.scrollY / way) * 1000), 0), 1000);
}

/** Counts what the person does until the returned function is called. */
function watchHands(session: StudySession): () => void {
  const listeners = Object.entries(ACTIVITY_EVENTS).map(([name, sign]) => ({
    name,
    listen: () => session.activity(sign),
  }));
  for (const { name, listen } of listeners) window.addEventListener(name, listen, { passive: true });
  return () => {
    for (const { name, listen } of listeners) window.removeEventListener(name, listen);
  };
}

async function post(path: string, body: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    keepalive: true,
  });
  const isJson = response.headers.get('Content-Type')?.includes('json') ?? false;
  return { status: response.status, body: isJson ? await response.json() : null };
}

/** Keeps the lesson's study time while its page is open, and says how it stands. */
export function useStudyBeats(options: StudyBeatsOptions): StudyBeats {
  const { course, lesson, heartbeatSeconds } = options;
  const { verifiedSeconds, isComplete } = options;
  const [state, setState] = useState<StudyState>({
    status: 'starting',
    verifiedSeconds,
    isComplete,
    answerUntil: null,
    question: null,
    isSecondTry: false,
  });
  const session = useRef<StudySession | null>(null);
  // What the server said last before this page counts by itself; later values come with each beat.
  const initial = useRef({ verifiedSeconds, isComplete });
  initial.current = { verifiedSeconds, isComplete };

  useEffect(() => {
    const created = createStudySession({
      course,
      lesson,
      ...initial.current,
      post,
      now: () => performance.now(),
      isVisible: () => document.visibilityState === 'visible',
      position: scrollPermille,
      onState: setState,
    });
    session.current = created;
    // Not at once: a page that is left in the same moment (or mounted twice in development) opens nothing.
    const opening = setTimeout(() => void created.start(), 0);
    const timer = setInterval(() => void created.tick(), heartbeatSeconds * 1000);
    const onVisibility = () => void created.visibilityChanged();
    const onOnline = () => void created.tick();
    // The last beat tells the place to other devices; some browsers end a page without hiding it first.
    const onPageHide = () => void created.leave();
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('pagehide', onPageHide);
    window.addEventListener('online', onOnline);
    const unwatch = watchHands(created);
    return () => {
      clearTimeout(opening);
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('pagehide', onPageHide);
      window.removeEventListener('online', onOnline);
      unwatch();
      session.current = null;
      void created.leave();
    };
  }, [course, lesson, heartbeatSeconds]);

  return {
    state,
    answer: useCallback((choice: number | null) => void session.current?.answer(choice), []),
    takeOver: useCallback(() => void session.current?.start(), []),
  };
}
