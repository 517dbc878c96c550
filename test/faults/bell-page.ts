import { askBellOver } from '#app/exam/ahead/client/http-bell.ts';
import { keepTimeIn } from '#app/exam/ahead/client/keep-time.ts';
import type { AskResult, CodeAnswer, WaitingPorts } from '#app/exam/ahead/client/waiting-client.ts';
import { createWaitingClient } from '#app/exam/ahead/client/waiting-client.ts';
import type { RoomView, WaitingView } from '#app/exam/sitting/attempt-view.server.ts';
import { viewAttempt } from '#app/exam/sitting/attempt-view.server.ts';
import { PAGE_HEADER, ROOM_PAGE } from '#app/exam/sitting/client/page-copies.ts';
import { systemClock } from '#app/platform/time/clock.ts';
import type { Life, LifeCounts, Machine } from './life.ts';
import { noCounts } from './life.ts';
import { enterRoom } from './machine.ts';

export interface BellCounts extends LifeCounts {
  /** Opened envelopes, and those of them that the 开卷口令 opened. */
  opened: number;
  openedByCode: number;
  /** Wrong codes, and the right one too early: all of them refused. */
  wrongCodes: number;
  earlyCodes: number;
  /** Answers and hand-ins that were sent before the bell: all of them refused. */
  earlyKnocks: number;
  /** Loads and openings whose device would not note the time. */
  timesNotKept: number;
  brokenPages: number;
  /** Machines that lost the network for a while or for good. */
  cutOff: number;
  /** Moves that were refused because nobody had released the machine. */
  unreleased: number;
  /** Moves away from a machine that was cut off. */
  movedAway: number;
  files: number;
  uploads: number;
}

export const noBellCounts = (): BellCounts => ({
  ...noCounts(),
  ...{ opened: 0, openedByCode: 0, wrongCodes: 0, earlyCodes: 0, earlyKnocks: 0, timesNotKept: 0 },
  ...{ brokenPages: 0, cutOff: 0, unreleased: 0, movedAway: 0, files: 0, uploads: 0 },
});

/** A life that begins before the bell. */
export interface BellLife extends Life {
  readonly counts: BellCounts;
  /** The bell, milliseconds since 1970: the servers' clock is this machine's. */
  readonly bellAtMs: number;
  /** The same on the running clock. */
  readonly bellMs: number;
}

export const isBeforeBell = (life: BellLife): boolean => systemClock.now().getTime() < life.bellAtMs;

function wrong(life: BellLife, text: string): void {
  life.record.wrongs.push(`attempt ${life.seat.attemptId}: ${text}`);
}

/**
 * What a load of the page gives: what the server shows, when it answers, else the copy as it was last kept. Whether it
 * answers, and which of the pages it would show, is asked of a real one; the page's data is what its view says.
 */
async function loadView(life: BellLife, machine: Machine): Promise<RoomView | WaitingView | null> {
  const { ctx, attemptId } = life.seat;
  const answer = await machine.wire.call(`/attempts/${attemptId}`, { method: 'GET' }).catch(() => null);
  await answer?.arrayBuffer().catch(() => null);
  if (answer?.headers.get(PAGE_HEADER) === ROOM_PAGE && isBeforeBell(life))
    wrong(life, 'the paper was shown before the bell');
  const isThere = answer !== null && answer.status < 500;
  const view = isThere
    ? await viewAttempt(ctx, { attemptId, deviceKey: machine.deviceKey }).catch(() => null)
    : null;
  if (view?.ok) {
    const { value } = view;
    machine.copy = value.kind === 'room' || value.kind === 'waiting' ? value : null;
  } else if (machine.copy) life.counts.offlineReloads += 1;
  return machine.copy;
}

function heard(life: BellLife, answer: AskResult): AskResult {
  if (answer.kind === 'bell' && answer.bell.key !== null && isBeforeBell(life))
    wrong(life, 'the key was given out before the bell');
  return answer;
}

function portsOf(life: BellLife, machine: Machine, close: () => void): WaitingPorts {
  const { counts } = life;
  return {
    clock: machine.clock,
    canOpen: true,
    ask: async () => heard(life, await askBellOver(machine.wire, life.seat.attemptId)),
    readKey: () => machine.notes.key,
    keepKey: (key) => {
      counts.opened += 1;
      if (isBeforeBell(life)) wrong(life, 'the envelope was opened before the bell');
      machine.notes.key = key;
    },
    keepTime: (memo) =>
      keepTimeIn(machine.device, memo).catch(() => {
        counts.timesNotKept += 1;
      }),
    // The candidate's next turn finds no page and loads it.
    reload: close,
    readReload: () => machine.notes.reload,
    keepReload: (why) => {
      machine.notes.reload = why;
    },
    report: () => {
      counts.brokenPages += 1;
    },
    random: () => life.random.below(1_000) / 1_000,
  };
}

function wait(life: BellLife, machine: Machine, view: WaitingView): void {
  const close = (): void => {
    client.close();
    if (machine.waiting === client) machine.waiting = null;
  };
  const client = createWaitingClient(view, portsOf(life, machine, close));
  machine.waiting = client;
  client.subscribe(() => {
    const { room } = client.snapshot();
    if (!room || machine.waiting !== client) return;
    machine.waiting = null;
    if (isBeforeBell(life)) wrong(life, 'the paper was open before the bell');
    enterRoom(life, machine, room);
  });
  void client.open();
}

/** Loads the page on a machine: the exam room, or the page that waits for the bell. */
export async function openBellPage(life: BellLife, machine: Machine): Promise<void> {
  const view = await loadView(life, machine);
  if (view?.kind === 'room') enterRoom(life, machine, view);
  else if (view && machine.waiting === null) wait(life, machine, view);
}

/** Types a code into the page that waits, and holds its answer against what may come of it. */
export async function typeCode(
  life: BellLife,
  machine: Machine,
  code: string,
  allowed: readonly CodeAnswer[],
): Promise<void> {
  const page = machine.waiting;
  if (!page) return;
  const answer = await page.enterCode(code);
  if (answer === 'opened') life.counts.openedByCode += 1;
  if (answer === 'wrong') life.counts.wrongCodes += 1;
  if (answer === 'too_early') life.counts.earlyCodes += 1;
  if (!allowed.includes(answer)) wrong(life, `a code was answered with ${answer}`);
}
