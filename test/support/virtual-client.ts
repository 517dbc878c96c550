import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  ClientPorts,
  DeviceClock,
  DeviceMemo,
  EventStore,
  NumberNote,
  PageCopy,
  SendResult,
  TabMessage,
  Tabs,
  Transport,
} from '#app/exam/sitting/client/ports.ts';
import type { AttemptClient } from '#app/exam/sitting/client/attempt-client.ts';
import { createAttemptClient } from '#app/exam/sitting/client/attempt-client.ts';
import { eventText } from '#app/exam/sitting/client/ledger.ts';
import type { AttemptStart } from '#app/exam/sitting/client/state.ts';
import { compareEvents, foldAnswers } from '#app/exam/sitting/fold.ts';
import type { EventKey } from '#app/exam/sitting/fold.ts';
import type { AckBody, SentAnswer } from '#app/exam/sitting/wire.ts';

/** Time that only moves when told: timers run in order, and everything they set off is waited for. */
export interface VirtualClock extends DeviceClock {
  advance(ms: number): Promise<void>;
  /** Sets the device's wall clock off by this much, as a person or a flat battery would. */
  jumpWall(ms: number): void;
}

const SETTLE_TURNS = 12;

/** Lets everything that waits only for promises run to its end. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < SETTLE_TURNS; turn += 1) await nextTurn();
}

export function virtualClock(wallStart = Date.parse('2026-11-23T01:00:00.000Z')): VirtualClock {
  let now = 0;
  let wallOffset = wallStart;
  let timers: { at: number; run: () => void }[] = [];
  const dueNext = (until: number) =>
    timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
  return {
    monotonicMs: () => now,
    wallMs: () => wallOffset + now,
    after: (ms, run) => {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance: async (ms) => {
      const until = now + ms;
      await settle();
      for (let timer = dueNext(until); timer; timer = dueNext(until)) {
        const due = timer;
        timers = timers.filter((other) => other !== due);
        now = due.at;
        due.run();
        await settle();
      }
      now = until;
    },
    jumpWall: (ms) => {
      wallOffset += ms;
    },
  };
}

/** A device's storage: survives the pages that use it. */
export interface VirtualDevice extends EventStore {
  readonly events: readonly SentAnswer[];
  readonly memo: DeviceMemo | null;
  /** `full`: nothing can be written; `broken`: nothing works; `stuck`: nothing answers until `recover`. */
  fault: 'none' | 'full' | 'broken' | 'stuck';
  /** Ends the fault; what hung goes on. */
  recover(): void;
  /** Beside the store, and usable when that is full; `works` is false where the browser keeps nothing at all. */
  readonly numbers: NumberNote & { works: boolean };
  /** The paper's copy of this device. */
  readonly copy: PageCopy & { readonly isKept: boolean };
}

const sameKey = (a: EventKey, b: EventKey): boolean => a.epoch === b.epoch && a.seq === b.seq;

export function virtualDevice(): VirtualDevice {
  let events: SentAnswer[] = [];
  let memo: DeviceMemo | null = null;
  let isKept = false;
  let topNoted = 0;
  let hanging: (() => void)[] = [];
  const counters = new Map<number, number>();
  async function guard(isWrite: boolean): Promise<void> {
    await Promise.resolve();
    if (device.fault === 'broken' || (device.fault === 'full' && isWrite))
      throw new Error('QuotaExceededError');
    if (device.fault === 'stuck') await new Promise<void>((resolve) => hanging.push(resolve));
  }
  const device: VirtualDevice = {
    fault: 'none',
    recover: () => {
      device.fault = 'none';
      hanging.forEach((go) => go());
      hanging = [];
    },
    get events() {
      return events;
    },
    get memo() {
      return memo;
    },
    numbers: {
      works: true,
      top: () => topNoted,
      note: (seq) => {
        if (device.numbers.works) topNoted = Math.max(topNoted, seq);
      },
    },
    copy: {
      get isKept() {
        return isKept;
      },
      keep: () => {
        isKept = true;
      },
      drop: () => {
        isKept = false;
        return Promise.resolve();
      },
    },
    append: async (draft, leastSeq) => {
      await guard(true);
      const seq = Math.max((counters.get(draft.epoch) ?? 0) + 1, leastSeq);
      counters.set(draft.epoch, seq);
      const event = { ...draft, seq };
      events = [...events, event];
      return event;
    },
    read: async () => {
      await guard(false);
      return { events: [...events], memo };
    },
    settle: async (settled, next) => {
      await guard(true);
      const gone = new Set(settled.map(eventText));
      events = events.filter((event) => !gone.has(eventText(event)));
      memo = next ?? memo;
    },
    clear: async () => {
      await guard(true);
      if (events.length > 0) return false;
      memo = null;
      return true;
    },
  };
  return device;
}

