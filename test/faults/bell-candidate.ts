import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DrawRandom } from '#app/exam/paper/draw-random.ts';
import { sealAnswers } from '#app/exam/sitting/sealed/sealed-file.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { BellLife } from './bell-page.ts';
import { isBeforeBell, typeCode } from './bell-page.ts';
import type { Course } from './course.ts';
import type { Machine, Page } from './life.ts';
import {
  MISHAPS,
  answerSomething,
  askToMove,
  handInTwice,
  leaveMachine,
  makeMachine,
  mishap,
  sendRest,
  takeOver,
} from './machine.ts';
import { answerText } from './record.ts';
import { someWeather } from './weather.ts';

/** Hand-in begins this long before the end. */
const HAND_IN_MS = 3_000;
const POLL_MS = 200;

/** What the officials of the hall do for one candidate. */
export interface Desk {
  /** 开卷口令 of another room. */
  readonly otherCode: string;
  /** The code as it was read out; null before. */
  announced(): string | null;
  release(): Promise<void>;
  /** Uploads a sealed file, twice. */
  receive(text: string): Promise<void>;
  /** Waits until nothing that is received can count any more. */
  afterEnd(): Promise<void>;
}

interface Sat {
  readonly life: BellLife;
  readonly course: Course;
  readonly desk: Desk;
  readonly first: Machine;
  /** Where the exam goes on. */
  machine: Machine;
  isCut: boolean;
  /** What had been given before the network went. */
  before: ReadonlySet<string>;
}

interface Step {
  /** Running clock. */
  readonly atMs: number;
  run(): Promise<void>;
}

async function cut(sat: Sat): Promise<void> {
  sat.life.counts.cutOff += 1;
  sat.first.wire.weather = 'outage';
  sat.isCut = true;
  sat.before = new Set(sat.life.record.given.keys());
  if (isBeforeBell(sat.life)) await typeCode(sat.life, sat.first, sat.desk.otherCode, ['wrong', 'too_early']);
}

/** Only after the invigilator has released the machine, and then at another one, from a page of its own. */
async function move(sat: Sat): Promise<void> {
  const { life, desk, first } = sat;
  if (await askToMove(life, makeMachine(life, ''), newId()))
    life.record.wrongs.push(`attempt ${life.seat.attemptId}: moved though nobody had released it`);
  else life.counts.unreleased += 1;
  await desk.release();
  sat.machine = await takeOver(life, first);
  if (sat.machine === first) return;
  life.counts.movedAway += 1;
  life.record.stray = { epoch: 1, before: sat.before };
}

async function comeBack(sat: Sat): Promise<void> {
  sat.isCut = false;
  sat.first.wire.weather = 'fine';
  await Promise.resolve();
}

/** The page of the machine, loaded once more from its copy where it was closed; null where no paper was ever opened. */
async function pageOf(life: BellLife, machine: Machine): Promise<Page | null> {
  for (;;) {
    const [page] = machine.pages;
    if (page) return page;
    // An opened envelope has left its key; a room that came from the server after the bell needs none.
    if (machine.copy === null || (machine.copy.kind === 'waiting' && machine.notes.key === null)) return null;
    if (machine.waiting === null) await life.open(machine);
    await sleep(POLL_MS);
  }
}

/** 网络始终未恢复: what the server has not confirmed goes into a file, and the file to the invigilator. */
async function handOverFile({ life, desk, first }: Sat): Promise<void> {
  const page = await pageOf(life, first);
  if (!page) {
    if (first.device.events.length > 0)
      life.record.wrongs.push(
        `attempt ${life.seat.attemptId}: answers lie on a machine that never had a paper`,
      );
    return;
  }
  // Tries once more, in vain, after everything that was given has its number.
  await page.client.flush();
  const events = page.client.unconfirmed();
  if (events.length === 0) return;
  const { sealing, start } = page.room;
  const file = await sealAnswers(life.seat.attemptId, sealing, { epoch: start.epoch, events });
  life.counts.files += 1;
  life.record.files += 1;
  for (const event of events) life.record.entered.set(answerText(event), event);
  await desk.receive(JSON.stringify(file));
}

