import { compareEvents } from '../fold.ts';
import type { AckBody, SentAnswer } from '../wire.ts';
import { createDeviceReader, numbersAfter } from './device-reader.ts';
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
  withDraft,
  withDropped,
  withDueMs,
  withKept,
  withMemo,
  withNews,
  withPending,
  withReading,
  withStand,
} from './state.ts';
import {
  DEBOUNCE_MS,
  FOLLOWER_MS,
  OTHER_TAB_MS,
  clientTimeOf,
  doubtedTime,
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
  /**
   * Before a hand-in: sends everything, also what only the device knows of, and wipes the device. False while something
   * is not with the server: then nothing may be handed in.
   */
  finish(): Promise<boolean>;
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

/** A hand-in waits this long for a device that has not said yet what lies on it. */
const PATIENCE_MS = 15_000;
/** A tab that dies just then may leave one more answer. */
const FINISH_ROUNDS = 3;

/**
 * Carries answers from the page to the journal and loses none: kept on the device first, then sent, deleted only when the
 * acknowledgement names them. Free of the DOM; everything outside comes through ports, so that hundreds run in a test.
 */
export function createAttemptClient(start: AttemptStart, ports: ClientPorts): AttemptClient {
  const { store, transport, clock, tabs, numbers, copy } = ports;
  const keeper = createKeeper(store, clock);
  const listeners = new Set<() => void>();
  const clocks = () => ({ monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() });
  let noted = numbers.top();
  const opened = openState(start, clocks());
  let state: ClientState = { ...opened, topSeq: Math.max(opened.topSeq, noted) };
  let shown = snapshotOf(state, true);
  let writing: Promise<void> = Promise.resolve();
  let stops: (() => void)[] = [];
  /** Conflicts that were left to the leading tab once. */
  const left = new Set<string>();
  /** What was answered here before the device was read, by position: nothing that lies there may take its place. */
  const givenUnread = new Map<number, string>();
  /** Counts openings and closings: what an opening waits for may come after its end. */
  let session = 0;

  const become = (next: ClientState): void => {
    state = next;
    if (state.topSeq > noted) {
      noted = state.topSeq;
      numbers.note(noted);
    }
    shown = snapshotOf(state, keeper.isSafe() && !reader.isMissing());
    listeners.forEach((listener) => listener());
  };

  /** What an earlier page may have given out lies below. */
  const unknownUntil = numbersAfter(start.lastSeq, clock.wallMs());
  /** Numbers go on above what was taken without this page knowing of it. */
  const aboveUnknown = (): ClientState => ({
    ...state,
    topSeq: Math.max(state.topSeq, unknownUntil),
  });

  /** What lies on the device: an earlier page's or a dead tab's answers, to be sent now. */
  const reader = createDeviceReader(keeper, clock, {
    contents: ({ events, memo }) => {
      const known = memo ? withMemo(state, memo, clocks()) : state;
      become(withPending(known, [...events].sort(compareEvents), clock.monotonicMs()));
      sender.plan();
      // A page from an old copy may have numbered them too low all the same: then they are given once more.
      for (const [position, choice] of givenUnread)
        if ((shown.answers.get(position) ?? '') !== choice) give(position, choice);
      givenUnread.clear();
    },
    missed: (isUnread) => become(isUnread ? aboveUnknown() : state),
  });

  const sender = createSender({
    ports,
    state: () => state,
    onSending: () => become(whileSending(state)),
    onResult: async (result, sent, sentMs) => {
      if (result.kind === 'ack') await acknowledge(result.ack, sent, sentMs);
      // A page that never heard from the server: its copy may be old, and a full store noted nothing since. A sealed file
      // cannot give an answer another number when its own was taken.
      else become(withoutAck(state.time.isSure ? state : aboveUnknown(), result));
    },
  });

  async function acknowledge(ack: AckBody, sent: readonly SentAnswer[], sentMs: number): Promise<void> {
    const receivedMs = clock.monotonicMs();
    const time = serverTimeFrom(ack.serverNowMs, { sentMs, receivedMs, wallMs: clock.wallMs() });
    const isFirst = !state.time.isSure;
    become(withStand(state, ack, time));
    const [counted, gone] = await inTurn(async () => {
      const reading = readAck(state, sent, ack, isMine);
      become(withReading(state, reading, ack));
      const news = newsOf(state, reading.counted, ack);
      if (news) tabs.post({ kind: 'heard', news });
      return [reading.counted, [...reading.evidence, ...reading.settled, ...(await renumber(reading.again))]];
    });
    if (gone.length > 0) tabs.post({ kind: 'dropped', events: gone });
    await keeper.settle([...counted, ...gone], memoOf(state));
    if (isFirst && state.phase === 'open') copy.keep();
    const isDone = state.phase !== 'open' && state.ledger.pending.length + state.drafts.length === 0;
    // A tab that died may have left an answer there: it is sent first.
    if (isDone && !(await wipe())) await reader.read();
    become(state);
  }

  /** Over here, and everything is with the server: nothing of the paper stays on a device that others may use. */
  async function wipe(): Promise<boolean> {
    const isEmpty = await keeper.wipe();
    if (isEmpty) await copy.drop();
    return isEmpty;
  }

  const isMine = (event: SentAnswer): boolean => state.isLeading || left.has(eventText(event));

  /**
   * A conflicting answer gets a new number first; only then its old one goes, so that a crash between loses nothing. The
   * leading tab does that, and says the new number at once: two tabs would put one answer into the journal twice. What
   * another tab leaves it for one more try, in case the leading one never heard of it. Returns what has gone.
   */
  async function renumber(conflicts: readonly SentAnswer[]): Promise<readonly SentAnswer[]> {
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

  /**
   * One after the other, so that numbers ascend in the order in which the candidate answered: none is given out, nor one
   * given anew, while a newer answer is on its way into the store with a lower one.
   */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = writing.then(work);
    const isOver = (): void => undefined;
    // What goes wrong in one turn is told to whoever asked for it; the next answer is written all the same.
    writing = done.then(isOver, isOver);
    return done;
  }

  async function write(draft: AnswerDraft): Promise<void> {
    const event = await keeper.keep(draft, state.topSeq + 1);
    const delayMs = state.isLeading ? DEBOUNCE_MS : FOLLOWER_MS;
    become(withKept(state, draft, event, clock.monotonicMs() + delayMs));
    tabs.post({ kind: 'appended', event });
    sender.plan();
  }

  function give(position: number, choice: string): void {
    if (state.phase !== 'open' || state.pausedAtMs !== null) return;
    // Without knowing the time the page takes what the candidate gives; the server judges it.
    if (state.time.isSure && nowMs() > state.deadlineAtMs) return;
    if (reader.isUnread()) givenUnread.set(position, choice);
    const draft: AnswerDraft = {
      epoch: state.epoch,
      position,
      choice,
      clientTime: clientTimeOf(clock.wallMs()),
    };
    become(withDraft(state, draft));
    void inTurn(() => write(draft));
  }

  const nowMs = (): number => serverNowMs(state.time, clock.monotonicMs());

  /** Another answer of the position, in another tab: the candidate’s newer word. What is only said again is none. */
  function forgetOlder(event: SentAnswer): void {
    const isKnown = state.ledger.pending.some((other) => eventText(other) === eventText(event));
    if (!isKnown && givenUnread.get(event.position) !== event.choice) givenUnread.delete(event.position);
  }

  const onMessage = (message: TabMessage): void => {
    if (message.kind === 'appended') forgetOlder(message.event);
    if (message.kind === 'opened')
      for (const { dueMs: _, ...event } of state.ledger.pending) tabs.post({ kind: 'appended', event });
    become(heard(state, message, clocks()));
    sender.plan();
  };

  async function takeLead(): Promise<void> {
    become({ ...state, isLeading: true });
    await reader.read();
    sender.plan();
  }

  async function flush(): Promise<boolean> {
    await writing;
    return sender.flush();
  }

  async function finish(): Promise<boolean> {
    await reader.patiently(PATIENCE_MS);
    for (let round = 0; round < FINISH_ROUNDS; round += 1) {
      if (!(await flush())) return false;
      // One that has ended or moved meanwhile has been wiped as far as it could be.
      if (state.phase !== 'open' || (await wipe())) return true;
      await reader.read();
    }
    return false;
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
      store.persist?.();
      sender.start();
      const pickedUp = reader.read();
      // An answer gets its number after all that lies here: one that came before the page knew them would lose to them.
      void inTurn(() => pickedUp);
      await pickedUp;
      if (mine !== session) return;
      stops.push(tabs.lead(() => void takeLead()));
      await sender.send();
    },
    answer: give,
    setComposing: (isComposing) => sender.hold(isComposing),
    flush,
    finish,
    leave: () => {
      // Also what is still on its way into the store, under the numbers it is about to get.
      const events = [...wireEvents(state, Infinity), ...draftEvents(state)].slice(0, CHUNK);
      if (events.length > 0 && state.phase !== 'not_found') transport.beacon(events);
    },
    tick: () => {
      if (!hasClockJumped(state.time, clock.monotonicMs(), clock.wallMs())) return;
      // While nobody answers, the time is no more than a guess; asked is as ever.
      if (state.connection === 'idle' || state.connection === 'sending') void sender.send();
      else become({ ...state, time: doubtedTime(state.time, clocks()) });
    },
    nowMs,
    unconfirmed: () => unconfirmedOf(state),
    wipe,
    close: () => {
      session += 1;
      sender.stop();
      reader.stop();
      stops.forEach((stop) => stop());
      stops = [];
      become({ ...state, isLeading: false });
    },
  };
}

/** Trouble is told until it has ended, also while the next try is under way. */
function whileSending(state: ClientState): ClientState {
  if (state.connection === 'refused') return state;
  return { ...state, connection: state.failures > 0 ? 'retrying' : 'sending' };
}

/** Nothing is known about the events that were sent: all of them stay. */
function withoutAck(state: ClientState, result: Exclude<SendResult, { kind: 'ack' }>): ClientState {
  switch (result.kind) {
    case 'signed_out':
      return { ...state, connection: 'signed_out' };
    case 'not_found':
      return { ...state, connection: 'idle', phase: 'not_found' };
    case 'refused':
      return { ...state, connection: 'refused', failures: state.failures + 1 };
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
