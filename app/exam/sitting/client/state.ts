import type { EventKey } from '../fold.ts';
import { compareEvents } from '../fold.ts';
import type { AckBody, SentAnswer } from '../wire.ts';
import type { Ledger, SavedAnswer } from './ledger.ts';
import { addPending, confirm, dropPending, keyText, openLedger, savedCount, shownAnswers } from './ledger.ts';
import type { AnswerDraft } from './ports.ts';
import type { ServerTime } from './timing.ts';

/** `replaced`: the attempt goes on elsewhere; `closed`: handed in or over; `not_found`: not this account's. */
export type Phase = 'open' | 'closed' | 'replaced' | 'not_found';
export type Connection = 'idle' | 'sending' | 'retrying' | 'signed_out';

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
  /** Highest sequence number of this epoch that is known to be taken. */
  readonly topSeq: number;
  readonly savedAtMs: number | null;
  readonly deadlineAtMs: number;
  readonly closeAtMs: number;
  readonly time: ServerTime;
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
    savedAtMs: start.savedAtMs,
    deadlineAtMs: start.deadlineAtMs,
    closeAtMs: start.closeAtMs,
    time: { serverMs: start.serverNowMs, ...clock },
  };
}

/** The candidate has given an answer; it is shown at once. */
export function withDraft(state: ClientState, draft: AnswerDraft): ClientState {
  return { ...state, drafts: [...state.drafts, draft] };
}

/** Events that wait for the server: of this page, of an earlier one, or of another tab. */
export function withPending(state: ClientState, events: readonly SentAnswer[], dueMs: number): ClientState {
  const own = events.filter((event) => event.epoch === state.epoch).map((event) => event.seq);
  return {
    ...state,
    topSeq: Math.max(state.topSeq, ...own),
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

export function withDropped(state: ClientState, keys: readonly EventKey[]): ClientState {
  return { ...state, ledger: dropPending(state.ledger, keys) };
}

/** Another tab's events were confirmed. */
export function withConfirmed(
  state: ClientState,
  events: readonly SentAnswer[],
  savedAtMs: number,
): ClientState {
  return {
    ...state,
    ledger: confirm(state.ledger, events),
    savedAtMs: Math.max(state.savedAtMs ?? 0, savedAtMs),
  };
}

/** What an acknowledgement means for the events it answers. */
export interface AckReading {
  readonly counted: readonly SentAnswer[];
  /** In the journal but not counted, or never to be stored: done with on this device. */
  readonly evidence: readonly SentAnswer[];
  /** Conflicts that still say what the candidate wants: to be given a new number. */
  readonly again: readonly SentAnswer[];
  /** Conflicts that a later answer has overtaken. */
  readonly overtaken: readonly SentAnswer[];
}

function isLatest(ledger: Ledger, event: SentAnswer): boolean {
  const saved = ledger.saved.get(event.position);
  if (saved && compareEvents(saved, event) > 0) return false;
  return ledger.pending.every(
    (other) => other.position !== event.position || compareEvents(other, event) <= 0,
  );
}

export function readAck(state: ClientState, sent: readonly SentAnswer[], ack: AckBody): AckReading {
  const byKey = new Map(sent.map((event) => [keyText(event), event]));
  const named = (keys: readonly EventKey[]): SentAnswer[] =>
    keys.flatMap((key) => byKey.get(keyText(key)) ?? []);
  const conflicts = named(ack.conflicts);
  const isWanted = (event: SentAnswer): boolean =>
    event.epoch === state.epoch && isLatest(state.ledger, event);
  return {
    counted: named(ack.stored.filter((event) => event.standing === 'counted')),
    evidence: named([...ack.stored.filter((event) => event.standing !== 'counted'), ...ack.notOnPaper]),
    again: conflicts.filter(isWanted),
    overtaken: conflicts.filter((event) => !isWanted(event)),
  };
}

function phaseAfter(state: ClientState, ack: AckBody): Phase {
  if (!ack.isOpen) return 'closed';
  return ack.isThisDevice && ack.deviceEpoch === state.epoch ? 'open' : 'replaced';
}

/** The server has answered. Events leave the pending ones only because the acknowledgement names them. */
export function withAck(
  state: ClientState,
  reading: AckReading,
  ack: AckBody,
  time: ServerTime,
): ClientState {
  const { counted, evidence, overtaken } = reading;
  return {
    ...state,
    phase: phaseAfter(state, ack),
    connection: 'idle',
    failures: 0,
    topSeq: Math.max(state.topSeq, (ack.nextSeq ?? 1) - 1),
    ledger: dropPending(confirm(state.ledger, counted), [...evidence, ...overtaken]),
    savedAtMs: counted.length > 0 ? ack.serverNowMs : state.savedAtMs,
    deadlineAtMs: ack.deadlineAtMs,
    closeAtMs: ack.closeAtMs,
    time,
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
  /** Server time of the last confirmation; null before the first. */
  readonly savedAtMs: number | null;
  /** False when this device cannot keep answers: then only what is confirmed survives a crash. */
  readonly isStoreSafe: boolean;
  readonly deadlineAtMs: number;
  readonly closeAtMs: number;
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
    savedAtMs: state.savedAtMs,
    isStoreSafe,
    deadlineAtMs: state.deadlineAtMs,
    closeAtMs: state.closeAtMs,
  };
}
