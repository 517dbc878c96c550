import { useEffect, useState } from 'react';
import { z } from 'zod';
import { parseJson } from '#app/platform/db/embedded/parse-json.ts';
import type { LessonHeading } from '../../course/lesson-outline.ts';

/** A heading counts as reached when it has passed this part of the window, from the top. */
const READING_LINE = 0.4;
const PREFIX = 'reading:';

const kept = z.object({ id: z.string(), text: z.string() });

export interface ReadingPlace {
  /** Heading under which the person reads now; null before the first, and before JavaScript. */
  readonly current: string | null;
  /** Where the person was last time on this device; null on the first visit, and once it is reached. */
  readonly left: LessonHeading | null;
}

/** Storage may be switched off in the browser; then there is no last place to go back to. */
function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/** The kept place, if the lesson still has that heading: after a change of the text it may be another one. */
function placeLeft(key: string, headings: readonly LessonHeading[]): LessonHeading | null {
  const text = storage()?.getItem(PREFIX + key);
  if (text == null) return null;
  const parsed = kept.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const { id, text: words } = parsed.data;
  return headings.slice(1).find((heading) => heading.id === id && heading.text === words) ?? null;
}

/** The last heading above the reading line. */
function headingInView(headings: readonly LessonHeading[]): LessonHeading | null {
  const line = window.innerHeight * READING_LINE;
  const passed = headings.filter((heading) => {
    const top = document.getElementById(heading.id)?.getBoundingClientRect().top;
    return top !== undefined && top <= line;
  });
  return passed[passed.length - 1] ?? null;
}

/** Follows the reader through the headings and keeps the place on the device. @param key names the lesson */
export function useReadingPlace(key: string, headings: readonly LessonHeading[]): ReadingPlace {
  const [current, setCurrent] = useState<string | null>(null);
  const [left, setLeft] = useState<LessonHeading | null>(null);
  useEffect(() => {
    const last = window.location.hash === '' ? placeLeft(key, headings) : null;
    setLeft(last);
    let frame = 0;
    const look = (): void => {
      frame = 0;
      const heading = headingInView(headings);
      setCurrent(heading?.id ?? null);
      if (!heading) return;
      if (heading.id === last?.id) setLeft(null);
      storage()?.setItem(PREFIX + key, JSON.stringify({ id: heading.id, text: heading.text }));
    };
    const onScroll = (): void => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      window.removeEventListener('scroll', onScroll);
      cancelAnimationFrame(frame);
    };
  }, [key, headings]);
  return { current, left };
}
