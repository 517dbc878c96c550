import { compareEvents } from '../fold.ts';
import type { AckBody, SentAnswer } from '../wire.ts';
import { createKeeper } from './keeper.ts';
import type { AnswerDraft, ClientPorts, SendResult, TabMessage } from './ports.ts';
import { CHUNK, createSender, wireEvents } from './sender.ts';
import type { AttemptSnapshot, AttemptStart, ClientState } from './state.ts';
import {
  openState,
  readAck,
  snapshotOf,
  withAck,
  withConfirmed,
  withDraft,
  withDropped,
  withKept,
  withPending,
} from './state.ts';
import { DEBOUNCE_MS, OTHER_TAB_MS, hasClockJumped, serverNowMs, serverTimeFrom } from './timing.ts';

export interface AttemptClient {
  snapshot(): AttemptSnapshot;
  /** The result stops it. */
  subscribe(onChange: () => void): () => void;
  /** Reads what an earlier page left on the device, asks the server for the time, and begins to send. Until then the
   *  client touches nothing outside. */
  open(): Promise<void>;
  /** Shown at once; ignored after the deadline and on a page that may not write any more. */
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
  /** Removes every trace of the attempt from the device; only after everything is confirmed. */
  wipe(): Promise<void>;
  /** Stops everything `open` began; it may be opened again. */
  close(): void;
}

/**
 * Carries answers from the page to the journal and loses none: kept on the device first, then sent, deleted only when the
 * acknowledgement names them. Free of the DOM; everything outside comes through ports, so that hundreds run in a test.
 */
export function createAttemptClient(start: AttemptStart, ports: ClientPorts): AttemptClient {
  const { store, transport, clock, tabs } = ports;
  const keeper = createKeeper(store, clock);
  const listeners = new Set<() => void>();
  let state = openState(start, { monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() });
  let shown = snapshotOf(state, true);
  let writing: Promise<void> = Promise.resolve();
  let stopListening = (): void => undefined;

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
    const time = serverTimeFrom(ack.serverNowMs, { sentMs, receivedMs, wallMs: clock.wallMs() });
    become(withAck(state, reading, ack, time));
    if (reading.counted.length > 0)
      tabs.post({ kind: 'acknowledged', events: reading.counted, savedAtMs: ack.serverNowMs });
    await renumber(reading.again);
    const gone = [...reading.evidence, ...reading.overtaken, ...reading.again];
    if (gone.length > 0) tabs.post({ kind: 'dropped', keys: gone });
    await keeper.forget([...reading.counted, ...gone]);
    become(state);
  }

  /** A conflicting answer gets a new number first; only then its old one goes, so that a crash between loses nothing. */
  async function renumber(events: readonly SentAnswer[]): Promise<void> {
    for (const event of events) {
      const { epoch, position, choice, clientTime } = event;
      const again = await keeper.keep({ epoch, position, choice, clientTime }, state.topSeq + 1);
      become(withDropped(withPending(state, [again], clock.monotonicMs()), [event]));
    }
  }

  /** One after the other, so that numbers ascend in the order in which the candidate answered. */
  async function write(draft: AnswerDraft): Promise<void> {
    const event = await keeper.keep(draft, state.topSeq + 1);
    become(withKept(state, draft, event, clock.monotonicMs() + DEBOUNCE_MS));
    tabs.post({ kind: 'appended', event });
    sender.plan();
  }

  const nowMs = (): number => serverNowMs(state.time, clock.monotonicMs());

  const onMessage = (message: TabMessage): void => {
    become(heard(state, message, clock.monotonicMs() + OTHER_TAB_MS));
    sender.plan();
  };

  return {
    snapshot: () => shown,
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    open: async () => {
      stopListening = tabs.listen(onMessage);
      sender.start();
      const left = [...(await keeper.left())].sort(compareEvents);
      become(withPending(state, left, clock.monotonicMs()));
      await sender.send();
    },
    answer: (position, choice) => {
      if (state.phase !== 'open' || nowMs() > state.deadlineAtMs) return;
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
      const events = wireEvents(state, Infinity).slice(0, CHUNK);
      if (events.length > 0 && state.phase !== 'not_found') transport.beacon(events);
    },
    tick: () => {
      if (state.failures === 0 && hasClockJumped(state.time, clock.monotonicMs(), clock.wallMs()))
        void sender.send();
    },
    nowMs,
    wipe: () => keeper.wipe(),
    close: () => {
      sender.stop();
      stopListening();
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

function heard(state: ClientState, message: TabMessage, dueMs: number): ClientState {
  switch (message.kind) {
    case 'appended':
      return withPending(state, [message.event], dueMs);
    case 'acknowledged':
      return withConfirmed(state, message.events, message.savedAtMs);
    case 'dropped':
      return withDropped(state, message.keys);
  }
}
