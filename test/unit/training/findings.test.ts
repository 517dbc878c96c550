import { describe, expect, it } from 'vitest';
import type { BeatFact, StudyDay } from '#app/training/study/findings.ts';
import { findAnomalies, FINDING_KINDS } from '#app/training/study/findings.ts';
import { factsText, FINDING_LABELS } from '#app/training/study/finding-words.ts';
import { secondOf } from '#app/training/ledger/interval.ts';

const NINE = secondOf(new Date('2026-11-23T09:00:00+08:00'));
const MIDNIGHT = NINE - 9 * 3600;
const LESSON = 'L';

const aDay = (over: Partial<StudyDay> = {}): StudyDay => ({
  lessonVersionId: LESSON,
  policy: { heartbeatSeconds: 30, unchangedSeconds: 15 * 60, nightSeconds: 45 * 60 },
  night: { from: MIDNIGHT, to: MIDNIGHT + 5 * 3600 },
  beats: [],
  ownStudy: [],
  pages: [],
  checks: null,
  ...over,
});

/** Beats of one visit, some milliseconds apart each; a reader scrolls a little differently every time. */
function beatsAt(
  gapsMs: readonly number[],
  over: (index: number) => Partial<BeatFact> = () => ({}),
): BeatFact[] {
  let receivedMs = NINE * 1000;
  return [0, ...gapsMs].map((gap, index) => {
    const before = Math.floor(receivedMs / 1000);
    receivedMs += gap;
    return {
      visitId: 'v',
      lessonVersionId: LESSON,
      receivedMs,
      standing: index === 0 ? 'opened' : 'verified',
      stretch: index === 0 ? null : { from: before, to: Math.floor(receivedMs / 1000) },
      isPresent: false,
      signs: { touches: index % 3, moves: index % 7, scrolls: index % 5 },
      positionPermille: index * 10,
      ...over(index),
    };
  });
}
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
const kindsOf = (day: StudyDay): string[] => findAnomalies(day).map((finding) => finding.kind);
const study = (fromHour: number, hours: number, lessonVersionId = LESSON) => ({
  from: MIDNIGHT + fromHour * 3600,
  to: MIDNIGHT + (fromHour + hours) * 3600,
  lessonVersionId,
});

describe('a quiet reader', () => {
  it('meets no finding: beats at the given interval, some scrolling, two questions answered', () => {
    const beats = beatsAt(times(100, 30_003), (index) =>
      index % 30 === 0 && index > 0 ? { isPresent: true } : {},
    );
    const day = aDay({
      beats,
      ownStudy: [study(9, 0.8)],
      pages: [{ openedMs: NINE * 1000, lessonVersionId: LESSON, device: 'a' }],
      checks: { items: 4, secondsSinceOpened: 1500 },
    });
    expect(kindsOf(day)).toEqual([]);
  });
});

