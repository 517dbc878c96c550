import type { Interval } from '../ledger/interval.ts';
import { intersect, measureSeconds, union } from '../ledger/interval.ts';

/**
 * What looks out of the ordinary in one person's study of one lesson on one day. Facts for a person to judge, never a
 * verdict: nothing is credited or taken back by a finding. Every threshold is a proposal (domain.md §4.4 names the
 * controls in use elsewhere); they are set so that somebody who reads quietly meets none of them. A lesson takes some
 * minutes: what a length of time shows is summed over the day's lessons and told with the one in which it was reached.
 */
export const FINDING_KINDS = [
  'steady_rhythm',
  'no_hand',
  'quick_answers',
  'wrong_answers',
  'long_run',
  'night_study',
  'pages_in_turn',
  'quick_checks',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Plain whole numbers, in the unit their name ends with. */
export type FindingFacts = Readonly<Record<string, number>>;

export interface Finding {
  readonly kind: FindingKind;
  readonly facts: FindingFacts;
}

/** Regional values (organization/rules carries their sources). */
export interface FindingPolicy {
  readonly heartbeatSeconds: number;
  /** Study a day whose signs of a hand never change, over all lessons. */
  readonly unchangedSeconds: number;
  /** Study a day between 0 and 5 in the morning, over all lessons. */
  readonly nightSeconds: number;
}

/** One stored beat, as evidence. */
export interface BeatFact {
  readonly visitId: string;
  readonly lessonVersionId: string;
  /** When the server received it, in milliseconds. */
  readonly receivedMs: number;
  readonly standing: string;
  readonly stretch: Interval | null;
  readonly isPresent: boolean;
  /** Signs of a hand since the beat before; null where the page of that time did not tell. */
  readonly signs: { readonly touches: number; readonly moves: number; readonly scrolls: number } | null;
  readonly positionPermille: number;
}

/** A page that was opened, in any lesson. */
export interface OpenedPage {
  readonly openedMs: number;
  readonly lessonVersionId: string;
  /** Tells browsers apart, no more; null where it was not told. */
  readonly device: string | null;
}

/** Everything the rules look at: one person, one lesson, one Shanghai day. */
export interface StudyDay {
  readonly lessonVersionId: string;
  readonly policy: FindingPolicy;
  /** 00:00 to 05:00 of the day. */
  readonly night: Interval;
  /** Beats of that day in every lesson, by visit (in order of time) and number. */
  readonly beats: readonly BeatFact[];
  /** Verified stretches of that day in every lesson, with the lesson they belong to, in order of time. */
  readonly ownStudy: readonly (Interval & { readonly lessonVersionId: string })[];
  /** Pages opened that day, in order of time. */
  readonly pages: readonly OpenedPage[];
  /** The day's first passing of the questions, if all were right at the first try ever. */
  readonly checks: { readonly items: number; readonly secondsSinceOpened: number } | null;
}

const STEADY_GAPS = 20;
const STEADY_SPREAD_MS = 500;
const OFF_BEAT_MS = 2000;
/** A visit of fewer beats says nothing: whoever reads one screen gives the same signs for some minutes. */
const UNCHANGED_BEATS = 10;
const QUICK_ANSWER_MS = 2000;
const QUICK_ANSWERS = 3;
const WRONG_ANSWERS = 3;
const LONG_RUN_SECONDS = 4 * 3600;
const PAUSE_SECONDS = 300;
const PAGES_IN_TURN = 6;
const PAGES_WINDOW_MS = 10 * 60_000;
const SECONDS_PER_CHECK = 10;

type Rule = (day: StudyDay) => Finding | null;

const found = (kind: FindingKind, facts: FindingFacts): Finding => ({ kind, facts });

function byVisit(beats: readonly BeatFact[]): BeatFact[][] {
  const visits = new Map<string, BeatFact[]>();
  for (const beat of beats) visits.set(beat.visitId, [...(visits.get(beat.visitId) ?? []), beat]);
  return [...visits.values()];
}

const ownBeats = ({ beats, lessonVersionId }: StudyDay): BeatFact[] =>
  beats.filter((beat) => beat.lessonVersionId === lessonVersionId);

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0;

/** A browser beats at the interval it was given, or irregularly: never steadily at another one. */
const steadyRhythm: Rule = (day) => {
  for (const beats of byVisit(ownBeats(day))) {
    const gaps = beats
      .slice(1)
      .map((beat, index) => beat.receivedMs - (beats[index]?.receivedMs ?? 0))
      .sort((a, b) => a - b);
    const spreadMs = at(gaps, 0.9) - at(gaps, 0.1);
    const medianMs = at(gaps, 0.5);
    const isOff = Math.abs(medianMs - day.policy.heartbeatSeconds * 1000) >= OFF_BEAT_MS;
    if (gaps.length >= STEADY_GAPS && isOff && spreadMs < STEADY_SPREAD_MS)
      return found('steady_rhythm', { beatCount: beats.length, medianMs, spreadMs });
  }
  return null;
};

/** The beats of a visit that tell of a hand, when all of them tell the same; null for any other visit. */
function unchangedBeats(beats: readonly BeatFact[]): BeatFact[] | null {
  const told = beats.filter((beat) => beat.stretch !== null && beat.signs !== null);
  const shapes = new Set(told.map((beat) => JSON.stringify([beat.signs, beat.positionPermille])));
  return told.length >= UNCHANGED_BEATS && shapes.size === 1 ? told : null;
}

const measureBeats = (beats: readonly BeatFact[]): number =>
  measureSeconds(union(beats.flatMap((beat) => beat.stretch ?? [])));

/** Visits with exactly the same clicks, keys, movements and scrolling in every beat, long enough together. */
const noHand: Rule = (day) => {
  const visits = byVisit(day.beats).flatMap((beats) => {
    const told = unchangedBeats(beats);
    return told === null ? [] : [told];
  });
  const reachedAt = visits.findIndex(
    (_, index) => measureBeats(visits.slice(0, index + 1).flat()) >= day.policy.unchangedSeconds,
  );
  const [first] = visits[reachedAt] ?? [];
  if (first?.lessonVersionId !== day.lessonVersionId) return null;
  return found('no_hand', {
    visitCount: visits.length,
    beatCount: visits.flat().length,
    studiedSeconds: measureBeats(visits.flat()),
    touches: first.signs?.touches ?? 0,
    moves: first.signs?.moves ?? 0,
    scrolls: first.signs?.scrolls ?? 0,
  });
};

/** Milliseconds from the question to each answer that counted. */
function answerTimes(beats: readonly BeatFact[]): number[] {
  return byVisit(beats).flatMap((visit) =>
    visit.flatMap((beat, index) => {
      const before = visit[index - 1];
      return beat.isPresent && beat.standing === 'verified' && before
        ? [beat.receivedMs - before.receivedMs]
        : [];
    }),
  );
}

/** Reading a sentence and four words takes longer. */
const quickAnswers: Rule = (day) => {
  const times = answerTimes(ownBeats(day));
  const quick = times.filter((ms) => ms <= QUICK_ANSWER_MS);
  return quick.length < QUICK_ANSWERS
    ? null
    : found('quick_answers', {
        answerCount: times.length,
        quickCount: quick.length,
        fastestMs: Math.min(...quick),
      });
};

const wrongAnswers: Rule = (day) => {
  const beats = ownBeats(day);
  const wrong = beats.filter((beat) => beat.standing === 'wrong_answer').length;
  const answered = answerTimes(beats).length + wrong;
  return wrong < WRONG_ANSWERS
    ? null
    : found('wrong_answers', { questionCount: answered, wrongCount: wrong });
};

/** Study over all lessons without a pause of five minutes; told once, with the lesson it ended in. */
const longRun: Rule = (day) => {
  let run = { from: 0, to: 0, seconds: 0 };
  let longest = { ...run, lessonVersionId: '' };
  for (const part of day.ownStudy) {
    const isOn = part.from - run.to <= PAUSE_SECONDS;
    const seconds = part.to - part.from;
    run = isOn
      ? { ...run, to: part.to, seconds: run.seconds + seconds }
      : { from: part.from, to: part.to, seconds };
    if (run.to - run.from > longest.to - longest.from)
      longest = { ...run, lessonVersionId: part.lessonVersionId };
  }
  const runSeconds = longest.to - longest.from;
  return runSeconds < LONG_RUN_SECONDS || longest.lessonVersionId !== day.lessonVersionId
    ? null
    : found('long_run', { runSeconds, studiedSeconds: longest.seconds });
};

/** Study in the small hours over all lessons. */
const nightStudy: Rule = (day) => {
  const atNight = day.ownStudy.flatMap(({ lessonVersionId, ...part }) =>
    intersect([part], [day.night]).map((stretch) => ({ ...stretch, lessonVersionId })),
  );
  const reachedAt = atNight.findIndex(
    (_, index) => measureSeconds(union(atNight.slice(0, index + 1))) >= day.policy.nightSeconds,
  );
  if (atNight[reachedAt]?.lessonVersionId !== day.lessonVersionId) return null;
  return found('night_study', {
    nightSeconds: measureSeconds(union(atNight)),
    lessonCount: new Set(atNight.map((part) => part.lessonVersionId)).size,
  });
};

/** Pages that take over from each other again and again; told once, with the lesson of the last of them. */
const pagesInTurn: Rule = (day) => {
  const { pages } = day;
  for (let last = pages.length - 1; last >= PAGES_IN_TURN - 1; last -= 1) {
    const end = pages[last];
    const window = pages
      .slice(0, last + 1)
      .filter((page) => end && end.openedMs - page.openedMs <= PAGES_WINDOW_MS);
    if (window.length < PAGES_IN_TURN) continue;
    const devices = new Set(window.flatMap((page) => page.device ?? []));
    if (devices.size < 2 || end?.lessonVersionId !== day.lessonVersionId) return null;
    return found('pages_in_turn', { pageCount: window.length, deviceCount: devices.size });
  }
  return null;
};

const quickChecks: Rule = ({ checks }) =>
  checks === null || checks.secondsSinceOpened >= checks.items * SECONDS_PER_CHECK
    ? null
    : found('quick_checks', { itemCount: checks.items, elapsedSeconds: checks.secondsSinceOpened });

const RULES: readonly Rule[] = [
  steadyRhythm,
  noHand,
  quickAnswers,
  wrongAnswers,
  longRun,
  nightStudy,
  pagesInTurn,
  quickChecks,
];

/** Every finding of the day, each kind at most once. */
export function findAnomalies(day: StudyDay): Finding[] {
  return RULES.flatMap((rule) => rule(day) ?? []);
}
