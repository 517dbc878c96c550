import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReplayAnswer, ReplayEvent, ReplayStory } from '#app/exam/replay/replay.ts';
import { receiptNotes } from '#app/exam/replay/receipt-notes.ts';
import { placeAnswers, replayAt } from '#app/exam/replay/replay.ts';
import { timelineOf } from '#app/exam/replay/timeline.ts';
import { foldAnswers } from '#app/exam/sitting/fold.ts';
import { formatInstant } from '#app/platform/time/day.ts';

const START = 1_000_000;
const MINUTE = 60_000;
const LENGTH = 90 * MINUTE;
const iso = (ms: number): string => new Date(ms).toISOString();

/** An answer in time counts from its arrival. */
const counting = <T extends ReplayAnswer>(one: T): T =>
  one.standing === 'counted' ? { ...one, countsFromMs: one.receivedAtMs } : one;

function answer(
  seq: number,
  position: number,
  choice: string,
  atMs: number,
  more: Partial<ReplayAnswer> = {},
) {
  const said: ReplayAnswer = {
    epoch: 1,
    seq,
    position,
    choice,
    standing: 'counted',
    receivedAtMs: atMs,
    countsFromMs: null,
    clientAtMs: atMs,
  };
  const all = { ...said, ...more };
  return counting(all);
}

function event(kind: string, atMs: number, detail: Record<string, unknown> = {}, epoch = 1): ReplayEvent {
  return { id: `${kind}-${atMs}`, kind, epoch, detail, actorName: null, atMs };
}

const started = event('started', START, { deadlineAt: iso(START + LENGTH) });

function storyOf(answers: readonly ReplayAnswer[], events: readonly ReplayEvent[] = []): ReplayStory {
  return { startedAtMs: START, items: [], answers, events: [started, ...events], messages: [] };
}

const at = (story: ReplayStory, ms: number) => replayAt(story, placeAnswers(story.answers), ms);

