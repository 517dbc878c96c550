import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { viewAttempt } from '#app/exam/sitting/attempt-view.server.ts';
import type { Life, Machine } from './life.ts';
import {
  MISHAPS,
  answerSomething,
  enterRoom,
  handInTwice,
  makeMachine,
  mishap,
  sendRest,
  takeOver,
} from './machine.ts';
import { someWeather } from './weather.ts';

/** What a load of the page gives: the server's state, or without network or server the copy as it was last kept. */
export async function openPage(life: Life, machine: Machine): Promise<void> {
  const { seat, counts } = life;
  if (machine.wire.weather !== 'outage') {
    const { ctx, attemptId } = seat;
    const view = await viewAttempt(ctx, { attemptId, deviceKey: machine.deviceKey }).catch(() => null);
    if (view?.ok) {
      machine.copy = view.value.kind === 'room' ? view.value : null;
      if (machine.copy) enterRoom(life, machine, machine.copy);
      return;
    }
  }
  if (machine.copy?.kind !== 'room') return;
  counts.offlineReloads += 1;
  enterRoom(life, machine, machine.copy);
}

const THINGS = 7;
/** The first of them change the weather, the last moves the candidate, now and then. */
const CHANGES = 2;

/** One thing that happens to a candidate now and then. Returns the machine the exam goes on at. */
async function suffer(life: Life, machine: Machine): Promise<Machine> {
  const { random } = life;
  const which = random.below(THINGS);
  if (which < CHANGES) machine.wire.weather = someWeather(random);
  else if (which < CHANGES + MISHAPS) await mishap(life, machine, which - CHANGES);
  else if (random.below(3) === 0) return takeOver(life, machine);
  return machine;
}

/**
 * A candidate's exam on the real client core, from the first page to the last answer that has reached the server. Ends
 * when every machine it sat at has nothing left to send.
 * @param options.outageMs one outage of this length in real time, somewhere in the exam, besides the short ones; 0 = none
 */
export async function live(
  life: Life,
  options: { readonly handsIn: boolean; readonly outageMs: number },
): Promise<void> {
  const { random, counts } = life;
  const { outageMs } = options;
  let machine = makeMachine(life, life.seat.deviceKey);
  const machines = [machine];
  let isDone = false;
  const room = Math.max(1, Math.floor(life.endsAtMs - performance.now() - outageMs));
  const outFromMs = performance.now() + random.below(room);
  const isOut = (): boolean => performance.now() >= outFromMs && performance.now() < outFromMs + outageMs;
  let wasOut = false;
  while (!isDone && performance.now() < life.endsAtMs) {
    if (machine.pages.length === 0) await openPage(life, machine);
    answerSomething(life, machine);
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
