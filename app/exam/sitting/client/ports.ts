import type { EventKey } from '../fold.ts';
import type { AckBody, SentAnswer } from '../wire.ts';

/** What an answer says before it has its number. */
export type AnswerDraft = Omit<SentAnswer, 'seq'>;

/** Where answers wait on the device until the server has them. One store per attempt, shared by its tabs. */
export interface EventStore {
  /**
   * Keeps an answer durably and gives it the next sequence number of its epoch, in one step across all tabs.
   * @param leastSeq the number is at least this one
   */
  append(draft: AnswerDraft, leastSeq: number): Promise<SentAnswer>;
  list(): Promise<SentAnswer[]>;
  remove(keys: readonly EventKey[]): Promise<void>;
  /** Wipes everything of the attempt from the device. */
  clear(): Promise<void>;
}

export type SendResult =
  | { readonly kind: 'ack'; readonly ack: AckBody }
  /** The session has ended; nothing is lost, the person has to sign in again. */
  | { readonly kind: 'signed_out' }
  /** No such attempt for this account. */
  | { readonly kind: 'not_found' }
  /** No answer, or one that says nothing about the events: they may or may not have arrived. */
  | { readonly kind: 'failed' };

export interface Transport {
  /** Never rejects. Without events it asks for the time and the state. */
  send(events: readonly SentAnswer[]): Promise<SendResult>;
  /** Fire and forget, while the page goes away. */
  beacon(events: readonly SentAnswer[]): void;
}

export interface DeviceClock {
  /** Milliseconds that only ever run forwards, from any origin. */
  monotonicMs(): number;
  /** The device's wall clock; may be wrong by years and jump at any time. */
  wallMs(): number;
  /** Calls `run` once after `ms`; the result cancels it. */
  after(ms: number, run: () => void): () => void;
}

/** What one tab tells the others, so that they show the same and do not send what is done. */
export type TabMessage =
  | { readonly kind: 'appended'; readonly event: SentAnswer }
  | {
      readonly kind: 'acknowledged';
      readonly events: readonly SentAnswer[];
      readonly savedAtMs: number;
    }
  /** No longer waiting, for another reason: evidence by now, or sent under another number. */
  | { readonly kind: 'dropped'; readonly keys: readonly EventKey[] };

/** The other tabs of this browser that show the same attempt. */
export interface Tabs {
  post(message: TabMessage): void;
  /** The result stops listening. */
  listen(onMessage: (message: TabMessage) => void): () => void;
}

export interface ClientPorts {
  readonly store: EventStore;
  readonly transport: Transport;
  readonly clock: DeviceClock;
  readonly tabs: Tabs;
  /** 0 ≤ result < 1; spreads retries and heartbeats. */
  random(): number;
}
