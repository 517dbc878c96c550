import type { RoomView } from '../../sitting/attempt-view.server.ts';
import type { DeviceClock, DeviceMemo } from '../../sitting/client/ports.ts';
import type { ServerTime } from '../../sitting/client/timing.ts';
import { serverNowMs, serverTimeFrom } from '../../sitting/client/timing.ts';
import type { BellBody } from '../bell.ts';
import type { Envelope } from '../envelope.ts';
import { openEnvelope, unlockEnvelope } from '../envelope.ts';
import { readOpeningCode } from '../opening-code.ts';

/** While nothing is due, how often the page asks: a new code or a move to another device takes at most 25 s to arrive. */
const ASK_MS = 20_000;
/** A hall asks for its keys spread over this time. */
const BELL_SPREAD_MS = 500;
/** After the bell, without an answer. */
const RETRY_MS = 2_000;
/** After the bell, while the room rests, or while fetching the page anew was of no use. */
const REST_MS = 5_000;
/** A store that hangs must not keep a paper shut. */
const STORE_LIMIT_MS = 1_000;

export type AskResult =
  | { readonly kind: 'bell'; readonly bell: BellBody }
  | { readonly kind: 'signed_out' }
  /** No answer: nothing is known. */
  | { readonly kind: 'failed' };

/** What the server rendered into the page. */
export interface WaitingStart {
  readonly bellAtMs: number;
  readonly serverNowMs: number;
  readonly envelope: Envelope;
  /** The bell has rung and the room rests since before it. */
  readonly isHeld: boolean;
}

export interface WaitingPorts {
  readonly clock: DeviceClock;
  /** False without WebCrypto (plain http): then the page itself is fetched at the bell. */
  readonly canOpen: boolean;
  /** Never rejects. */
  ask(): Promise<AskResult>;
  /** The key of an envelope that was opened on this device; null when there is none. */
  readKey(): string | null;
  keepKey(key: string): void;
  /** Keeps the time as it is known at an opening without network, for a later load without network. */
  keepTime(memo: DeviceMemo): Promise<void>;
  /** Fetches the page from the server once more. */
  reload(): void;
  /** Why this device last did so, remembered across loads; null: it never did, or remembers nothing. */
  readReload(): string | null;
  keepReload(why: string): void;
  /** Something broke that was not the network. */
  report(error: unknown): void;
  /** 0 ≤ result < 1. */
  random(): number;
}

/**
 * What a typed code came to. `too_early`: the server answers and has said that the exam has not begun. `damaged`: the
 * envelope or its lock cannot be read, whatever the code.
 */
export type CodeAnswer = 'opened' | 'no_code' | 'too_early' | 'wrong' | 'damaged';

export interface WaitingSnapshot {
  /** The exam room from the envelope; null until it is open. */
  readonly room: RoomView | null;
  /** The server has said on this page what time it is. */
  readonly isTimeSure: boolean;
  /** Requests without an answer, one after the other. */
  readonly failures: number;
  readonly isSignedOut: boolean;
  /** The bell has rung, but the exam rests: the paper opens when it goes on. */
  readonly isHeld: boolean;
}

export interface WaitingClient {
  snapshot(): WaitingSnapshot;
  /** The result stops it. */
  subscribe(onChange: () => void): () => void;
  open(): Promise<void>;
  /** Opens the envelope by the 开卷口令; takes about a second. */
  enterCode(typed: string): Promise<CodeAnswer>;
  /** Server time as far as this page knows it. */
  nowMs(): number;
  close(): void;
}

/** Milliseconds until the page asks again. */
export function nextAskMs(
  state: {
    readonly nowMs: number;
    readonly bellAtMs: number;
    readonly failures: number;
    /** Nothing new is to be expected within a moment. */
    readonly isResting: boolean;
  },
  random: number,
): number {
  const leftMs = state.bellAtMs - state.nowMs;
  const spread = 0.75 + random / 2;
  const afterBellMs = state.failures > 0 ? RETRY_MS : state.isResting ? REST_MS : BELL_SPREAD_MS;
  if (leftMs <= 0) return Math.round(afterBellMs * spread);
  return Math.round(Math.min(ASK_MS * spread, leftMs + BELL_SPREAD_MS * random));
}

/**
 * The room as the bell found it: the envelope was made before, its clock may have been moved since. `noticeNo` stays the
 * envelope's, as its messages are: what was told while the page waited is fetched because the next word from the server
 * carries another number.
 */
function atBell(room: RoomView, bell: BellBody): RoomView {
  const { serverNowMs, deadlineAtMs, closeAtMs, pausedAtMs } = bell;
  return { ...room, start: { ...room.start, serverNowMs, deadlineAtMs, closeAtMs, pausedAtMs } };
}

/** The server's answer for which a page fetched anew would be another one. */
const reasonOf = ({ state, lockNo, bellAtMs, epoch }: BellBody): string =>
  [state, lockNo, bellAtMs, epoch].join(' ');

function memoOf({ start }: RoomView, nowMs: number, wallMs: number): DeviceMemo {
  const { epoch, deadlineAtMs, closeAtMs } = start;
  return {
    ...{ epoch, deadlineAtMs, closeAtMs, wallMs },
    saved: [],
    savedAtMs: null,
    pausedAtMs: null,
    // Newer than the page in the envelope, older than the first word from the server.
    heardMs: start.serverNowMs + 1,
    serverMs: Math.max(nowMs, start.serverNowMs),
  };
}

