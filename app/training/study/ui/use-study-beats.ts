import { useCallback, useEffect, useRef, useState } from 'react';
import type { StudySession, StudyState } from '../client/study-session.ts';
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
  /** 「我在学习」 */
  answer(): void;
  /** 「在本页继续学习」, after another page had taken over. */
  takeOver(): void;
}

const ACTIVITY_EVENTS = ['pointerdown', 'pointermove', 'keydown', 'scroll', 'touchstart', 'wheel'] as const;

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
      onState: setState,
    });
    session.current = created;
    // Not at once: a page that is left in the same moment (or mounted twice in development) opens nothing.
    const opening = setTimeout(() => void created.start(), 0);
    const timer = setInterval(() => void created.tick(), heartbeatSeconds * 1000);
    const onVisibility = () => void created.visibilityChanged();
    const onOnline = () => void created.tick();
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('online', onOnline);
    for (const name of ACTIVITY_EVENTS) window.addEventListener(name, created.activity, { passive: true });
    return () => {
      clearTimeout(opening);
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('online', onOnline);
      for (const name of ACTIVITY_EVENTS) window.removeEventListener(name, created.activity);
      session.current = null;
      void created.leave();
    };
  }, [course, lesson, heartbeatSeconds]);

  return {
    state,
    answer: useCallback(() => void session.current?.answer(), []),
    takeOver: useCallback(() => void session.current?.start(), []),
  };
}
