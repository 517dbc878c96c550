import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RoomView } from '#app/exam/sitting/attempt-view.server.ts';
import { createAttemptClient } from '#app/exam/sitting/client/attempt-client.ts';
import { handOver } from '#app/exam/sitting/client/hand-over.ts';
import { httpTransport } from '#app/exam/sitting/client/http-transport.ts';
import { deviceCookie } from '#app/exam/sitting/device.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { virtualDevice, virtualTabs } from '#test/support/virtual-client.ts';
import type { Life, Machine, Page } from './life.ts';
import { answerText, note, pageStore } from './record.ts';
import { roughWire } from './weather.ts';

const HOUR_MS = 3_600_000;
const POSITIONS = 30;
const CHOICES = ['A', 'B', 'C', 'D', ''] as const;
const POLL_MS = 250;
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

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

export const firstPair = (setCookie: string): string => setCookie.split(';')[0] ?? '';

export function makeMachine(life: Life, deviceKey: string): Machine {
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
    waiting: null,
    notes: { key: null, reload: null },
  };
  const real = httpTransport(seat.attemptId, machine.wire);
  return machine;
}

/** The exam room comes to life on this machine, in one more tab. */
export function enterRoom(life: Life, machine: Machine, room: RoomView): void {
  const store = pageStore(machine.device, machine.tab(), life.record);
  const { transport, clock, device } = machine;
  const { copy, numbers } = device;
  const ports = { store, transport, clock, tabs: store.tabs, copy, numbers };
  const client = createAttemptClient(room.start, {
    ...ports,
    random: () => life.random.below(1_000) / 1_000,
  });
  machine.pages.push({ client, store, room });
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

const somePage = (life: Life, machine: Machine): Page | undefined =>
  machine.pages[life.random.below(Math.max(1, machine.pages.length))];

/** One more answer on one of the machine's pages, if one of them is open. */
export function answerSomething(life: Life, machine: Machine): void {
  const { random, counts } = life;
  const page = somePage(life, machine);
  if (page?.client.snapshot().phase !== 'open') return;
  counts.answers += 1;
  page.client.answer(random.below(POSITIONS) + 1, CHOICES[random.below(CHOICES.length)] ?? 'A');
}

export const MISHAPS = 4;

/** What happens to a machine of itself. @param which 0 ≤ which < MISHAPS: a killed tab, a second one, a full store, a clock set */
export async function mishap(life: Life, machine: Machine, which: number): Promise<void> {
  const { random, counts } = life;
  const page = somePage(life, machine);
  switch (which) {
    case 0:
      if (page) killPage(life, machine, page);
      machine.waiting?.close();
      machine.waiting = null;
      return;
    case 1:
      if (machine.pages.length < 2) {
        counts.secondTabs += 1;
        await life.open(machine);
      }
      return;
    case 2:
      counts.fullStores += machine.device.fault === 'none' ? 1 : 0;
      if (machine.device.fault === 'none') machine.device.fault = 'full';
      else machine.device.recover();
      return;
    default:
      counts.clockJumps += 1;
      machine.clock.jump((random.below(13) - 6) * HOUR_MS);
      page?.client.tick();
  }
}

/** Asks once for the exam to go on at this machine, which then has its key. False without an answer that says so. */
export async function askToMove(life: Life, next: Machine, commandId: string): Promise<boolean> {
  const body = new URLSearchParams({ intent: 'take_over', commandId }).toString();
  const answer = await next.wire
    .call(`/attempts/${life.seat.attemptId}`, { method: 'POST', headers: FORM, body })
    .catch(() => null);
  const cookies = answer?.headers.getSetCookie() ?? [];
  const device = cookies.map(firstPair).find((pair) => pair.startsWith('zhifa_device_'));
  if (device === undefined) return false;
  life.counts.takeovers += 1;
  next.cookie = `${life.seat.session}; ${device}`;
  next.deviceKey = device.slice(device.indexOf('=') + 1);
  return true;
}

/** The machine the exam goes on at: a new one, or still this one when the time is over before the move is. */
export async function takeOver(life: Life, from: Machine): Promise<Machine> {
  const next = makeMachine(life, '');
  const commandId = newId();
  while (performance.now() < life.endsAtMs) {
    if (await askToMove(life, next, commandId)) {
      await life.open(next);
      return next;
    }
    await sleep(POLL_MS);
  }
  return from;
}

/** One hand-in over the wire; true when the answer leads to the result. */
export async function postHandIn(life: Life, machine: Machine): Promise<boolean> {
  const answer = await machine.wire
    .call(`/attempts/${life.seat.attemptId}`, { method: 'POST', headers: FORM, body: 'intent=hand_in' })
    .catch(() => null);
  return answer?.headers.get('location')?.endsWith('/result') === true;
}

/** Twice at once, as an impatient person does. */
export async function handInTwice(life: Life, machine: Machine): Promise<boolean> {
  const [page] = machine.pages;
  if (!page || !(await page.client.flush())) return false;
  const answers = await Promise.all([postHandIn(life, machine), postHandIn(life, machine)]);
  const isDone = answers.includes(true);
  if (isDone) life.counts.handIns += 1;
  return isDone;
}

/** Everything a device still holds reaches the server once the network is back, from its page or from a new one. */
export async function sendRest(life: Life, machine: Machine): Promise<void> {
  machine.wire.weather = 'fine';
  machine.device.recover();
  for (;;) {
    if (machine.pages.length === 0) await life.open(machine).catch(() => undefined);
    for (const page of machine.pages) await page.client.flush();
    const isSent = machine.pages.every((page) => page.client.snapshot().pendingCount === 0);
    // A page of a finished attempt is a result page: it hands over what the device still holds.
    const isEmpty = isSent && (await handOver(machine.device, machine.transport));
    if (isEmpty) break;
    await sleep(POLL_MS);
  }
  await leaveMachine(machine);
}

/** Nobody sits there any more. */
export async function leaveMachine(machine: Machine): Promise<void> {
  machine.waiting?.close();
  machine.waiting = null;
  for (const page of machine.pages) page.client.close();
  await machine.wire.settled();
}