/**
 * Waits for the bell with the paper in its envelope: asks the server for the key, or takes the code that is announced in
 * the room when the server does not answer. Which of the two comes first opens it; the device's own clock opens nothing.
 * Free of the DOM.
 */
export function createWaitingClient(start: WaitingStart, ports: WaitingPorts): WaitingClient {
  const { clock } = ports;
  const { envelope, bellAtMs } = start;
  const listeners = new Set<() => void>();
  const { isHeld } = start;
  let shown: WaitingSnapshot = { room: null, isTimeSure: false, failures: 0, isSignedOut: false, isHeld };
  let time: ServerTime = {
    serverMs: start.serverNowMs,
    monotonicMs: clock.monotonicMs(),
    wallMs: clock.wallMs(),
    isSure: false,
  };
  let cancelTimer: (() => void) | null = null;
  let isStopped = true;
  /** When this page was opened, or last fetched anew. */
  let freshMs = clock.monotonicMs();
  let isReloadVain = false;

  const nowMs = (): number => serverNowMs(time, clock.monotonicMs());
  const become = (change: Partial<WaitingSnapshot>): void => {
    shown = { ...shown, ...change };
    listeners.forEach((listener) => listener());
  };
  const stop = (): void => {
    isStopped = true;
    cancelTimer?.();
  };
  const show = (room: RoomView): void => {
    stop();
    become({ room });
  };

  /** Made by our server alone, and changed by nobody: its tag says so. */
  const roomIn = async (key: string): Promise<RoomView | null> => {
    const page = await openEnvelope(envelope, key);
    return page === null ? null : (JSON.parse(page) as RoomView);
  };

  /** At once for a new reason; for the same one in the rhythm of asking, or a stale copy would load itself without end. */
  function fetchAnew(bell: BellBody): void {
    const why = reasonOf(bell);
    isReloadVain = ports.readReload() === why && clock.monotonicMs() - freshMs < ASK_MS;
    if (isReloadVain) return;
    freshMs = clock.monotonicMs();
    ports.keepReload(why);
    ports.reload();
  }

  async function heardBell(bell: BellBody): Promise<void> {
    const isAsRendered = bell.lockNo === (envelope.lock?.no ?? null) && bell.bellAtMs === bellAtMs;
    if (bell.state === 'waiting' && isAsRendered) return;
    if (bell.state !== 'open' || bell.key === null || !ports.canOpen) return fetchAnew(bell);
    const room = await roomIn(bell.key);
    // Whatever is wrong with this envelope, the server has the paper.
    if (!room) return fetchAnew(bell);
    ports.keepKey(bell.key);
    show(atBell(room, bell));
  }

  async function ask(): Promise<void> {
    const sentMs = clock.monotonicMs();
    const answer = await ports.ask();
    if (isStopped) return;
    if (answer.kind === 'bell') {
      const receivedMs = clock.monotonicMs();
      time = serverTimeFrom(answer.bell.serverNowMs, { sentMs, receivedMs, wallMs: clock.wallMs() });
      const { state, serverNowMs: toldMs, bellAtMs: rungMs } = answer.bell;
      const isResting = state === 'waiting' && toldMs >= rungMs;
      become({ isTimeSure: true, failures: 0, isSignedOut: false, isHeld: isResting });
      await heardBell(answer.bell).catch((error: unknown) => ports.report(error));
    } else become({ failures: shown.failures + 1, isSignedOut: answer.kind === 'signed_out' });
    // Whatever went wrong: a page that stops asking stays shut.
    plan();
  }

  function plan(): void {
    if (isStopped) return;
    cancelTimer?.();
    const isResting = shown.isHeld || isReloadVain;
    const state = { nowMs: nowMs(), bellAtMs, failures: shown.failures, isResting };
    cancelTimer = clock.after(nextAskMs(state, ports.random()), () => void ask());
  }

  return {
    snapshot: () => shown,
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    open: async () => {
      isStopped = false;
      const key = ports.canOpen ? ports.readKey() : null;
      const room = key === null ? null : await roomIn(key);
      if (room) show(room);
      else await ask();
    },
    enterCode: async (typed) => {
      const code = readOpeningCode(typed);
      if (code === null) return 'no_code';
      // The code is for when the server does not answer; while it does, its clock is the permission.
      const isAnswered = shown.isTimeSure && shown.failures === 0;
      if (isAnswered && (shown.isHeld || nowMs() < bellAtMs)) return 'too_early';
      const key = await unlockEnvelope(envelope, code);
      if (key === null) return 'wrong';
      const room = key === 'damaged' ? null : await roomIn(key);
      if (!room || key === 'damaged') return 'damaged';
      ports.keepKey(key);
      const kept = ports.keepTime(memoOf(room, nowMs(), clock.wallMs()));
      await Promise.race([kept, new Promise<void>((resolve) => clock.after(STORE_LIMIT_MS, resolve))]);
      show(room);
      return 'opened';
    },
    nowMs,
    close: stop,
  };
}
