import type { SentAnswer } from '../wire.ts';
import { keyText } from './ledger.ts';
import type { ClientPorts, SendResult } from './ports.ts';
import type { ClientState } from './state.ts';
import { backoffMs, closingMs, heartbeatMs, pausedMs, serverNowMs, signedOutRetryMs } from './timing.ts';

/** Most events of one request; below the server's limit, so that a request stays far below 64 KB. */
export const CHUNK = 100;

/** An input method that has not ended its composition by then never will: browsers lose that event now and then. */
const LONGEST_HOLD_MS = 10_000;

export interface SenderOptions {
  readonly ports: Pick<ClientPorts, 'transport' | 'clock' | 'random'>;
  state(): ClientState;
  /** Called before a request that carries events. */
  onSending(): void;
  /** Works the answer in; `sentMs` is the running clock when the request left. */
  onResult(result: SendResult, sent: readonly SentAnswer[], sentMs: number): Promise<void>;
}

/** Decides when to ask the server and asks it, one request at a time. */
export interface Sender {
  /** Sets the timer for what is due next. Call it whenever something has changed. */
  plan(): void;
  /** Sends what is due now; without anything due it asks for the time and the state. */
  send(): Promise<void>;
  /** Sends everything; true when nothing is left unconfirmed. */
  flush(): Promise<boolean>;
  /** Nothing is sent while held, for ten seconds at most. */
  hold(isHeld: boolean): void;
  start(): void;
  stop(): void;
}

/**
 * Events as they go over the wire, each number once: an acknowledgement names numbers. A second answer under the same
 * one goes with the next request and gets a new number then. @param limit most events of one request
 */
export function wireEvents(state: ClientState, dueBeforeMs: number, limit = CHUNK): SentAnswer[] {
  return state.ledger.pending
    .filter((event) => event.dueMs <= dueBeforeMs)
    .filter((event, index, due) => index === 0 || keyText(event) !== keyText(due[index - 1] ?? event))
    .slice(0, limit)
    .map(({ epoch, seq, position, choice, clientTime }) => ({ epoch, seq, position, choice, clientTime }));
}

/** Milliseconds until the next request; null when there is nothing left to say. */
export function nextRequestMs(state: ClientState, nowMs: number, random: number): number | null {
  const { pending } = state.ledger;
  if (state.phase === 'not_found' || (state.phase !== 'open' && pending.length === 0)) return null;
  if (state.connection === 'signed_out') return signedOutRetryMs(random);
  if (state.failures > 0) return backoffMs(state.failures, random);
  if (pending.length === 0) {
    if (state.pausedAtMs !== null) return pausedMs(random);
    // Around the deadline an idle page asks more often: it has to hear that the attempt was closed.
    const leftMs = state.deadlineAtMs - serverNowMs(state.time, nowMs);
    return Math.min(heartbeatMs(random, state.isLeading), Math.max(0, leftMs) + closingMs(random));
  }
  return Math.max(0, Math.min(...pending.map((event) => event.dueMs)) - nowMs);
}

export function createSender(options: SenderOptions): Sender {
  const { transport, clock, random } = options.ports;
  let cancelTimer: (() => void) | null = null;
  let underWay: Promise<void> | null = null;
  /** Ends the hold by itself; null while nothing is held. */
  let cancelHold: (() => void) | null = null;
  let isStopped = false;
  /** Set once per failure: answers given meanwhile must not put the next try off. */
  let retryAtMs: number | null = null;

  function pauseMs(): number | null {
    const state = options.state();
    const nowMs = clock.monotonicMs();
    const ms = nextRequestMs(state, nowMs, random());
    if (ms === null || (state.failures === 0 && state.connection !== 'signed_out')) return ms;
    retryAtMs ??= nowMs + ms;
    return Math.max(0, retryAtMs - nowMs);
  }

  function plan(): void {
    cancelTimer?.();
    cancelTimer = null;
    if (cancelHold || isStopped || underWay) return;
    const ms = pauseMs();
    if (ms !== null) cancelTimer = clock.after(ms, () => void request(clock.monotonicMs()));
  }

  async function once(dueBeforeMs: number): Promise<void> {
    const events = wireEvents(options.state(), dueBeforeMs);
    if (events.length > 0) options.onSending();
    const sentMs = clock.monotonicMs();
    await options.onResult(await transport.send(events), events, sentMs);
  }

  /** One request at a time: whoever asks while one is under way gets its end. */
  function request(dueBeforeMs: number): Promise<void> {
    if (underWay) return underWay;
    cancelTimer?.();
    retryAtMs = null;
    underWay = once(dueBeforeMs).finally(() => {
      underWay = null;
      plan();
    });
    return underWay;
  }

  async function flush(): Promise<boolean> {
    if (underWay) await underWay;
    // Nothing is sent inside a composition; its end sends.
    if (cancelHold) return false;
    // At least one request, also without events: it tells whether the server is there and the attempt still open.
    for (;;) {
      const before = options.state().ledger.pending.length;
      await request(Infinity);
      const { connection, phase, ledger } = options.state();
      if (isStopped || connection !== 'idle' || phase === 'not_found') return false;
      if (ledger.pending.length === 0) return true;
      // An acknowledgement that names nothing would be asked for again without end.
      if (ledger.pending.length >= before && before > 0) return false;
    }
  }

  function hold(isHeld: boolean): void {
    cancelHold?.();
    cancelHold = isHeld ? clock.after(LONGEST_HOLD_MS, () => hold(false)) : null;
    plan();
  }

  return {
    plan,
    send: () => request(clock.monotonicMs()),
    flush,
    hold,
    start: () => {
      isStopped = false;
    },
    stop: () => {
      isStopped = true;
      hold(false);
      cancelTimer?.();
    },
  };
}
