import type { Signal, SignalAck, SignalKind } from '../evidence/signal.ts';
import { MAX_SIGNALS_OF_REQUEST } from '../evidence/signal.ts';
import type { DeviceClock } from './ports.ts';
import { backoffMs } from './timing.ts';

/** A signal waits this long, so that what belongs together goes together, and answers go first. */
const GATHER_MS = 1_000;

export type SignalResult =
  | { readonly kind: 'taken'; readonly ack: SignalAck }
  /** The server will never take them (another account, a body it does not know): they are dropped. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed' };

export interface EvidencePorts {
  readonly clock: Pick<DeviceClock, 'monotonicMs' | 'after'>;
  /** Server time as the page knows it. */
  nowMs(): number;
  newId(): string;
  random(): number;
  /** Where signals wait across reloads; a device that keeps nothing loses only unsent signals. */
  readonly notes: { read(): readonly Signal[]; write(signals: readonly Signal[]): void };
  /**
   * Called before signals leave: what the candidate has answered so far reaches the server first, as a signal may end the
   * attempt. False when it did not: then the signals wait, too.
   */
  saveFirst(): Promise<boolean>;
  /** Never rejects. */
  send(signals: readonly Signal[]): Promise<SignalResult>;
  onAck(ack: SignalAck): void;
}

export type SignalMeasure = Partial<Pick<Signal, 'lastedMs' | 'characters'>>;

/** Takes what the page notices to the server: kept on the device until the server has it, and sent again until then. */
export interface Evidence {
  note(kind: SignalKind, measure?: SignalMeasure): void;
  /** Sends what an earlier page has left. */
  open(): void;
  close(): void;
}

export function createEvidence(ports: EvidencePorts): Evidence {
  let cancelTimer: (() => void) | null = null;
  let isSending = false;
  let isOpen = false;
  let failures = 0;

  const plan = (ms: number): void => {
    if (!isOpen || isSending || cancelTimer !== null) return;
    cancelTimer = ports.clock.after(ms, () => {
      cancelTimer = null;
      void send();
    });
  };

  const forget = (sent: readonly Signal[]): void => {
    const gone = new Set(sent.map((signal) => signal.id));
    ports.notes.write(ports.notes.read().filter((signal) => !gone.has(signal.id)));
  };

  async function sendAfterAnswers(signals: readonly Signal[]): Promise<SignalResult> {
    if (signals.length === 0) return { kind: 'refused' };
    return (await ports.saveFirst()) ? ports.send(signals) : { kind: 'failed' };
  }

  async function send(): Promise<void> {
    isSending = true;
    const signals = ports.notes.read().slice(0, MAX_SIGNALS_OF_REQUEST);
    const result = await sendAfterAnswers(signals);
    isSending = false;
    if (result.kind === 'failed') {
      failures += 1;
      return plan(backoffMs(failures, ports.random()));
    }
    failures = 0;
    forget(signals);
    if (result.kind === 'taken') ports.onAck(result.ack);
    if (ports.notes.read().length > 0) plan(GATHER_MS);
  }

  return {
    note: (kind, { lastedMs = null, characters = null } = {}) => {
      const waiting = ports.notes.read();
      // A device that is offline for long keeps the first ones: they say when it began.
      if (waiting.length >= MAX_SIGNALS_OF_REQUEST) return;
      const atMs = Math.max(0, Math.round(ports.nowMs()));
      ports.notes.write([...waiting, { id: ports.newId(), kind, atMs, lastedMs, characters }]);
      plan(GATHER_MS);
    },
    open: () => {
      isOpen = true;
      if (ports.notes.read().length > 0) plan(GATHER_MS);
    },
    close: () => {
      isOpen = false;
      cancelTimer?.();
      cancelTimer = null;
    },
  };
}