function stepsOf(sat: Sat, random: DrawRandom): Step[] {
  const { life, course } = sat;
  const { bellMs } = life;
  const lengthMs = life.endsAtMs - bellMs;
  const inExam = (percent: number): number => bellMs + ((percent + random.below(8)) / 100) * lengthMs;
  const cutMs = course.cutOff === 'before_bell' ? bellMs - 1_200 - random.below(1_300) : inExam(38);
  const moveMs = course.moves === 'before_bell' ? cutMs : inExam(52);
  const steps: (Step | false)[] = [
    course.cutOff !== 'never' && { atMs: cutMs, run: () => cut(sat) },
    course.moves !== 'no' && { atMs: moveMs, run: () => move(sat) },
    course.back === 'in_exam' && { atMs: inExam(75), run: () => comeBack(sat) },
    course.files === 'in_exam_and_after' && { atMs: inExam(75), run: () => handOverFile(sat) },
  ];
  return steps.filter((step) => step !== false).sort((a, b) => a.atMs - b.atMs);
}

/** Who has no answer at the bell opens by what is read out; some mishear it first. */
async function listen(sat: Sat, machine: Machine): Promise<void> {
  const { life, course, desk } = sat;
  const code = desk.announced();
  const page = machine.waiting?.snapshot();
  if (code === null || !page || !course.hasCode) return;
  const isAway = machine.wire.weather === 'outage' || page.failures > 0;
  if (!isAway || life.random.below(2) === 0) return;
  if (life.random.below(4) === 0) await typeCode(life, machine, desk.otherCode, ['wrong', 'too_early']);
  await typeCode(life, machine, code, ['opened', 'too_early']);
}

/** What goes on at one machine within a moment. */
async function sitAt(sat: Sat, machine: Machine): Promise<void> {
  const { life } = sat;
  const { random } = life;
  const isLeft = machine !== sat.machine;
  // Online, a machine that the attempt has left shows nothing but where it went.
  const isDark = isLeft && machine.wire.weather !== 'outage';
  if (machine.pages.length === 0 && machine.waiting === null && !isDark) await life.open(machine);
  await listen(sat, machine);
  if (!isLeft || random.below(2) === 0) answerSomething(life, machine);
  if (random.below(8) === 0) await mishap(life, machine, random.below(MISHAPS));
  const isHeld = machine === sat.first && sat.isCut;
  if (!isHeld && random.below(8) === 0) machine.wire.weather = someWeather(random);
}

async function end(sat: Sat): Promise<void> {
  const { life, course, desk, first } = sat;
  if (sat.machine !== first) await sendRest(life, sat.machine);
  if (course.back === 'after_end' || course.files === 'after') await desk.afterEnd();
  if (course.files !== 'none') await handOverFile(sat);
  if (course.back === 'never') await leaveMachine(first);
  else await sendRest(life, first);
}

/** A candidate's exam from before the bell, on the real clients, to the last answer that has reached the server. */
export async function liveThroughBell(life: BellLife, course: Course, desk: Desk): Promise<void> {
  const first = makeMachine(life, life.seat.deviceKey);
  const sat: Sat = { ...{ life, course, desk, first }, machine: first, isCut: false, before: new Set() };
  const steps = stepsOf(sat, life.random);
  await life.open(first);
  let isDone = false;
  while (!isDone && performance.now() < life.endsAtMs) {
    while (steps[0] && steps[0].atMs <= performance.now()) await steps.shift()?.run();
    for (const machine of new Set([sat.machine, first])) await sitAt(sat, machine);
    await sleep(50 + life.random.below(450));
    if (course.handsIn && performance.now() > life.endsAtMs - HAND_IN_MS) {
      sat.machine.wire.weather = 'fine';
      isDone = await handInTwice(life, sat.machine);
    }
  }
  await end(sat);
}
