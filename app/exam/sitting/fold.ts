/** One answer event as stored. */
export interface JournalEvent {
  readonly epoch: number;
  readonly seq: number;
  readonly position: number;
  /** See `choice.ts`; the empty text takes an answer back. */
  readonly choice: string;
  readonly standing: Standing;
}

/** What an event is worth. Only `counted` ones are graded; the others are evidence (design.md §3, Answer events). */
export type Standing = 'counted' | 'late' | 'foreign' | 'after_hand_in';

export interface EventKey {
  readonly epoch: number;
  readonly seq: number;
}

/** Order of events of one attempt: a later device wins over an earlier one, then the later sequence number. */
export function compareEvents(a: EventKey, b: EventKey): number {
  return a.epoch - b.epoch || a.seq - b.seq;
}

/**
 * The last counted event of each position in the order (epoch, seq), answers that were taken back (empty choice)
 * included. The order in which events arrived plays no part.
 */
export function lastEvents<Event extends JournalEvent>(events: Iterable<Event>): Map<number, Event> {
  const last = new Map<number, Event>();
  for (const event of events) {
    if (event.standing !== 'counted') continue;
    const known = last.get(event.position);
    if (!known || compareEvents(known, event) < 0) last.set(event.position, event);
  }
  return last;
}

/** The answers an attempt stands at, as graded. Positions without an answer, or with one taken back, are left out. */
export function foldAnswers(events: Iterable<JournalEvent>): Map<number, string> {
  const answers = new Map<number, string>();
  for (const [position, { choice }] of lastEvents(events)) if (choice !== '') answers.set(position, choice);
  return answers;
}