describe('what is listed for a person to judge', () => {
  it.each([
    ['steady at another interval', times(25, 20_010), ['steady_rhythm']],
    ['steady at the interval of the page', times(25, 30_010), []],
    ['irregular', Array.from({ length: 25 }, (_, index) => 15_000 + index * 400), []],
    ['steady for a short time', times(19, 20_010), []],
  ])('a rhythm that is %s', (_, gaps, kinds) => {
    expect(kindsOf(aDay({ beats: beatsAt(gaps) }))).toEqual(kinds);
  });

  it.each([
    ['the same in every beat for 15 minutes', 30, { touches: 0, moves: 1, scrolls: 0 }, ['no_hand']],
    ['the same in every beat for less', 29, { touches: 0, moves: 1, scrolls: 0 }, []],
    ['not told by an older page', 60, null, []],
  ])('signs of a hand: %s', (_, count, signs, kinds) => {
    const beats = beatsAt(times(count, 30_000), () => ({ signs, positionPermille: 0 }));
    expect(kindsOf(aDay({ beats }))).toEqual(kinds);
  });

  it.each([
    [3, 1500, ['quick_answers']],
    [2, 1500, []],
    [5, 6000, []],
  ])('%i questions answered in %i ms each', (count, ms, kinds) => {
    const gaps = times(count, [30_000, ms]).flat();
    const beats = beatsAt(gaps, (index) => (index > 0 && index % 2 === 0 ? { isPresent: true } : {}));
    expect(kindsOf(aDay({ beats }))).toEqual(kinds);
  });

  it.each([
    [3, ['wrong_answers']],
    [2, []],
  ])('%i questions answered wrongly twice', (count, kinds) => {
    const beats = beatsAt([...times(8, 31_000), ...times(8, 24_000)], (index) =>
      index > 0 && index <= count ? { standing: 'wrong_answer', stretch: null, isPresent: true } : {},
    );
    expect(kindsOf(aDay({ beats }))).toEqual(kinds);
  });

  it('four hours without a pause of five minutes, over all lessons, told with the last of them', () => {
    const ownStudy = [study(9, 2, 'other'), study(11.05, 2.1)];
    expect(findAnomalies(aDay({ ownStudy }))).toMatchObject([
      { kind: 'long_run', facts: { runSeconds: Math.round(4.15 * 3600) } },
    ]);
    expect(kindsOf(aDay({ ownStudy, lessonVersionId: 'other' }))).toEqual([]);
    expect(kindsOf(aDay({ ownStudy: [study(9, 2, 'other'), study(11.1, 2.1)] }))).toEqual([]);
  });

  /** Visits one after the other, each of a lesson of its own, with the same signs in every beat. */
  const visitsOf = (lessons: readonly string[], beats: number): BeatFact[] =>
    lessons.flatMap((lessonVersionId, visit) =>
      beatsAt(times(beats, 30_000), () => ({
        signs: { touches: 0, moves: 1, scrolls: 0 },
        positionPermille: 0,
      })).map((beat) => ({
        ...beat,
        visitId: `v${visit}`,
        lessonVersionId,
        receivedMs: beat.receivedMs + visit * 3_600_000,
        stretch: beat.stretch && {
          from: beat.stretch.from + visit * 3600,
          to: beat.stretch.to + visit * 3600,
        },
      })),
    );

  it('signs that never change are summed over the lessons of a day, told where the sum is reached', () => {
    // Three lessons of six minutes, none of them long enough alone.
    const beats = visitsOf(['one', 'two', 'three', 'four'], 12);
    const told = ['one', 'two', 'three', 'four'].map((lessonVersionId) =>
      kindsOf(aDay({ beats, lessonVersionId })),
    );
    expect(told).toEqual([[], [], ['no_hand'], []]);
    expect(findAnomalies(aDay({ beats, lessonVersionId: 'three' }))).toMatchObject([
      { facts: { visitCount: 4, beatCount: 48, studiedSeconds: 48 * 30, moves: 1 } },
    ]);
    // Nobody moves for some minutes now and then: short visits say nothing, however many.
    const short = visitsOf(['one', 'two', 'three', 'four', 'five', 'six', LESSON], 9);
    expect(kindsOf(aDay({ beats: short }))).toEqual([]);
  });

  it('45 minutes between 0 and 5 in the morning over all lessons, told where they are reached', () => {
    const ownStudy = ['one', 'two', 'three', 'four', 'five'].map((lesson, index) =>
      study(1 + index * 0.25, 0.2, lesson),
    );
    const told = ['one', 'two', 'three', 'four', 'five'].map((lessonVersionId) =>
      kindsOf(aDay({ ownStudy, lessonVersionId })),
    );
    expect(told).toEqual([[], [], [], ['night_study'], []]);
    expect(findAnomalies(aDay({ ownStudy, lessonVersionId: 'four' }))).toEqual([
      { kind: 'night_study', facts: { nightSeconds: 3600, lessonCount: 5 } },
    ]);
    expect(kindsOf(aDay({ ownStudy: [study(4.5, 1)] }))).toEqual([]);
    expect(kindsOf(aDay({ ownStudy: [study(5, 2)] }))).toEqual([]);
  });

  it('six pages in ten minutes from two devices in turn; a reader who reloads has one device', () => {
    const pages = (devices: string) =>
      [...devices].map((device, index) => ({
        openedMs: NINE * 1000 + index * 60_000,
        lessonVersionId: LESSON,
        device,
      }));
    expect(kindsOf(aDay({ pages: pages('ababab') }))).toEqual(['pages_in_turn']);
    expect(kindsOf(aDay({ pages: pages('aaaaaa') }))).toEqual([]);
    expect(kindsOf(aDay({ pages: pages('ababa') }))).toEqual([]);
  });

  it.each([
    [39, ['quick_checks']],
    [40, []],
  ])('four questions all right %i seconds after the lesson was first opened', (secondsSinceOpened, kinds) => {
    expect(kindsOf(aDay({ checks: { items: 4, secondsSinceOpened } }))).toEqual(kinds);
  });
});

describe('the words for it', () => {
  it.each(FINDING_KINDS)('%s says what was observed, with its figures', (kind) => {
    expect(FINDING_LABELS[kind].length).toBeGreaterThan(3);
    expect(factsText(kind, {})).toMatch(/\d.*。$/);
  });
});
