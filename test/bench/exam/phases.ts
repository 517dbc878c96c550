import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { newId } from '#app/platform/ids/id.ts';
import { median, round } from '../bench-figures.ts';
import type { Driver, Target } from './drive.ts';
import type { BenchHall, Seat } from './hall.ts';
import { BENCH_PASSWORD, endSoon } from './hall.ts';
import type { Call, LoadResult } from './load.ts';
import { scriptKilobytes } from './page-scripts.ts';
import type { Usage } from './resources.ts';

/** How much of everything is measured. */
export interface Shape {
  readonly rounds: number;
  /** Of one run of saves. */
  readonly seconds: number;
  /** Pages, starts and hand-ins of one round. */
  readonly pages: number;
  readonly starts: number;
  readonly handIns: number;
  /** Candidates who start, and hand in, within one second; who log in; whose time is over at one moment. */
  readonly burst: number;
  readonly logins: number;
  readonly expiring: number;
}

export interface Bench {
  readonly shape: Shape;
  readonly driver: Driver;
  readonly databaseUrl: string;
  readonly hall: BenchHall;
  readonly bare: Target;
  readonly one: Target;
  readonly two: Target;
}

type Keys = Readonly<Record<string, unknown>>;
interface Run {
  readonly load: LoadResult;
  readonly usage: Usage;
}

/** Closed loops at a time, as for the yardstick. */
export const LOOPS = 50;
/** Numbers of one run of saves on the bare server; no loop gets that far in its time. */
const SEQ_STEP = 1_000_000;
/** Ours begins behind the answers each candidate has given already, as a page does. */
const FIRST_SEQ = 101;
const BURST_MS = 1_000;
const LOGIN_MS = 10_000;
const EXPIRE_IN_SECONDS = 2;

const rateOf = (runs: readonly Run[]): number => median(runs.map((run) => run.load.perSecond));
const saturatedIn = (runs: readonly Run[]): string => runs.at(-1)?.usage.saturated ?? 'unknown';
const failedIn = (runs: readonly Run[]): number => runs.reduce((sum, run) => sum + run.load.failed, 0);

/**
 * CPU time of one operation, in microseconds: it hardly moves when somebody else loads the machine, as rates do. 0 where
 * the database runs on another machine.
 */
function cpuOf(name: string, runs: readonly Run[]): Keys {
  const perRequest = (cores: (usage: Usage) => number): number =>
    Math.round(
      median(runs.map(({ load, usage }) => (cores(usage) * load.seconds * 1e6) / Math.max(1, load.requests))),
    );
  return {
    [`${name}_server_cpu_us`]: perRequest((usage) => usage.server),
    [`${name}_database_cpu_us`]: perRequest((usage) => usage.database),
  };
}

function show(what: string, { load, usage }: Run): void {
  console.error(JSON.stringify({ [what]: load, usage }));
}

/** Candidates who save: fifty others in each run of ours, so that nobody's journal grows beyond what a person writes. */
export const savers = ({ rounds }: Shape): number => 2 * (rounds + 1) * LOOPS;

