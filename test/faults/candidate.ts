import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { DrawRandom } from '#app/exam/paper/draw-random.ts';
import { viewAttempt } from '#app/exam/sitting/attempt-view.server.ts';
import type { AttemptClient } from '#app/exam/sitting/client/attempt-client.ts';
import { createAttemptClient } from '#app/exam/sitting/client/attempt-client.ts';
import { handOver } from '#app/exam/sitting/client/hand-over.ts';
import { httpTransport } from '#app/exam/sitting/client/http-transport.ts';
import type { DeviceClock, Tabs, Transport } from '#app/exam/sitting/client/ports.ts';
import type { AttemptStart } from '#app/exam/sitting/client/state.ts';
import { deviceCookie } from '#app/exam/sitting/device.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { VirtualDevice } from '#test/support/virtual-client.ts';
import { virtualDevice, virtualTabs } from '#test/support/virtual-client.ts';
import type { PageStore, Record } from './record.ts';
import { answerText, note, pageStore } from './record.ts';
import type { RoughWire, Weather, WeatherCounts } from './weather.ts';
import { roughWire } from './weather.ts';

const HOUR_MS = 3_600_000;
const POSITIONS = 30;
const CHOICES = ['A', 'B', 'C', 'D', ''] as const;
const WEATHERS: readonly Weather[] = ['fine', 'fine', 'lossy', 'lossy', 'slow', 'doubling', 'outage'];
const POLL_MS = 250;

/** How often each thing happened to a candidate; printed at the end. */
export interface LifeCounts extends WeatherCounts {
  answers: number;
  tabKills: number;
  offlineReloads: number;
  secondTabs: number;
  fullStores: number;
  /** Answers that only a killed page's memory held; the page had said so. */
  lostWithMemory: number;
  clockJumps: number;
  takeovers: number;
  handIns: number;
  /** Outages of the plan's whole length that a candidate sat through. */
  longOutages: number;
}

export const noCounts = (): LifeCounts => ({
  ...{ requests: 0, lostRequests: 0, lostAnswers: 0, delayed: 0, doubled: 0 },
  ...{ answers: 0, tabKills: 0, offlineReloads: 0, secondTabs: 0, fullStores: 0, lostWithMemory: 0 },
  ...{ clockJumps: 0, takeovers: 0, handIns: 0, longOutages: 0 },
});

interface Page {
  readonly client: AttemptClient;
  readonly store: PageStore;
}

/** One browser: its store and clock outlive its pages. */
interface Machine {
  readonly device: VirtualDevice;
  readonly tab: () => Tabs;
  readonly wire: RoughWire;
  readonly transport: Transport;
  readonly clock: DeviceClock & { jump(ms: number): void };
  cookie: string;
  deviceKey: string;
  /** The page's copy: what the service worker would show without a network. */
  copy: AttemptStart | null;
  pages: Page[];
}

export interface Seat {
  readonly ctx: ActorCtx;
  readonly attemptId: string;
  readonly deviceKey: string;
  readonly session: string;
}

export interface Life {
  readonly seat: Seat;
  readonly urls: readonly string[];
  readonly random: DrawRandom;
  readonly counts: LifeCounts;
  readonly record: Record;
  /** Running clock at which answering ends. */
  readonly endsAtMs: number;
  /** One outage of this length in real time, somewhere in the exam, besides the short ones; 0 = none. */
  readonly outageMs: number;
}

/** A device's clock: never the same wall time twice, so that every answer can be told from every other. */
function machineClock(): Machine['clock'] {
  let offsetMs = 0;
  const given = new Set<number>();
  return {
    monotonicMs: () => performance.now(),
    wallMs: () => {
      let wallMs = Date.now() + offsetMs;
      while (given.has(wallMs)) wallMs += 1;
      given.add(wallMs);
      return wallMs;
    },
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    jump: (ms) => {
      offsetMs += ms;
    },
  };
}

const firstPair = (setCookie: string): string => setCookie.split(';')[0] ?? '';

function makeMachine(life: Life, deviceKey: string): Machine {
  const { seat, urls, random, counts, record } = life;
  const machine: Machine = {
    device: virtualDevice(),
    tab: virtualTabs(),
    wire: roughWire({ urls, random, counts, cookie: () => machine.cookie }),
    transport: {
      send: async (events) => {
        const result = await real.send(events);
        if (result.kind === 'ack') note(record, result.ack);
        return result;
      },
      beacon: (events) => real.beacon(events),
    },
    clock: machineClock(),
    cookie: `${seat.session}; ${firstPair(deviceCookie(seat.attemptId, deviceKey, false))}`,
    deviceKey,
    copy: null,
    pages: [],
  };
  const real = httpTransport(seat.attemptId, machine.wire);
  return machine;
}

/** What a load of the page gives: the server's state, or without network or server the copy as it was last kept. */
async function loadStart(life: Life, machine: Machine): Promise<AttemptStart | null> {
  const { seat, counts } = life;
  if (machine.wire.weather !== 'outage') {
    const { attemptId } = seat;
    const view = await viewAttempt(seat.ctx, { attemptId, deviceKey: machine.deviceKey }).catch(() => null);
    if (view?.ok) {
      machine.copy = view.value.kind === 'room' ? view.value.start : null;
      return machine.copy;
    }
  }
  if (machine.copy) counts.offlineReloads += 1;
  return machine.copy;
}

async function openPage(life: Life, machine: Machine): Promise<void> {
  const start = await loadStart(life, machine);
  if (!start) return;
  const store = pageStore(machine.device, machine.tab(), life.record);
  const { transport, clock, device } = machine;
  const ports = { store, transport, clock, tabs: store.tabs, copy: device.copy };
  const client = createAttemptClient(start, { ...ports, random: () => life.random.below(1_000) / 1_000 });
  machine.pages.push({ client, store });
  void client.open();
}

