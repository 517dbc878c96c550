import type { EventKey, Standing } from './fold.ts';

/** One answer as a device sends it; see `choice.ts` for the text of a choice. */
export interface SentAnswer extends EventKey {
  readonly position: number;
  readonly choice: string;
  /** The device's own clock in ISO form: evidence, never believed; null from the plain form. */
  readonly clientTime: string | null;
}

/** Code of the answer (422) to events of an attempt whose journal has taken all it takes: none of them was stored. */
export const TOO_MANY_ANSWERS = 'TOO_MANY_ANSWERS';

/** The acknowledgement of a save as it goes over the wire; instants in milliseconds since 1970. */
export interface AckBody {
  /** Every event that lies in the journal now, and what it is worth there. Only these may leave the device. */
  readonly stored: readonly (EventKey & { readonly standing: Standing })[];
  /**
   * Known under the same key with other content: to be sent again under a new key. With `counts`, the very answer is among
   * the counted ones already, under another number that a sealed file or a page killed meanwhile has given it, and this is
   * what counts for its position now. A server of an earlier version never says so.
   */
  readonly conflicts: readonly (EventKey & {
    readonly counts?: { readonly seq: number; readonly choice: string };
  })[];
  /** Named a position the paper does not have: will never be stored. */
  readonly notOnPaper: readonly EventKey[];
  /** First free sequence number of the epoch; only with conflicts. */
  readonly nextSeq: number | null;
  /** False once the attempt is closed, by hand-in or by time. */
  readonly isOpen: boolean;
  /** False when the attempt goes on elsewhere: this page must stop writing. */
  readonly isThisDevice: boolean;
  /** Epoch of the attempt now; a page of an older one must stop writing, too. */
  readonly deviceEpoch: number;
  readonly serverNowMs: number;
  readonly deadlineAtMs: number;
  readonly closeAtMs: number;
  /** Since when the exam rests by an act of the invigilator; null while it runs. The time is given back at the end. */
  readonly pausedAtMs: number | null;
  /** Rises with every message to the candidate and every change of time: the page asks for messages only then. */
  readonly noticeNo: number;
}

/** What the invigilator has told the candidate. */
export interface RoomMessage {
  readonly id: string;
  readonly text: string;
  readonly atMs: number;
}