/** One platform's saves and the yardstick's in turn: what else the machine does falls on all of them alike. */
export async function saves(bench: Bench): Promise<Keys> {
  const { shape, driver, hall } = bench;
  const runs = { bare: [] as Run[], one: [] as Run[], two: [] as Run[] };
  const ours = queueOf(hall.running);
  let bareSeq = 0;
  const run = async (name: keyof typeof runs, seconds: number): Promise<Run> => {
    const isBare = name === 'bare';
    const seats = (isBare ? hall.running.slice(0, LOOPS) : ours.take(LOOPS)).map(({ attemptId, cookie }) => ({
      attemptId,
      cookie,
    }));
    const firstSeq = isBare ? (bareSeq += SEQ_STEP) : FIRST_SEQ;
    const one = await driver.drive(bench[name], { kind: 'saves', seconds, firstSeq, seats });
    show(`saves ${name}`, one);
    return one;
  };
  for (const name of ['bare', 'one', 'two'] as const) await run(name, 2);
  for (let round = 0; round < shape.rounds; round += 1)
    for (const name of ['bare', 'one', 'two'] as const) runs[name].push(await run(name, shape.seconds));
  const bareRate = rateOf(runs.bare);
  return {
    save_ratio_1p: round(rateOf(runs.one) / bareRate),
    save_ratio_2p: round(rateOf(runs.two) / bareRate),
    save_p99_over_bare_p50: round(
      median(runs.one.map((one) => one.load.p99Ms)) / median(runs.bare.map((one) => one.load.p50Ms)),
    ),
    bare_per_s: bareRate,
    saves_per_s_1p: rateOf(runs.one),
    saves_per_s_2p: rateOf(runs.two),
    saves_failed: failedIn([...runs.one, ...runs.two]),
    saturated_saves_bare: saturatedIn(runs.bare),
    saturated_saves_1p: saturatedIn(runs.one),
    saturated_saves_2p: saturatedIn(runs.two),
    ...cpuOf('saves_bare', runs.bare),
    ...cpuOf('saves', runs.one),
  };
}

export const pageCall = (seat: Seat): Call => ({
  method: 'GET',
  path: `/attempts/${seat.attemptId}`,
  cookie: seat.cookie,
});

export const startCall = (seat: Seat): Call => ({
  method: 'POST',
  path: '/attempts/start',
  cookie: seat.cookie,
  body: `registrationId=${seat.registrationId}&commandId=${newId()}&view=one`,
});

export const handInCall = (seat: Seat): Call => ({
  method: 'POST',
  path: `/attempts/${seat.attemptId}`,
  cookie: seat.cookie,
  body: 'intent=hand_in',
});

/** Rounds of one kind of call on one process, each beside a run of the yardstick. */
async function loops(bench: Bench, name: string, rounds: readonly (readonly Call[])[], status: number) {
  const { driver, shape, hall } = bench;
  const seats = hall.running.slice(0, LOOPS).map(({ attemptId, cookie }) => ({ attemptId, cookie }));
  const runs: Run[] = [];
  const bare: Run[] = [];
  for (const calls of rounds) {
    const firstSeq = performance.now() * 1_000;
    const yardstick = {
      kind: 'saves',
      seconds: shape.seconds / 3,
      firstSeq: Math.floor(firstSeq),
      seats,
    } as const;
    bare.push(await driver.drive(bench.bare, yardstick));
    const run = await driver.drive(bench.one, { kind: 'loops', loops: LOOPS, calls, status });
    show(name, run);
    runs.push(run);
  }
  return {
    [`${name}_ratio`]: round(rateOf(runs) / rateOf(bare), 3),
    [`${name}_per_s`]: rateOf(runs),
    [`${name}_p95_loop_ms`]: median(runs.map((run) => run.load.p95Ms)),
    [`${name}_failed`]: failedIn(runs),
    [`saturated_${name}`]: saturatedIn(runs),
    ...cpuOf(name, runs),
  };
}

const slices = <T>(items: readonly T[], size: number, count: number): T[][] =>
  Array.from({ length: count }, (_, n) => items.slice(n * size, (n + 1) * size));

/** Takes seats from the front of a list, so that no seat starts or hands in twice. */
export interface Queue {
  take(count: number): readonly Seat[];
}
export function queueOf(seats: readonly Seat[]): Queue {
  let from = 0;
  return { take: (count) => seats.slice(from, (from += count)) };
}

