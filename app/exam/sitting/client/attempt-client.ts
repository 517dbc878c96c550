import { compareEvents } from '../fold.ts';
import type { AckBody, SentAnswer } from '../wire.ts';
import { createKeeper } from './keeper.ts';
import { eventText } from './ledger.ts';
import type { AnswerDraft, ClientPorts, SendResult, TabMessage } from './ports.ts';
import { CHUNK, createSender, wireEvents } from './sender.ts';
import type { AttemptSnapshot, AttemptStart, ClientState } from './state.ts';
import {
  draftEvents,
  memoOf,
  newsOf,
  openState,
  readAck,
  snapshotOf,
  unconfirmedOf,
  withAck,
  withDraft,
  withDropped,
  withDueMs,
  withKept,
  withMemo,
  withNews,
  withPending,
} from './state.ts';
import {
  DEBOUNCE_MS,
  FOLLOWER_MS,
  OTHER_TAB_MS,
  hasClockJumped,
  serverNowMs,
  serverTimeFrom,
} from './timing.ts';

export interface AttemptClient {
  snapshot(): AttemptSnapshot;
  /** The result stops it. */
  subscribe(onChange: () => void): () => void;
  /** Reads what an earlier page left on the device, asks the server for the time, and begins to send. Until then the
   *  client touches nothing outside. */
  open(): Promise<void>;
  /** Shown at once; ignored after the deadline, while the exam rests, and on a page that may not write any more. */
  answer(position: number, choice: string): void;
  /** While an input method composes, nothing is sent. */
  setComposing(isComposing: boolean): void;
  /** Sends everything now; true when nothing is left unconfirmed. */
  flush(): Promise<boolean>;
  /** The page goes away: what is unconfirmed is thrown at the server, and kept on the device. */
  leave(): void;
  /** Looks at the clocks and asks the server again when they disagree. Call it about every second. */
  tick(): void;
  /** Server time now, as far as this device can know. */
  nowMs(): number;
  /** What the server has not confirmed, in order: the contents of a sealed file. */
  unconfirmed(): readonly SentAnswer[];
  /** Removes every trace of the attempt from the device; false, and nothing is removed, while an answer waits there. */
  wipe(): Promise<boolean>;
  /** Stops everything `open` began; it may be opened again. */
  close(): void;
}

/**
 * Carries answers from the page to the journal and loses none: kept on the device first, then sent, deleted only when the
 * acknowledgement names them. Free of the DOM; everything outside comes through ports, so that hundreds run in a test.
 */
