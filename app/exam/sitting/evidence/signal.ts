/**
 * What a page notices besides answers. Evidence for people to weigh, never a verdict (behaviour.md 2.5): nothing is
 * marked or refused because of a signal, only the focus rule that a sitting states beforehand may end an attempt.
 */
export const SIGNAL_KINDS = ['focus_lost', 'focus_back', 'copied', 'reconnected', 'gap'] as const;
export type SignalKind = (typeof SIGNAL_KINDS)[number];

/** Most signals kept for one attempt; what comes after is taken and forgotten, so that nobody fills the journal. */
export const MAX_SIGNALS_OF_ATTEMPT = 500;
/** Most signals of one request, and most that wait on a device. */
export const MAX_SIGNALS_OF_REQUEST = 40;

/** One signal as a device sends it. */
export interface Signal {
  /** Made on the device; the same one sent twice is kept once. */
  readonly id: string;
  readonly kind: SignalKind;
  /** Server time at which it happened, as far as the page knew it: evidence, never authority. */
  readonly atMs: number;
  /** `focus_back`, `reconnected`, `gap`: how long it lasted; null for the others. */
  readonly lastedMs: number | null;
  /** `copied`: how many characters; null for the others. */
  readonly characters: number | null;
}

/** The answer to signals as it goes over the wire. */
export interface SignalAck {
  /** How often the candidate has left the page so far; pauses not counted. */
  readonly focusLosses: number;
  /** False once the attempt is over, also by the focus rule of its sitting. */
  readonly isOpen: boolean;
}