/** The tab is gone between two instructions. What only its memory held is gone with it, and the page had said so. */
function killPage(life: Life, machine: Machine, page: Page): void {
  life.counts.tabKills += 1;
  page.store.kill();
  page.client.close();
  machine.pages = machine.pages.filter((other) => other !== page);
  const unconfirmed = new Set(page.client.unconfirmed().map(answerText));
  for (const text of page.store.inMemory.keys()) {
    if (!unconfirmed.has(text)) continue;
    life.record.entered.delete(text);
    life.counts.lostWithMemory += 1;
  }
}

async function takeOver(life: Life, from: Machine): Promise<Machine> {
  const { seat, counts } = life;
  const next = makeMachine(life, '');
  const body = new URLSearchParams({ intent: 'take_over', commandId: newId() }).toString();
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  while (performance.now() < life.endsAtMs) {
    const answer = await next.wire
      .call(`/attempts/${seat.attemptId}`, { method: 'POST', headers, body })
      .catch(() => null);
    const cookies = answer?.headers.getSetCookie() ?? [];
    const device = cookies.map(firstPair).find((pair) => pair.startsWith('zhifa_device_'));
    if (device !== undefined) {
      counts.takeovers += 1;
      next.cookie = `${seat.session}; ${device}`;
      next.deviceKey = device.slice(device.indexOf('=') + 1);
      await openPage(life, next);
      return next;
    }
    await sleep(POLL_MS);
  }
  return from;
}

/** Twice at once, as an impatient person does. */
async function handInTwice(life: Life, machine: Machine): Promise<boolean> {
  const [page] = machine.pages;
  if (!page || !(await page.client.flush())) return false;
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const post = () =>
    machine.wire
      .call(`/attempts/${life.seat.attemptId}`, { method: 'POST', headers, body: 'intent=hand_in' })
      .catch(() => null);
  const answers = await Promise.all([post(), post()]);
  const isDone = answers.some((answer) => answer?.headers.get('location')?.endsWith('/result') === true);
  if (isDone) life.counts.handIns += 1;
  return isDone;
}

/** One thing that happens to a candidate now and then. Returns the machine the exam goes on at. */
async function suffer(life: Life, machine: Machine): Promise<Machine> {
  const { random, counts } = life;
  const page = machine.pages[random.below(Math.max(1, machine.pages.length))];
  switch (random.below(7)) {
    case 0:
    case 1:
      machine.wire.weather = WEATHERS[random.below(WEATHERS.length)] ?? 'fine';
      return machine;
    case 2:
      if (page) killPage(life, machine, page);
      return machine;
    case 3:
      if (machine.pages.length < 2) {
        counts.secondTabs += 1;
        await openPage(life, machine);
      }
      return machine;
    case 4:
      counts.fullStores += machine.device.fault === 'none' ? 1 : 0;
      if (machine.device.fault === 'none') machine.device.fault = 'full';
      else machine.device.recover();
      return machine;
    case 5:
      counts.clockJumps += 1;
      machine.clock.jump((random.below(13) - 6) * HOUR_MS);
      page?.client.tick();
      return machine;
    default:
      return random.below(3) === 0 ? takeOver(life, machine) : machine;
  }
}

/** Everything a device still holds reaches the server once the network is back, from its page or from a new one. */
async function sendRest(life: Life, machine: Machine): Promise<void> {
  machine.wire.weather = 'fine';
  machine.device.recover();
  for (;;) {
    if (machine.pages.length === 0) await openPage(life, machine).catch(() => undefined);
    for (const page of machine.pages) await page.client.flush();
    const isSent = machine.pages.every((page) => page.client.snapshot().pendingCount === 0);
    // A page of a finished attempt is a result page: it hands over what the device still holds.
    const isEmpty = isSent && (await handOver(machine.device, machine.transport));
    if (isEmpty) break;
    await sleep(POLL_MS);
  }
  for (const page of machine.pages) page.client.close();
  await machine.wire.settled();
}

/**
 * A candidate's exam on the real client core, from the first page to the last answer that has reached the server. Ends
 * when every machine it sat at has nothing left to send.
 */
export async function live(life: Life, options: { readonly handsIn: boolean }): Promise<void> {
  const { random, counts } = life;
  let machine = makeMachine(life, life.seat.deviceKey);
  const machines = [machine];
  let isDone = false;
  const room = Math.max(1, Math.floor(life.endsAtMs - performance.now() - life.outageMs));
  const outFromMs = performance.now() + random.below(room);
  const isOut = (): boolean =>
    performance.now() >= outFromMs && performance.now() < outFromMs + life.outageMs;
  let wasOut = false;
  while (!isDone && performance.now() < life.endsAtMs) {
    if (machine.pages.length === 0) await openPage(life, machine);
    const page = machine.pages[random.below(Math.max(1, machine.pages.length))];
    if (page && page.client.snapshot().phase === 'open') {
      counts.answers += 1;
      page.client.answer(random.below(POSITIONS) + 1, CHOICES[random.below(CHOICES.length)] ?? 'A');
    }
    await sleep(50 + random.below(900));
    if (random.below(6) === 0) machine = await suffer(life, machine);
    if (isOut()) machine.wire.weather = 'outage';
    else if (wasOut) {
      machine.wire.weather = 'fine';
      counts.longOutages += 1;
    }
    wasOut = isOut();
    if (!machines.includes(machine)) machines.push(machine);
    const isLate = performance.now() > life.endsAtMs - 8_000;
    if (options.handsIn && isLate) {
      machine.wire.weather = 'fine';
      isDone = await handInTwice(life, machine);
    }
  }
  for (const each of machines) await sendRest(life, each);
}