/** One hub per browser: what one tab posts, the others hear, and the one that has waited longest leads. */
export function virtualTabs(): () => Tabs {
  const listeners = new Set<{ on: (message: TabMessage) => void }>();
  let queue: { lead: () => void }[] = [];
  return () => {
    let own: { on: (message: TabMessage) => void } | null = null;
    return {
      post: (message) => {
        for (const listener of listeners) if (listener !== own) listener.on(message);
      },
      listen: (onMessage) => {
        own = { on: onMessage };
        listeners.add(own);
        const mine = own;
        return () => listeners.delete(mine);
      },
      lead: (onLead) => {
        const place = { lead: onLead };
        queue.push(place);
        if (queue[0] === place) onLead();
        return () => {
          const wasFirst = queue[0] === place;
          queue = queue.filter((other) => other !== place);
          if (wasFirst) queue[0]?.lead();
        };
      },
    };
  };
}

/** What happens to one request on its way. */
export type Weather = 'fine' | 'request_lost' | 'ack_lost' | 'twice' | 'signed_out' | 'refused';

export interface VirtualServer {
  readonly journal: readonly SentAnswer[];
  readonly requests: readonly (readonly SentAnswer[])[];
  weather: Weather | ((request: number) => Weather);
  isOpen: boolean;
  deviceEpoch: number;
  nowMs(): number;
  deadlineAtMs: number;
  pausedAtMs: number | null;
  noticeNo: number;
  receive(events: readonly SentAnswer[]): AckBody;
  transport: ClientPorts['transport'];
  start(epoch?: number): AttemptStart;
}

