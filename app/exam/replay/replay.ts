import type { CandidateItem } from '../paper/frozen-paper.ts';
import type { Standing } from '../sitting/fold.ts';
import { compareEvents } from '../sitting/fold.ts';

/** One answer as the journal has it. Instants in milliseconds. */
export interface ReplayAnswer {
  readonly epoch: number;
  readonly seq: number;
  readonly position: number;
  /** Empty: the answer was taken back. */
  readonly choice: string;
  readonly standing: Standing;
  readonly receivedAtMs: number;
  /** From when on it counts: as received, or as a review decided (断网补传); null while it does not. */
  readonly countsFromMs: number | null;
  /** The device's own wall clock; null where it said none (plain form, keyed-in sheet). */
  readonly clientAtMs: number | null;
}

/** One event of the attempt. */
export interface ReplayEvent {
  readonly id: string;
  readonly kind: string;
  readonly epoch: number;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly actorName: string | null;
  readonly atMs: number;
}

/** Everything an attempt left behind: paper, journal, events, what it was told. Nothing of it ever changes. */
export interface ReplayStory {
  readonly startedAtMs: number;
  readonly items: readonly CandidateItem[];
  readonly answers: readonly ReplayAnswer[];
  readonly events: readonly ReplayEvent[];
  readonly messages: readonly { readonly id: string; readonly text: string; readonly atMs: number }[];
}

/** An answer with the moment at which it stood on the candidate's screen. */
export interface PlacedAnswer extends ReplayAnswer {
  readonly shownAtMs: number;
}

/**
 * Places answers on the server's time. The device's clock may be wrong by years, but it runs as any other: the answer
 * that arrived fastest tells by how much at most, and no answer stood on the screen after it arrived. For each device
 * apart; without the device's word an answer was shown when it arrived.
 */
export function placeAnswers(answers: readonly ReplayAnswer[]): PlacedAnswer[] {
  const leadByEpoch = new Map<number, number>();
  for (const { epoch, clientAtMs, receivedAtMs } of answers) {
    if (clientAtMs === null) continue;
    const lead = receivedAtMs - clientAtMs;
    leadByEpoch.set(epoch, Math.min(lead, leadByEpoch.get(epoch) ?? lead));
  }
  return answers.map((answer) => {
    const lead = leadByEpoch.get(answer.epoch);
    const shownAtMs =
      answer.clientAtMs === null || lead === undefined
        ? answer.receivedAtMs
        : Math.min(answer.receivedAtMs, answer.clientAtMs + lead);
    return { ...answer, shownAtMs };
  });
}

export type ReplayPhase = 'before' | 'running' | 'paused' | 'over';

/** The attempt at one moment. */
export interface ReplayMoment {
  readonly atMs: number;
  readonly phase: ReplayPhase;
  readonly epoch: number;
  /** Answering time left; stands still during a pause. */
  readonly remainingMs: number | null;
  /** On the screen of the device the attempt ran on, by position. */
  readonly shown: ReadonlyMap<number, string>;
  /** Last in the journal, by position, whether it counts or not; what another device kept to itself is none of it. */
  readonly received: ReadonlyMap<number, PlacedAnswer>;
  /** What counts by then, by position: at the end what is graded. */
  readonly counted: ReadonlyMap<number, string>;
  /** Positions whose answer on the screen had not arrived yet. */
  readonly unreceived: readonly number[];
  /** Positions whose answer had arrived and did not count yet. */
  readonly uncounted: readonly number[];
  readonly lastPosition: number | null;
}

interface Clock {
  readonly phase: ReplayPhase;
  readonly epoch: number;
  readonly deadlineAtMs: number | null;
  readonly pausedAtMs: number | null;
}

const CLOSING: readonly string[] = ['handed_in', 'expired', 'ended', 'ended_by_invigilator', 'voided'];

function instantOf(value: unknown): number | null {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}