export function createAttemptClient(start: AttemptStart, ports: ClientPorts): AttemptClient {
  const { store, transport, clock, tabs, copy } = ports;
  const keeper = createKeeper(store, clock);
  const listeners = new Set<() => void>();
  const clocks = () => ({ monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() });
  let state = openState(start, clocks());
  let shown = snapshotOf(state, true);
  let writing: Promise<void> = Promise.resolve();
  let stops: (() => void)[] = [];
  /** Conflicts that were left to the leading tab once. */
  const left = new Set<string>();
  /** Counts openings and closings: what an opening waits for may come after its end. */
  let session = 0;

  const become = (next: ClientState): void => {
    state = next;
    shown = snapshotOf(state, keeper.isSafe());
    listeners.forEach((listener) => listener());
  };

  const sender = createSender({
    ports,
    state: () => state,
    onSending: () => become({ ...state, connection: state.failures > 0 ? 'retrying' : 'sending' }),
    onResult: async (result, sent, sentMs) => {
      if (result.kind === 'ack') await acknowledge(result.ack, sent, sentMs);
      else become(withoutAck(state, result));
    },
  });

  async function acknowledge(ack: AckBody, sent: readonly SentAnswer[], sentMs: number): Promise<void> {
    const receivedMs = clock.monotonicMs();
    const reading = readAck(state, sent, ack);
    const isFirst = !state.time.isSure;
    const time = serverTimeFrom(ack.serverNowMs, { sentMs, receivedMs, wallMs: clock.wallMs() });
    become(withAck(state, reading, ack, time));
    const news = newsOf(state, reading.counted, ack);
    if (news) tabs.post({ kind: 'heard', news });
    const renumbered = await renumber(reading.again);
    const gone = [...reading.evidence, ...reading.overtaken, ...renumbered];
    if (gone.length > 0) tabs.post({ kind: 'dropped', events: gone });
    await keeper.settle([...reading.counted, ...gone], memoOf(state));
    if (isFirst && state.phase === 'open') copy.keep();
    const isDone = state.phase !== 'open' && state.ledger.pending.length + state.drafts.length === 0;
    // A tab that died may have left an answer there: it is sent first.
    if (isDone && !(await wipe())) await pickUp();
    become(state);
  }

  /** Over here, and everything is with the server: nothing of the paper stays on a device that others may use. */
  async function wipe(): Promise<boolean> {
    const isEmpty = await keeper.wipe();
    if (isEmpty) await copy.drop();
    return isEmpty;
  }

  /**
   * A conflicting answer gets a new number first; only then its old one goes, so that a crash between loses nothing. The
   * leading tab does that, and says the new number at once: two tabs would put one answer into the journal twice. What
   * another tab leaves it for one more try, in case the leading one never heard of it. Returns what has gone.
   */
  async function renumber(conflicts: readonly SentAnswer[]): Promise<readonly SentAnswer[]> {
    const isMine = (event: SentAnswer): boolean => state.isLeading || left.has(eventText(event));
    const events = conflicts.filter(isMine);
    const others = conflicts.filter((event) => !isMine(event));
    for (const event of others) left.add(eventText(event));
    become(withDueMs(state, others, clock.monotonicMs() + OTHER_TAB_MS));
    for (const event of events) {
      const { epoch, position, choice, clientTime } = event;
      const again = await keeper.keep({ epoch, position, choice, clientTime }, state.topSeq + 1);
      tabs.post({ kind: 'appended', event: again });
      become(withDropped(withPending(state, [again], clock.monotonicMs()), [event]));
    }
    return events;
  }

  /** One after the other, so that numbers ascend in the order in which the candidate answered. */
  async function write(draft: AnswerDraft): Promise<void> {
    const event = await keeper.keep(draft, state.topSeq + 1);
    const delayMs = state.isLeading ? DEBOUNCE_MS : FOLLOWER_MS;
    become(withKept(state, draft, event, clock.monotonicMs() + delayMs));
    tabs.post({ kind: 'appended', event });
    sender.plan();
  }

  const nowMs = (): number => serverNowMs(state.time, clock.monotonicMs());

  const onMessage = (message: TabMessage): void => {
    if (message.kind === 'opened')
      for (const { dueMs: _, ...event } of state.ledger.pending) tabs.post({ kind: 'appended', event });
    become(heard(state, message, clocks()));
    sender.plan();
  };

  /** What lies on the device: an earlier page's or a dead tab's answers, to be sent now. */
  async function pickUp(): Promise<void> {
    const { events, memo } = await keeper.left();
    const known = memo ? withMemo(state, memo, clocks()) : state;
    become(withPending(known, [...events].sort(compareEvents), clock.monotonicMs()));
  }

  async function takeLead(): Promise<void> {
    become({ ...state, isLeading: true });
    await pickUp();
    sender.plan();
  }

  return {
    snapshot: () => shown,
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    open: async () => {
      session += 1;
      const mine = session;
      stops = [tabs.listen(onMessage)];
      tabs.post({ kind: 'opened' });
      sender.start();
      const pickedUp = pickUp();
      // An answer gets its number after all that lies here: one that came before the page knew them would lose to them.
      writing = writing.then(() => pickedUp);
      await pickedUp;
      if (mine !== session) return;
      stops.push(tabs.lead(() => void takeLead()));
      await sender.send();
    },
    answer: (position, choice) => {
      if (state.phase !== 'open' || state.pausedAtMs !== null) return;
      // Without knowing the time the page takes what the candidate gives; the server judges it.
      if (state.time.isSure && nowMs() > state.deadlineAtMs) return;
      const clientTime = new Date(clock.wallMs()).toISOString();
      const draft: AnswerDraft = { epoch: state.epoch, position, choice, clientTime };
      become(withDraft(state, draft));
      writing = writing.then(() => write(draft));
    },
    setComposing: (isComposing) => sender.hold(isComposing),
    flush: async () => {
      await writing;
      return sender.flush();
    },
    leave: () => {
      // Also what is still on its way into the store, under the numbers it is about to get.
      const events = [...wireEvents(state, Infinity), ...draftEvents(state)].slice(0, CHUNK);
      if (events.length > 0 && state.phase !== 'not_found') transport.beacon(events);
    },
    tick: () => {
      if (state.failures === 0 && hasClockJumped(state.time, clock.monotonicMs(), clock.wallMs()))
        void sender.send();
    },
    nowMs,
    unconfirmed: () => unconfirmedOf(state),
    wipe,
    close: () => {
      session += 1;
      sender.stop();
      stops.forEach((stop) => stop());
      stops = [];
      become({ ...state, isLeading: false });
    },
  };
}

/** Nothing is known about the events that were sent: all of them stay. */
function withoutAck(state: ClientState, result: Exclude<SendResult, { kind: 'ack' }>): ClientState {
  switch (result.kind) {
    case 'signed_out':
      return { ...state, connection: 'signed_out' };
    case 'not_found':
      return { ...state, connection: 'idle', phase: 'not_found' };
    case 'failed':
      return { ...state, connection: 'retrying', failures: state.failures + 1 };
  }
}

function heard(
  state: ClientState,
  message: TabMessage,
  clock: { monotonicMs: number; wallMs: number },
): ClientState {
  switch (message.kind) {
    case 'appended': {
      const delayMs = state.isLeading ? DEBOUNCE_MS : OTHER_TAB_MS;
      return withPending(state, [message.event], clock.monotonicMs + delayMs);
    }
    case 'heard':
      return withNews(state, message.news, clock);
    case 'dropped':
      return withDropped(state, message.events);
    case 'opened':
      return state;
  }
}
