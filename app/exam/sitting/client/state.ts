import type { EventKey } from '../fold.ts';
import { compareEvents } from '../fold.ts';
import type { AckBody, SentAnswer } from '../wire.ts';
import type { Ledger, SavedAnswer } from './ledger.ts';
import {
  addPending,
  confirm,
  dropPending,
  keyText,
  mergeSaved,
  openLedger,
  postpone,
  savedCount,
  shownAnswers,
} from './ledger.ts';
import type { AnswerDraft, DeviceMemo, TabNews } from './ports.ts';
import type { ServerTime } from './timing.ts';
import { guessedTime, serverNowMs } from './timing.ts';

/** `replaced`: the attempt goes on elsewhere; `closed`: handed in or over; `not_found`: not this account's. */
export type Phase = 'open' | 'closed' | 'replaced' | 'not_found';
/** `refused`: the server answers and will not take what waits here. */
export type Connection = 'idle' | 'sending' | 'retrying' | 'signed_out' | 'refused';

/** Everything the client knows. Never changed in place; the functions below give the next one. */
export interface ClientState {
  readonly epoch: number;
  readonly ledger: Ledger;
  /** Given by the candidate and on their way into the device's store, in order. */
  readonly drafts: readonly AnswerDraft[];
  readonly phase: Phase;
  readonly connection: Connection;
  /** Requests without an answer, one after the other. */
  readonly failures: number;
  /** Highest sequence number of this epoch that is known to be taken: a new answer comes after everything known. */
  readonly topSeq: number;
  /** Server time of the newest word from the server, this tab's or another's. */
  readonly heardMs: number;
  readonly savedAtMs: number | null;
  readonly deadlineAtMs: number;
  readonly closeAtMs: number;
  /** Since when the exam rests by an act of the invigilator; null while it runs. */
  readonly pausedAtMs: number | null;
  /** Counter of messages and changes of time, as last heard. */
  readonly noticeNo: number;
  readonly time: ServerTime;
  /** This tab sends for all tabs of the attempt. */
  readonly isLeading: boolean;
}

/** What the server rendered into the page. */
export interface AttemptStart {
  readonly epoch: number;
  readonly answers: readonly SavedAnswer[];
  /** Highest number the server has for this epoch; 0 when there is none. */
  readonly lastSeq: number;
  readonly savedAtMs: number | null;
  readonly serverNowMs: number;
  readonly deadlineAtMs: number;
  readonly closeAtMs: number;
  readonly pausedAtMs: number | null;
  readonly noticeNo: number;
}

export function openState(start: AttemptStart, clock: { monotonicMs: number; wallMs: number }): ClientState {
  return {
    epoch: start.epoch,
    ledger: openLedger(start.answers),
    drafts: [],
    phase: 'open',
    connection: 'idle',
    failures: 0,
    topSeq: start.lastSeq,
    heardMs: start.serverNowMs,
    savedAtMs: start.savedAtMs,
    deadlineAtMs: start.deadlineAtMs,
    closeAtMs: start.closeAtMs,
    pausedAtMs: start.pausedAtMs,
    noticeNo: start.noticeNo,
    time: { serverMs: start.serverNowMs, ...clock, isSure: false },
    isLeading: false,
  };
}

/**
 * The page as this device last knew it. A copy that was loaded without network is older than the memo; a page from the
 * server is newer, and then the memo adds nothing but confirmations the server knows as well.
 */
export function withMemo(
  state: ClientState,
  memo: DeviceMemo,
  clock: { monotonicMs: number; wallMs: number },
): ClientState {
  const merged = {
    ...state,
    epoch: Math.max(state.epoch, memo.epoch),
    ledger: mergeSaved(state.ledger, memo.saved),
  };
  const known = { ...merged, topSeq: topOf(merged, memo.saved) };
  if (state.time.isSure || memo.heardMs <= state.heardMs) return known;
  return {
    ...known,
    heardMs: memo.heardMs,
    savedAtMs: memo.savedAtMs,
    deadlineAtMs: memo.deadlineAtMs,
    closeAtMs: memo.closeAtMs,
    pausedAtMs: memo.pausedAtMs,
    time: guessedTime(memo, clock),
  };
}

/** What the device keeps of it for the next load. */
export function memoOf(state: ClientState): DeviceMemo {
  const { epoch, savedAtMs, heardMs, deadlineAtMs, closeAtMs, pausedAtMs } = state;
  const { serverMs, wallMs } = state.time;
  const saved = [...state.ledger.saved.values()];
  return { epoch, saved, savedAtMs, heardMs, deadlineAtMs, closeAtMs, pausedAtMs, serverMs, wallMs };
}

const topOf = (state: ClientState, keys: readonly EventKey[]): number =>
  Math.max(state.topSeq, ...keys.filter((key) => key.epoch === state.epoch).map((key) => key.seq));