/** One event onto the clock: the events carry the deadline they made. */
function step(clock: Clock, event: ReplayEvent): Clock {
  const deadlineAtMs = instantOf(event.detail.deadlineAt) ?? clock.deadlineAtMs;
  if (CLOSING.includes(event.kind)) return { ...clock, phase: 'over', pausedAtMs: null };
  switch (event.kind) {
    case 'started':
    case 'checked_in':
      return { phase: 'running', epoch: event.epoch, deadlineAtMs, pausedAtMs: null };
    case 'taken_over':
      return { ...clock, epoch: event.epoch };
    case 'paused':
      // A pause before the bell begins with the bell.
      return {
        ...clock,
        phase: 'paused',
        deadlineAtMs,
        pausedAtMs: instantOf(event.detail.pausedAt) ?? event.atMs,
      };
    case 'resumed':
      return { ...clock, phase: 'running', deadlineAtMs, pausedAtMs: null };
    case 'extended':
      return { ...clock, deadlineAtMs };
    default:
      return clock;
  }
}

function fold(answers: readonly PlacedAnswer[]): Map<number, PlacedAnswer> {
  const last = new Map<number, PlacedAnswer>();
  for (const answer of answers) {
    const known = last.get(answer.position);
    if (!known || compareEvents(known, answer) < 0) last.set(answer.position, answer);
  }
  return last;
}

const choicesOf = (last: ReadonlyMap<number, PlacedAnswer>): Map<number, string> =>
  new Map(
    [...last].flatMap(([position, { choice }]) => (choice === '' ? [] : [[position, choice] as const])),
  );

/** A page that takes over shows what the server had; what the old page alone knew stays behind. */
function onScreen(
  answers: readonly PlacedAnswer[],
  clock: Clock,
  takenOverAtMs: number,
  atMs: number,
): PlacedAnswer[] {
  return answers.filter((answer) => {
    if (answer.epoch > clock.epoch) return false;
    if (answer.epoch === clock.epoch) return answer.shownAtMs <= atMs;
    return answer.standing === 'counted' && answer.receivedAtMs <= takenOverAtMs;
  });
}

/** Before the bell the whole time is left, and it stands still in a pause. */
const remainingOf = ({ deadlineAtMs, pausedAtMs }: Clock, runsFromMs: number): number =>
  Math.max(0, (deadlineAtMs ?? 0) - (pausedAtMs ?? runsFromMs));

/** Positions that the two say differently, in their order. */
function differing(one: ReadonlyMap<number, string>, other: ReadonlyMap<number, string>): number[] {
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((position) => one.get(position) !== other.get(position))
    .sort((a, b) => a - b);
}

/**
 * What the candidate saw, and what the server had, at one moment: a pure fold of journal, events and paper, the same
 * for everybody who asks (behaviour.md part 4, idea 4).
 * @param placed from `placeAnswers`, so that many moments cost one placing
 */
export function replayAt(story: ReplayStory, placed: readonly PlacedAnswer[], atMs: number): ReplayMoment {
  const past = story.events.filter((event) => event.atMs <= atMs);
  const before: Clock = { phase: 'before', epoch: 1, deadlineAtMs: null, pausedAtMs: null };
  const clock = past.reduce(step, before);
  const takenOverAtMs = past.filter((event) => event.kind === 'taken_over').pop()?.atMs ?? story.startedAtMs;
  const shownAnswers = onScreen(placed, clock, takenOverAtMs, atMs);
  const shown = choicesOf(fold(shownAnswers));
  const received = fold(
    placed.filter((answer) => answer.standing !== 'foreign' && answer.receivedAtMs <= atMs),
  );
  const counted = choicesOf(
    fold(placed.filter(({ countsFromMs }) => countsFromMs !== null && countsFromMs <= atMs)),
  );
  const lastShown = shownAnswers.reduce<PlacedAnswer | null>(
    (last, answer) => (last === null || answer.shownAtMs >= last.shownAtMs ? answer : last),
    null,
  );
  const isOver = clock.phase === 'before' || clock.phase === 'over' || clock.deadlineAtMs === null;
  return {
    atMs,
    phase: clock.phase,
    epoch: clock.epoch,
    remainingMs: isOver ? null : remainingOf(clock, Math.max(atMs, story.startedAtMs)),
    shown,
    received,
    counted,
    unreceived: differing(shown, choicesOf(received)),
    uncounted: differing(choicesOf(received), counted),
    lastPosition: lastShown?.position ?? null,
  };
}
