import type { PlacedAnswer, ReplayStory } from './replay.ts';
import { placeAnswers } from './replay.ts';

/** One line of the story, in the order of the server's time. */
export type TimelineEntry =
  | {
      readonly kind: 'event';
      readonly atMs: number;
      readonly key: string;
      readonly event: ReplayStory['events'][number];
    }
  | { readonly kind: 'answer'; readonly atMs: number; readonly key: string; readonly answer: PlacedAnswer }
  | { readonly kind: 'message'; readonly atMs: number; readonly key: string; readonly text: string }
  /** Nothing arrived between two answers for long, while the clock ran. */
  | { readonly kind: 'quiet'; readonly atMs: number; readonly key: string; readonly lastedMs: number };

/** Silence that is worth a line. */
export const QUIET_MS = 5 * 60_000;
/** An answer that arrived so much later than it was given came from a device without network. */
export const LATE_ARRIVAL_MS = 30_000;

function quietTimes(answers: readonly PlacedAnswer[], fromMs: number): TimelineEntry[] {
  const times = [fromMs, ...answers.map((answer) => answer.receivedAtMs)].sort((a, b) => a - b);
  return times.flatMap((time, index): TimelineEntry[] => {
    const before = times[index - 1];
    if (before === undefined || time - before < QUIET_MS) return [];
    return [{ kind: 'quiet', atMs: before, key: `quiet-${before}`, lastedMs: time - before }];
  });
}

/** Events, answers as they arrived, messages and silences, oldest first. */
export function timelineOf(story: ReplayStory): TimelineEntry[] {
  const placed = placeAnswers(story.answers);
  const entries: TimelineEntry[] = [
    ...story.events.map((event) => ({ kind: 'event' as const, atMs: event.atMs, key: event.id, event })),
    ...placed.map((answer) => ({
      kind: 'answer' as const,
      atMs: answer.receivedAtMs,
      key: `${answer.epoch}.${answer.seq}`,
      answer,
    })),
    ...story.messages.map(({ id, text, atMs }) => ({ kind: 'message' as const, atMs, key: id, text })),
    ...quietTimes(placed, story.startedAtMs),
  ];
  return entries.sort((a, b) => a.atMs - b.atMs);
}