/** The candidate has given an answer; it is shown at once. */
export function withDraft(state: ClientState, draft: AnswerDraft): ClientState {
  return { ...state, drafts: [...state.drafts, draft] };
}

/** The drafts under the numbers they are about to get; the server sorts out a number that another tab takes first. */
export function draftEvents(state: ClientState): SentAnswer[] {
  return state.drafts.map((draft, index) => ({ ...draft, seq: state.topSeq + 1 + index }));
}

/**
 * Everything the server has not confirmed, each under a number of its own, in order: what a sealed file carries. Of two
 * answers that two tabs gave the same number, both full stores, the second gets the next free one, so that neither hides
 * the other; unless a later answer of its position has overtaken it. Drafts come last, as they were given last.
 */
export function unconfirmedOf(state: ClientState): SentAnswer[] {
  const { pending } = state.ledger;
  const isSecond = (event: SentAnswer, index: number): boolean => {
    const before = pending[index - 1];
    return before !== undefined && compareEvents(before, event) === 0;
  };
  const plain = pending.map(({ dueMs: _, ...event }) => event);
  const first = plain.filter((event, index) => !isSecond(event, index));
  const again = plain
    .filter(isSecond)
    .filter((event) => event.epoch === state.epoch && isLatest(state.ledger, event));
  const overtaken = plain.filter((event, index) => isSecond(event, index) && !again.includes(event));
  const drafts = [...again, ...state.drafts].map((answer, index) => ({
    ...answer,
    seq: state.topSeq + 1 + index,
  }));
  return [...first, ...overtaken, ...drafts];
}

/** Events that wait for the server: of this page, of an earlier one, or of another tab. */
export function withPending(state: ClientState, events: readonly SentAnswer[], dueMs: number): ClientState {
  return {
    ...state,
    topSeq: topOf(state, events),
    ledger: addPending(
      state.ledger,
      events.map((event) => ({ ...event, dueMs })),
    ),
  };
}

/** A draft has become an event. */
export function withKept(
  state: ClientState,
  draft: AnswerDraft,
  event: SentAnswer,
  dueMs: number,
): ClientState {
  const drafts = state.drafts.filter((other) => other !== draft);
  return withPending({ ...state, drafts }, [event], dueMs);
}

export function withDropped(state: ClientState, events: readonly SentAnswer[]): ClientState {
  return { ...state, ledger: dropPending(state.ledger, events) };
}

/** Puts off sending these events; what waits no more stays gone. */
export function withDueMs(state: ClientState, events: readonly SentAnswer[], dueMs: number): ClientState {
  return { ...state, ledger: postpone(state.ledger, events, dueMs) };
}

/** Another tab has heard from the server. Time is taken over only forwards: news may lie in a sleeping tab for long. */
export function withNews(
  state: ClientState,
  news: TabNews,
  clock: { monotonicMs: number; wallMs: number },
): ClientState {
  const known = {
    ...state,
    ledger: confirm(state.ledger, news.counted),
    topSeq: topOf(state, news.counted),
  };
  if (news.epoch !== state.epoch || news.serverNowMs < state.heardMs) return known;
  const isAhead = !state.time.isSure || news.serverNowMs > serverNowMs(state.time, clock.monotonicMs);
  return {
    ...known,
    phase: state.phase === 'open' ? news.phase : state.phase,
    heardMs: news.serverNowMs,
    savedAtMs: news.savedAtMs ?? state.savedAtMs,
    deadlineAtMs: news.deadlineAtMs,
    closeAtMs: news.closeAtMs,
    pausedAtMs: news.pausedAtMs,
    noticeNo: news.noticeNo,
    time: isAhead ? { serverMs: news.serverNowMs, ...clock, isSure: true } : state.time,
  };
}

/** What this tab tells the others after an acknowledgement; null when it says nothing about the attempt. */
export function newsOf(state: ClientState, counted: readonly SentAnswer[], ack: AckBody): TabNews | null {
  const { epoch, phase, savedAtMs, deadlineAtMs, closeAtMs, pausedAtMs, noticeNo } = state;
  if (phase === 'not_found') return null;
  const { serverNowMs } = ack;
  return { epoch, phase, counted, savedAtMs, serverNowMs, deadlineAtMs, closeAtMs, pausedAtMs, noticeNo };
}

/** What an acknowledgement means for the events it answers. */
export interface AckReading {
  /** Among them, for conflicts that are among the counted ones already, what counts for their positions now. */
  readonly counted: readonly SentAnswer[];
  /** In the journal but not counted, or never to be stored: done with on this device. */
  readonly evidence: readonly SentAnswer[];
  /** Conflicts that still say what the candidate wants: to be given a new number. */
  readonly again: readonly SentAnswer[];
  /** Conflicts that need none: a later answer has overtaken them, or they count already. */
  readonly settled: readonly SentAnswer[];
}