describe('an attempt at one moment', () => {
  it('shows the answer that stood then, and the one that replaced it later', () => {
    const story = storyOf([answer(1, 5, 'A', START + 1000), answer(2, 5, 'B', START + 9000)]);
    expect(at(story, START + 999).shown.get(5)).toBeUndefined();
    expect(at(story, START + 1000).shown.get(5)).toBe('A');
    expect(at(story, START + 8999).shown.get(5)).toBe('A');
    expect(at(story, START + 9000)).toMatchObject({ lastPosition: 5, unreceived: [] });
    expect(at(story, START + 9000).shown.get(5)).toBe('B');
  });

  it('takes back what was taken back', () => {
    const story = storyOf([answer(1, 5, 'A', START + 1000), answer(2, 5, '', START + 2000)]);
    expect(at(story, START + 3000).shown.size).toBe(0);
  });

  it('tells screen and server apart while the network was away', () => {
    const story = storyOf([
      answer(1, 1, 'A', START + MINUTE),
      answer(2, 2, 'B', START + 12 * MINUTE, { clientAtMs: START + 3 * MINUTE }),
    ]);
    const inBetween = at(story, START + 5 * MINUTE);
    expect(inBetween.shown.get(2)).toBe('B');
    expect(inBetween.counted.get(2)).toBeUndefined();
    expect(inBetween.unreceived).toEqual([2]);
    expect(receiptNotes(inBetween, 2)).toEqual(['此刻服务器尚未收到本题作答。']);
    expect(at(story, START + 12 * MINUTE).unreceived).toEqual([]);
  });

  it('does not care what the device’s clock says: years off, it places the same moments', () => {
    const years = 7 * 365 * 24 * 3_600_000;
    const answers = [
      answer(1, 1, 'A', START + MINUTE),
      answer(2, 2, 'B', START + 12 * MINUTE, { clientAtMs: START + 3 * MINUTE }),
    ];
    const off = answers.map((one) => ({ ...one, clientAtMs: (one.clientAtMs ?? 0) - years }));
    expect(placeAnswers(off).map((one) => one.shownAtMs)).toEqual(
      placeAnswers(answers).map((one) => one.shownAtMs),
    );
  });

  it('after a takeover shows what the server had, not what the old device kept to itself', () => {
    const story = storyOf(
      [
        answer(1, 1, 'A', START + MINUTE),
        answer(2, 2, 'B', START + 9 * MINUTE, { clientAtMs: START + 2 * MINUTE, standing: 'foreign' }),
        answer(1, 3, 'C', START + 8 * MINUTE, { epoch: 2 }),
      ],
      [event('taken_over', START + 5 * MINUTE, {}, 2)],
    );
    expect([...at(story, START + 4 * MINUTE).shown]).toEqual([
      [1, 'A'],
      [2, 'B'],
    ]);
    expect([...at(story, START + 10 * MINUTE).shown]).toEqual([
      [1, 'A'],
      [3, 'C'],
    ]);
    expect(at(story, START + 10 * MINUTE).epoch).toBe(2);
  });

  it('lets the clock stand still in a pause and gives the time back', () => {
    const story = storyOf(
      [],
      [
        event('paused', START + 10 * MINUTE),
        event('resumed', START + 15 * MINUTE, { deadlineAt: iso(START + LENGTH + 5 * MINUTE) }),
        event('handed_in', START + 20 * MINUTE),
      ],
    );
    expect(at(story, START + 12 * MINUTE)).toMatchObject({
      phase: 'paused',
      remainingMs: LENGTH - 10 * MINUTE,
    });
    expect(at(story, START + 16 * MINUTE)).toMatchObject({
      phase: 'running',
      remainingMs: LENGTH - 11 * MINUTE,
    });
    expect(at(story, START + 21 * MINUTE)).toMatchObject({ phase: 'over', remainingMs: null });
    expect(at(story, START - 1).phase).toBe('before');
  });

  it('lets a pause from before the bell begin with the bell: never more time is left than the exam has', () => {
    const ahead = event('checked_in', START - 20 * MINUTE, { deadlineAt: iso(START + LENGTH) });
    const held = event('paused', START - 10 * MINUTE, { pausedAt: iso(START) });
    const story = { ...storyOf([]), events: [ahead, held] };
    expect(at(story, START - 15 * MINUTE)).toMatchObject({ phase: 'running', remainingMs: LENGTH });
    for (const minute of [-5, 0, 5])
      expect(at(story, START + minute * MINUTE)).toMatchObject({ phase: 'paused', remainingMs: LENGTH });
  });

  it('tells received and counted apart: a late answer is there, and counts from the review on', () => {
    const lateAt = START + LENGTH + 5 * MINUTE;
    const decidedAt = lateAt + 60 * MINUTE;
    const late = { standing: 'late', clientAtMs: START + 80 * MINUTE } as const;
    const journal = [
      answer(1, 1, 'A', START + MINUTE),
      answer(2, 2, 'B', START + 2 * MINUTE),
      answer(3, 2, 'C', lateAt, { ...late, countsFromMs: decidedAt }),
      answer(4, 3, 'D', lateAt, late),
      answer(5, 4, 'A', lateAt, { standing: 'after_hand_in' }),
    ];
    const story = storyOf(journal, [event('expired', START + LENGTH)]);
    const before = at(story, lateAt - 1);
    expect(before).toMatchObject({ unreceived: [2, 3], uncounted: [] });
    expect(receiptNotes(before, 2)).toEqual(['此刻服务器收到的作答是 B。']);
    const received = at(story, lateAt);
    expect(received).toMatchObject({ unreceived: [], uncounted: [2, 3, 4] });
    expect([...received.counted]).toEqual([
      [1, 'A'],
      [2, 'B'],
    ]);
    expect(receiptNotes(received, 1)).toEqual([]);
    expect(receiptNotes(received, 2)).toEqual(['逾时收到、尚未计入；计入成绩的作答是 B。']);
    expect(receiptNotes(received, 3)).toEqual(['逾时收到、尚未计入。']);
    expect(receiptNotes(received, 4)).toEqual(['交卷后收到，不计入。']);
    const reviewed = at(story, decidedAt);
    expect(reviewed.counted.get(2)).toBe('C');
    expect(reviewed.uncounted).toEqual([3, 4]);
    expect(receiptNotes(reviewed, 2)).toEqual([
      `逾时收到，${formatInstant(new Date(decidedAt))} 已由复核计入。`,
    ]);
  });

  it('at the end counts exactly what is graded, in whatever order the journal is read', () => {
    const journal = fc.array(
      fc.record({
        epoch: fc.integer({ min: 1, max: 3 }),
        seq: fc.integer({ min: 1, max: 30 }),
        position: fc.integer({ min: 1, max: 6 }),
        choice: fc.constantFrom('', 'A', 'B', 'AC'),
        standing: fc.constantFrom('counted' as const, 'late' as const, 'foreign' as const),
        receivedAtMs: fc.integer({ min: START, max: START + LENGTH }),
        clientAtMs: fc.option(fc.integer({ min: 0, max: 2 * START })),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(journal, fc.integer(), (answers, turn) => {
        const all = answers.map((one) => counting({ ...one, countsFromMs: null }));
        const unique = [...new Map(all.map((one) => [`${one.epoch}.${one.seq}`, one])).values()];
        const cut = unique.length === 0 ? 0 : Math.abs(turn) % unique.length;
        const turned = [...unique.slice(cut), ...unique.slice(0, cut)];
        const end = START + LENGTH;
        const sorted = (map: ReadonlyMap<number, string>) => [...map].sort(([a], [b]) => a - b);
        expect(sorted(at(storyOf(turned), end).counted)).toEqual(sorted(foldAnswers(unique)));
        expect(sorted(at(storyOf(turned), end).shown)).toEqual(sorted(at(storyOf(unique), end).shown));
        for (const placed of placeAnswers(unique))
          expect(placed.shownAtMs).toBeLessThanOrEqual(placed.receivedAtMs);
      }),
    );
  });
});

describe('the timeline', () => {
  it('has everything once, in order, and names long silences', () => {
    const story = storyOf(
      [answer(1, 1, 'A', START + MINUTE), answer(2, 2, 'B', START + 9 * MINUTE)],
      [event('focus_lost', START + 2 * MINUTE), event('handed_in', START + 10 * MINUTE)],
    );
    expect(timelineOf(story).map((entry) => entry.kind)).toEqual([
      'event',
      'answer',
      'quiet',
      'event',
      'answer',
      'event',
    ]);
  });
});
