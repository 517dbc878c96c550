import { compareEvents } from '../fold.ts';
import type { EventKey } from '../fold.ts';
import type { SentAnswer } from '../wire.ts';

/** What the server holds, and what it has not confirmed yet. Pure bookkeeping: no clock, no network, no storage. */
export interface Ledger {
  /** Confirmed answers by position, with the key of the event that gave each; empty choices kept. */
  readonly saved: ReadonlyMap<number, SavedAnswer>;
  /** Not confirmed, ascending by key; events of older epochs are carried too, as evidence. */
  readonly pending: readonly PendingAnswer[];
}

export interface PendingAnswer extends SentAnswer {
  /** Running clock at which this tab sends it. */
  readonly dueMs: number;
}

export const keyText = ({ epoch, seq }: EventKey): string => `${epoch}.${seq}`;

/** The event itself: two tabs whose store fails may give out the same number, and neither answer may hide the other. */
export const eventText = (event: SentAnswer): string =>
  `${keyText(event)} ${event.position} ${event.choice} ${event.clientTime}`;

/** A confirmed answer of a position, with the key of the event that gave it. */
export interface SavedAnswer extends EventKey {
  readonly position: number;
  readonly choice: string;
}

/** The ledger of a page that has just been loaded: what the server knew when it rendered. */
export function openLedger(answers: readonly SavedAnswer[]): Ledger {
  return { saved: new Map(answers.map((answer) => [answer.position, answer])), pending: [] };
}

/** Adds events that are not confirmed yet; those known already are left as they are. */
export function addPending(ledger: Ledger, events: readonly PendingAnswer[]): Ledger {
  const known = new Set(ledger.pending.map(eventText));
  const fresh = events.filter((event) => !known.has(eventText(event)));
  return { ...ledger, pending: [...ledger.pending, ...fresh].sort(compareEvents) };
}

/** Takes events out of the pending ones: confirmed, replaced under another key, or not on the paper. */
export function dropPending(ledger: Ledger, events: readonly SentAnswer[]): Ledger {
  const gone = new Set(events.map(eventText));
  return { ...ledger, pending: ledger.pending.filter((event) => !gone.has(eventText(event))) };
}

/** These of the pending events are sent at another time. */
export function postpone(ledger: Ledger, events: readonly SentAnswer[], dueMs: number): Ledger {
  const later = new Set(events.map(eventText));
  const pending = ledger.pending.map((event) => (later.has(eventText(event)) ? { ...event, dueMs } : event));
  return { ...ledger, pending };
}

/** Events the server counts. They may be confirmed in any order; the later key of a position stands. */
export function confirm(ledger: Ledger, events: readonly SentAnswer[]): Ledger {
  const answers = events.map(({ epoch, seq, position, choice }) => ({ epoch, seq, position, choice }));
  return mergeSaved(dropPending(ledger, events), answers);
}

/** Confirmed answers learned from elsewhere; the later key of a position stands. */
export function mergeSaved(ledger: Ledger, answers: readonly SavedAnswer[]): Ledger {
  const saved = new Map(ledger.saved);
  for (const answer of answers) {
    const known = saved.get(answer.position);
    if (!known || compareEvents(known, answer) < 0) saved.set(answer.position, answer);
  }
  return { ...ledger, saved };
}

/** Positions with an answer that the server has confirmed and counts. */
export function savedCount(ledger: Ledger): number {
  return [...ledger.saved.values()].filter((answer) => answer.choice !== '').length;
}

/** What the page shows: confirmed answers with this epoch's unconfirmed ones on top. */
export function shownAnswers(ledger: Ledger, epoch: number): Map<number, string> {
  const shown = new Map<number, string>();
  for (const [position, { choice }] of ledger.saved) if (choice !== '') shown.set(position, choice);
  for (const event of ledger.pending) {
    const saved = ledger.saved.get(event.position);
    // An older answer whose confirmation was lost does not stand above the newer one.
    if (event.epoch !== epoch || (saved && compareEvents(saved, event) > 0)) continue;
    if (event.choice === '') shown.delete(event.position);
    else shown.set(event.position, event.choice);
  }
  return shown;
}
