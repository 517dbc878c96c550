/** What a waiting page hears when it asks for the bell; instants in milliseconds since 1970. */
export interface BellBody {
  /**
   * `waiting`: the bell is still to come. `open`: here is the key. `moved`: the exam goes on on another device, this one
   * gets no key. `over`: it has ended already.
   */
  readonly state: 'waiting' | 'open' | 'moved' | 'over';
  readonly serverNowMs: number;
  readonly bellAtMs: number;
  /** Epoch of the attempt now: an envelope of another one is not this device's any more. */
  readonly epoch: number;
  /** Number of the code that opens in this room now; null where none does. With another one the page is fetched anew. */
  readonly lockNo: string | null;
  /** Content key of the envelope, base64url; only when `open`. */
  readonly key: string | null;
  /** The clock of the attempt, as every acknowledgement carries it. */
  readonly deadlineAtMs: number;
  readonly closeAtMs: number;
  readonly pausedAtMs: number | null;
  readonly noticeNo: number;
}
