import type { AckBody, SentAnswer } from '../wire.ts';
import type { SavedAnswer } from './ledger.ts';

/** What an answer says before it has its number. */
export type AnswerDraft = Omit<SentAnswer, 'seq'>;

/**
 * What the server has confirmed, as this device knows it: a page that is loaded again without the network (from the
 * service worker's copy, which is as old as the last load) starts from here and not from its own old text.
 */
export interface DeviceMemo {
  readonly epoch: number;
  readonly saved: readonly SavedAnswer[];
  readonly savedAtMs: number | null;
  /** Server time as last heard. */
  readonly heardMs: number;
  /** Server time as reckoned by this device and the device's wall clock, both at the last acknowledgement. */
  readonly serverMs: number;
  readonly wallMs: number;
  readonly deadlineAtMs: number;
  readonly closeAtMs: number;
  readonly pausedAtMs: number | null;
}

export interface DeviceContents {
  readonly events: readonly SentAnswer[];
  /** Null before the first acknowledgement. */
  readonly memo: DeviceMemo | null;
}

/** Where answers wait on the device until the server has them. One store per attempt, shared by its tabs. */
export interface EventStore {
  /**
   * Keeps an answer durably and gives it the next sequence number of its epoch, in one step across all tabs.
   * @param leastSeq the number is at least this one
   */
  append(draft: AnswerDraft, leastSeq: number): Promise<SentAnswer>;
  read(): Promise<DeviceContents>;
  /**
   * Takes these very events out, because an acknowledgement has named them, and keeps what is confirmed now: in one
   * step. Another answer under the same number stays.
   */
  settle(events: readonly SentAnswer[], memo: DeviceMemo | null): Promise<void>;
  /**
   * Wipes everything of the attempt from the device, in one step across all tabs, unless an answer still waits there (of
   * a tab that died before it could say so): then false, and nothing is touched.
   */
  clear(): Promise<boolean>;
  /** Asks the browser not to throw the store away when the disk runs short; it may refuse. */
  persist?(): void;
}

export type SendResult =
  | { readonly kind: 'ack'; readonly ack: AckBody }
  /** The session has ended; nothing is lost, the person has to sign in again. */
  | { readonly kind: 'signed_out' }
  /** No such attempt for this account. */
  | { readonly kind: 'not_found' }
  /** The server will not take these events, now or later: they stay on the device, and the page says so. */
  | { readonly kind: 'refused' }
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

/** What an acknowledgement to one tab means for the others. */
export interface TabNews {
  readonly epoch: number;
  readonly phase: 'open' | 'closed' | 'replaced';
  readonly counted: readonly SentAnswer[];
  readonly savedAtMs: number | null;
  readonly serverNowMs: number;
  readonly deadlineAtMs: number;
  readonly closeAtMs: number;
  readonly pausedAtMs: number | null;
  readonly noticeNo: number;
}

/** What one tab tells the others, so that they show the same and do not send what is done. */
export type TabMessage =
  /** A tab has come: what the others hold is told to it, so that its numbers come after theirs. */
  | { readonly kind: 'opened' }
  | { readonly kind: 'appended'; readonly event: SentAnswer }
  | { readonly kind: 'heard'; readonly news: TabNews }
  /** No longer waiting, for another reason: evidence by now, or sent under another number. */
  | { readonly kind: 'dropped'; readonly events: readonly SentAnswer[] };

/** The other tabs of this browser that show the same attempt. */
export interface Tabs {
  post(message: TabMessage): void;
  /** The result stops listening. */
  listen(onMessage: (message: TabMessage) => void): () => void;
  /**
   * Asks to be the tab that sends for all. Calls back once that is so: at once when there is no other, later when the
   * leading tab has gone, however it went. The result gives the lead up.
   */
  lead(onLead: () => void): () => void;
}

/** The paper's own copy on the device, from which the page loads while there is no network, and the notes on it. */
export interface PageCopy {
  /** Makes or renews the copy, some time soon. */
  keep(): void;
  /** Never rejects. */
  drop(): Promise<void>;
}

/**
 * The highest number this device has given out or heard of: a few bytes in a place of their own, which a full store leaves
 * usable. No clock is asked, so nobody who sets one back makes a later page number below an earlier one.
 */
export interface NumberNote {
  /** 0 where nothing is noted. */
  top(): number;
  /** Never lowers it; lost where the browser keeps nothing at all. */
  note(seq: number): void;
}

export interface ClientPorts {
  readonly store: EventStore;
  readonly transport: Transport;
  readonly clock: DeviceClock;
  readonly tabs: Tabs;
  readonly numbers: NumberNote;
  readonly copy: PageCopy;
  /** 0 ≤ result < 1; spreads retries and heartbeats. */
  random(): number;
}