/** A journal with the rules of the real one, in memory. The real one is met in the integration tests. */
export function virtualServer(clock: VirtualClock): VirtualServer {
  const journal: SentAnswer[] = [];
  const requests: (readonly SentAnswer[])[] = [];
  const serverStart = Date.parse('2026-11-23T01:00:00.000Z');
  const nowMs = (): number => serverStart + clock.monotonicMs();
  const says = (event: SentAnswer): string => `${event.position}${event.choice}${event.clientTime ?? ''}`;
  const server: VirtualServer = {
    journal,
    requests,
    weather: 'fine',
    isOpen: true,
    deviceEpoch: 1,
    nowMs,
    deadlineAtMs: serverStart + 90 * 60_000,
    pausedAtMs: null,
    noticeNo: 0,
    receive: (events) => {
      const stored: { epoch: number; seq: number; standing: 'counted' | 'foreign' | 'after_hand_in' }[] = [];
      const conflicts: EventKey[] = [];
      for (const event of events) {
        const { epoch, seq } = event;
        const known = journal.find((other) => sameKey(other, event));
        if (known && says(known) !== says(event)) {
          conflicts.push({ epoch, seq });
          continue;
        }
        if (!known) journal.push(event);
        const standing = server.isOpen
          ? epoch === server.deviceEpoch
            ? 'counted'
            : 'foreign'
          : 'after_hand_in';
        stored.push({ epoch, seq, standing });
      }
      const told = conflicts.map((key) => {
        const event = events.find((one) => sameKey(one, key));
        const same = journal.filter((one) => one.epoch === key.epoch && one.position === event?.position);
        const [newest] = [...same].sort((a, b) => b.seq - a.seq);
        const isThere = event?.clientTime != null && same.some((one) => says(one) === says(event));
        return isThere && newest ? { ...key, counts: { seq: newest.seq, choice: newest.choice } } : key;
      });
      const seqs = journal.filter((event) => event.epoch === server.deviceEpoch).map((event) => event.seq);
      return {
        stored,
        conflicts: told,
        notOnPaper: [],
        nextSeq: conflicts.length > 0 ? Math.max(0, ...seqs) + 1 : null,
        isOpen: server.isOpen,
        isThisDevice: true,
        deviceEpoch: server.deviceEpoch,
        serverNowMs: nowMs(),
        deadlineAtMs: server.deadlineAtMs,
        closeAtMs: server.deadlineAtMs + 30_000,
        pausedAtMs: server.pausedAtMs,
        noticeNo: server.noticeNo,
      };
    },
    transport: {
      send: async (events): Promise<SendResult> => {
        await Promise.resolve();
        requests.push(events);
        const weather =
          typeof server.weather === 'function' ? server.weather(requests.length) : server.weather;
        if (weather === 'request_lost') return { kind: 'failed' };
        if (weather === 'signed_out' || weather === 'refused') return { kind: weather };
        const ack = server.receive(events);
        if (weather === 'twice') server.receive(events);
        return weather === 'ack_lost' ? { kind: 'failed' } : { kind: 'ack', ack };
      },
      beacon: (events) => {
        requests.push(events);
        if (server.weather === 'fine') server.receive(events);
      },
    },
    start: (epoch = server.deviceEpoch) => {
      const answers = new Map<number, SentAnswer>();
      const own = journal.filter((event) => event.epoch <= epoch).sort(compareEvents);
      for (const event of own) answers.set(event.position, event);
      return {
        epoch,
        answers: [...answers.values()],
        lastSeq: Math.max(0, ...own.filter((event) => event.epoch === epoch).map((event) => event.seq)),
        savedAtMs: null,
        serverNowMs: nowMs(),
        deadlineAtMs: server.deadlineAtMs,
        closeAtMs: server.deadlineAtMs + 30_000,
        pausedAtMs: server.pausedAtMs,
        noticeNo: server.noticeNo,
      };
    },
  };
  return server;
}

export interface PageLoad {
  /** What the page was made with; otherwise what the server gives now. */
  readonly start?: AttemptStart;
  readonly transport?: Transport;
  readonly random?: () => number;
  /** Done before the page has opened its store. */
  readonly atOnce?: (client: AttemptClient) => void;
}

/** One candidate's device, server and clock, on which pages of the exam are loaded one after the other, or side by side. */
export function virtualRoom() {
  const clock = virtualClock();
  const device = virtualDevice();
  const server = virtualServer(clock);
  const tab = virtualTabs();
  const load = async (page: PageLoad = {}): Promise<AttemptClient> => {
    const { start = server.start(), transport = server.transport, random = () => 0.5 } = page;
    const { copy, numbers } = device;
    const ports = { store: device, transport, clock, tabs: tab(), copy, numbers, random };
    const client = createAttemptClient(start, ports);
    void client.open();
    page.atOnce?.(client);
    await clock.advance(0);
    return client;
  };
  return { clock, device, server, load };
}

/** The answers a page shows, by position. */
export const shownBy = (client: AttemptClient): Record<number, string> =>
  Object.fromEntries(client.snapshot().answers);

/** The answers a server grades, by position. */
export const gradedBy = (server: VirtualServer): Record<number, string> =>
  Object.fromEntries(
    foldAnswers(server.journal.map((event) => ({ ...event, standing: 'counted' as const }))),
  );