function isLatest(ledger: Ledger, event: SentAnswer): boolean {
  const saved = ledger.saved.get(event.position);
  if (saved && compareEvents(saved, event) > 0) return false;
  return ledger.pending.every(
    (other) => other.position !== event.position || compareEvents(other, event) <= 0,
  );
}

/** @param isMine whether this tab gives a conflict its new number; of those alone it believes that they need none */
export function readAck(
  state: ClientState,
  sent: readonly SentAnswer[],
  ack: AckBody,
  isMine: (event: SentAnswer) => boolean,
): AckReading {
  const byKey = new Map(sent.map((event) => [keyText(event), event]));
  const named = (keys: readonly EventKey[]): SentAnswer[] =>
    keys.flatMap((key) => byKey.get(keyText(key)) ?? []);
  const conflicts = named(ack.conflicts);
  const again: SentAnswer[] = [];
  const found: SentAnswer[] = [];
  for (const { counts, ...key } of ack.conflicts)
    for (const event of named([key])) {
      if (event.epoch !== state.epoch || !isLatest(state.ledger, event)) continue;
      const now = { ...event, ...counts };
      // An older one that waits here under a number between the two would come above it: then the new number is better.
      const isTold = counts !== undefined && isLatest(dropPending(state.ledger, [event]), now);
      if (isTold && isMine(event)) found.push(now);
      else again.push(event);
    }
  return {
    counted: [...named(ack.stored.filter((event) => event.standing === 'counted')), ...found],
    evidence: named([...ack.stored.filter((event) => event.standing !== 'counted'), ...ack.notOnPaper]),
    again,
    settled: conflicts.filter((event) => !again.includes(event)),
  };
}

function phaseAfter(state: ClientState, ack: AckBody): Phase {
  if (!ack.isOpen) return 'closed';
  return ack.isThisDevice && ack.deviceEpoch === state.epoch ? 'open' : 'replaced';
}

/** The server has answered: how the attempt stands. Told at once, whatever else waits. */
export function withStand(state: ClientState, ack: AckBody, time: ServerTime): ClientState {
  return {
    ...state,
    phase: phaseAfter(state, ack),
    connection: 'idle',
    failures: 0,
    heardMs: Math.max(state.heardMs, ack.serverNowMs),
    deadlineAtMs: ack.deadlineAtMs,
    closeAtMs: ack.closeAtMs,
    pausedAtMs: ack.pausedAtMs,
    noticeNo: ack.noticeNo,
    time,
  };
}

/** Events leave the pending ones only because an acknowledgement names them. */
export function withReading(state: ClientState, reading: AckReading, ack: AckBody): ClientState {
  const { counted, evidence, settled } = reading;
  return {
    ...state,
    topSeq: Math.max(topOf(state, counted), (ack.nextSeq ?? 1) - 1),
    ledger: dropPending(confirm(state.ledger, counted), [...evidence, ...settled]),
    savedAtMs: counted.length > 0 ? ack.serverNowMs : state.savedAtMs,
  };
}

/** What the page shows. */
export interface AttemptSnapshot {
  readonly phase: Phase;
  readonly connection: Connection;
  /** Answer of each position as the candidate sees it. */
  readonly answers: ReadonlyMap<number, string>;
  /** Answers the server has confirmed and counts. */
  readonly savedCount: number;
  /** Answers on this device that the server has not confirmed. */
  readonly pendingCount: number;
  /** Of those, on their way into the device's store: not kept anywhere yet. */
  readonly draftCount: number;
  /** Requests without an answer, one after the other. */
  readonly failures: number;
  /** Server time of the last confirmation; null before the first. */
  readonly savedAtMs: number | null;
  /** False when this device cannot keep answers: then only what is confirmed survives a crash. */
  readonly isStoreSafe: boolean;
  /** False until the server has told this page the time: then what it shows of the time is a guess. */
  readonly isTimeSure: boolean;
  readonly deadlineAtMs: number;
  readonly closeAtMs: number;
  /** Since when the exam rests by an act of the invigilator; null while it runs. */
  readonly pausedAtMs: number | null;
  readonly noticeNo: number;
}

export function snapshotOf(state: ClientState, isStoreSafe: boolean): AttemptSnapshot {
  const answers = shownAnswers(state.ledger, state.epoch);
  for (const { position, choice } of state.drafts) {
    if (choice === '') answers.delete(position);
    else answers.set(position, choice);
  }
  return {
    phase: state.phase,
    connection: state.connection,
    answers,
    savedCount: savedCount(state.ledger),
    pendingCount: state.ledger.pending.length + state.drafts.length,
    draftCount: state.drafts.length,
    failures: state.failures,
    savedAtMs: state.savedAtMs,
    isStoreSafe,
    isTimeSure: state.time.isSure,
    deadlineAtMs: state.deadlineAtMs,
    closeAtMs: state.closeAtMs,
    pausedAtMs: state.pausedAtMs,
    noticeNo: state.noticeNo,
  };
}
