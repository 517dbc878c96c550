import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { parseJson } from '#app/platform/db/embedded/parse-json.ts';
import type { LessonHeading } from '../../course/lesson-outline.ts';
import type { DevicePlace, ServerPlace } from '../reading-place.ts';
import { headingAt, placeShown } from '../reading-place.ts';

/** A heading counts as reached when it has passed this part of the window, from the top. */
const READING_LINE = 0.4;
const PREFIX = 'reading:';

const kept = z.object({ id: z.string(), text: z.string(), at: z.number().default(0) });

export interface ReadingPlace {
  /** Heading under which the person reads now; null before the first, and before JavaScript. */
  readonly current: string | null;
  /** Where the person was last time; null on the first visit, and once it is reached. */
  readonly left: (LessonHeading & { readonly isElsewhere: boolean }) | null;
}

/** What the server knows when the page is opened. */
export interface KnownPlace {
  readonly server: ServerPlace | null;
  /** Epoch milliseconds of the server: the device's own clock may be wrong. */
  readonly now: number;
}

/** Storage may be switched off in the browser; then there is no last place of the device. */
function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/** The kept place, if the lesson still has that heading: after a change of the text it may be another one. */
function placeOfDevice(key: string, headings: readonly LessonHeading[]): DevicePlace | null {
  const text = storage()?.getItem(PREFIX + key);
  if (text == null) return null;
  const parsed = kept.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const { id, text: words } = parsed.data;
  return headings.some((heading) => heading.id === id && heading.text === words) ? parsed.data : null;
}

const topOf = (heading: LessonHeading): number =>
  (document.getElementById(heading.id)?.getBoundingClientRect().top ?? Infinity) + window.scrollY;

/** The section that stood before the reader elsewhere, measured on this page. */
function headingOfServer(
  headings: readonly LessonHeading[],
  { permille }: ServerPlace,
): LessonHeading | null {
  const shape = { window: window.innerHeight, page: document.documentElement.scrollHeight };
  return headings[headingAt(headings.map(topOf), permille, shape, READING_LINE)] ?? null;
}

/** Nobody goes back to the beginning: the first heading is no place. */
function placeLeft(
  key: string,
  headings: readonly LessonHeading[],
  server: ServerPlace | null,
): ReadingPlace['left'] {
  const device = placeOfDevice(key, headings);
  const isElsewhere = placeShown(device, server) === 'server';
  const id = isElsewhere && server !== null ? headingOfServer(headings, server)?.id : device?.id;
  const found = headings.slice(1).find((heading) => heading.id === id);
  return found === undefined ? null : { ...found, isElsewhere };
}

/** The last heading above the reading line. */
function headingInView(headings: readonly LessonHeading[]): LessonHeading | null {
  const line = window.scrollY + window.innerHeight * READING_LINE;
  const passed = headings.filter((heading) => topOf(heading) <= line);
  return passed[passed.length - 1] ?? null;
}

/**
 * Follows the reader through the headings and keeps the place on the device; on another device the place comes from the
 * server. @param key names the lesson
 */
export function useReadingPlace(
  key: string,
  headings: readonly LessonHeading[],
  known: KnownPlace,
): ReadingPlace {
  const [current, setCurrent] = useState<string | null>(null);
  const [left, setLeft] = useState<ReadingPlace['left']>(null);
  // What was known on arrival: the page's figures are read again while it is open.
  const arrival = useRef({ known, openedAt: 0 });
  useEffect(() => {
    const { server, now } = arrival.current.known;
    arrival.current.openedAt ||= performance.now();
    const { openedAt } = arrival.current;
    const last = window.location.hash === '' ? placeLeft(key, headings, server) : null;
    setLeft(last);
    let frame = 0;
    // Remembered, not measured, on leaving: the next lesson may stand there already, with headings of the same ids.
    let here: LessonHeading | null = null;
    const keep = (heading: LessonHeading | null): void => {
      if (heading === null) return;
      const at = Math.round(now + performance.now() - openedAt);
      storage()?.setItem(PREFIX + key, JSON.stringify({ id: heading.id, text: heading.text, at }));
    };
    const look = (): void => {
      frame = 0;
      here = headingInView(headings);
      setCurrent(here?.id ?? null);
      if (here !== null && here.id === last?.id) setLeft(null);
      keep(here);
    };
    const onScroll = (): void => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    // Whoever reads a long section does not scroll: the moment of leaving counts.
    const onLeave = (): void => keep(here);
    // A phone puts a tab away without a page's end, may never bring it back, and draws no more frames for it: the place is
    // measured now.
    const onPutAway = (): void => {
      if (document.visibilityState !== 'hidden') return;
      cancelAnimationFrame(frame);
      look();
    };
    window.addEventListener('scroll', onScroll, { passive: true });
    window.addEventListener('pagehide', onLeave);
    document.addEventListener('visibilitychange', onPutAway);
    return () => {
      onLeave();
      window.removeEventListener('scroll', onScroll);
      window.removeEventListener('pagehide', onLeave);
      document.removeEventListener('visibilitychange', onPutAway);
      cancelAnimationFrame(frame);
    };
  }, [key, headings]);
  return { current, left };
}