export async function pages(bench: Bench): Promise<Keys> {
  const { shape, hall } = bench;
  const seats = hall.running.slice(savers(shape), savers(shape) + shape.pages);
  const rounds = Array.from({ length: shape.rounds }, () => seats.map(pageCall));
  const [seat] = seats;
  const answer =
    seat &&
    (await fetch(`http://127.0.0.1:${bench.one.port}${pageCall(seat).path}`, {
      headers: { Cookie: seat.cookie },
    }));
  const html = (await answer?.text()) ?? '';
  return {
    ...(await loops(bench, 'page', rounds, 200)),
    page_kb: round(html.length / 1024, 1),
    exam_js_gzip_kb: await scriptKilobytes(html),
  };
}

export async function starts(bench: Bench, waiting: Queue): Promise<Keys> {
  const { shape } = bench;
  const seats = waiting.take(shape.starts * shape.rounds);
  return loops(bench, 'start', slices(seats.map(startCall), shape.starts, shape.rounds), 302);
}

export async function handIns(bench: Bench, running: Queue): Promise<Keys> {
  const { shape } = bench;
  const seats = running.take(shape.handIns * shape.rounds);
  return loops(bench, 'handin', slices(seats.map(handInCall), shape.handIns, shape.rounds), 302);
}

/** A whole hall in one second, against two processes: start and paper page, later hand-in; and logging in before. */
export async function bursts(bench: Bench, waiting: Queue, running: Queue): Promise<Keys> {
  const { shape, driver, two } = bench;
  const logins = waiting.take(shape.logins).map(({ login }): Call => ({
    method: 'POST',
    path: '/login',
    cookie: '',
    body: `login=${login}&password=${encodeURIComponent(BENCH_PASSWORD)}&to=%2Fexams&commandId=${newId()}`,
  }));
  const login = await driver.drive(two, {
    kind: 'burst',
    withinMs: LOGIN_MS,
    calls: logins,
    status: 302,
    opens: false,
  });
  show('login', login);
  const start = await driver.drive(two, {
    kind: 'burst',
    withinMs: BURST_MS,
    calls: waiting.take(shape.burst).map(startCall),
    status: 302,
    opens: true,
  });
  show('start burst', start);
  const handIn = await driver.drive(two, {
    kind: 'burst',
    withinMs: BURST_MS,
    calls: running.take(shape.burst).map(handInCall),
    status: 302,
    opens: false,
  });
  show('hand-in burst', handIn);
  return {
    start_2000_failed: start.load.failed,
    start_2000_all_open_s: start.load.seconds,
    handin_2000_failed: handIn.load.failed,
    handin_p95_ms: handIn.load.p95Ms,
    login_500_p95_ms: login.load.p95Ms,
    login_failed: login.load.failed,
    burst_candidates: start.load.requests,
    saturated_start_2000: start.usage.saturated,
    saturated_handin_2000: handIn.usage.saturated,
    saturated_login: login.usage.saturated,
    ...cpuOf('login', [login]),
    ...cpuOf('start_2000', [start]),
    ...cpuOf('handin_2000', [handIn]),
  };
}

/** Nobody there when the time is over: how long after close_at the last attempt was closed and graded. */
export async function sweep(bench: Bench, running: Queue): Promise<Keys> {
  const ids = running.take(bench.shape.expiring).map((seat) => seat.attemptId);
  await endSoon(bench.databaseUrl, ids, EXPIRE_IN_SECONDS);
  const client = new pg.Client({ connectionString: bench.databaseUrl });
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query<{ open: number; graded: number; worst: number }>(
        `select count(*) filter (where a.state = 'in_progress')::int as open, count(r.id)::int as graded,
           coalesce(max(extract(epoch from r.recorded_at - a.close_at)), 0)::float as worst
         from attempt a left join exam_result r on r.attempt_id = a.id where a.id = any($1::uuid[])`,
        [ids],
      );
      const [row] = rows;
      if (row?.open === 0)
        return {
          sweep_worst_s: round(row.worst),
          sweep_attempts: ids.length,
          sweep_graded_once: row.graded === ids.length,
        };
      await sleep(200);
    }
  } finally {
    await client.end();
  }
}
