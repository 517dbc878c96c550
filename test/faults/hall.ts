import { setTimeout as sleep } from 'node:timers/promises';
import { drawRandom } from '#app/exam/paper/draw-random.ts';
import { createSessions } from '#app/accounts/session.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { openDatabase } from '#app/platform/db/db.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { createSecrets } from '#app/platform/secret/keys.server.ts';
import { systemClock } from '#app/platform/time/clock.ts';
import { aHall, aRunningAttempt, prepareExam } from '#test/support/exam.ts';
import type { LifeCounts, Seat } from './candidate.ts';
import { live, noCounts } from './candidate.ts';
import type { Verdict } from './oracle.ts';
import { judge } from './oracle.ts';
import type { FaultyPlatform } from './platform.ts';
import type { Record } from './record.ts';

const GRACE_SECONDS = 3;
/** The sweep closes this long after close_at at the earliest (its settling time). */
const SETTLE_MS = 1_000;
const POLL_MS = 200;
const STARTS_AT_ONCE = 8;
const POOL_SIZE = 12;

export interface HallPlan {
  readonly seed: string;
  readonly candidates: number;
  /** Length of the exam. */
  readonly seconds: number;
  /** Every which candidate hands in; the others are closed by the sweep. */
  readonly handsInEvery: number;
  /** Length of one real outage that every candidate sits through; left out: short ones only. */
  readonly outageSeconds?: number | undefined;
}

export interface HallReport extends Verdict {
  readonly counts: LifeCounts;
  readonly serverKills: number;
  readonly databaseKills: number;
  /** Seconds after close_at at which the last attempt was closed; killed servers and their restarts included. */
  readonly lastClosedSeconds: number;
}

/** Calls `work` for each item, a few at once. */
async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += STARTS_AT_ONCE)
    results.push(...(await Promise.all(items.slice(from, from + STARTS_AT_ONCE).map(work))));
  return results;
}

async function takeSeats(ctx: Ctx, plan: HallPlan): Promise<{ seats: Seat[]; closeAt: Date }> {
  await prepareExam(ctx);
  const hall = await aHall(ctx, { candidates: plan.candidates, sitting: { graceSeconds: GRACE_SECONDS } });
  const hardEndAt = new Date(ctx.clock.now().getTime() + plan.seconds * 1_000);
  // The hall was filled beforehand; its end is set now that everybody is about to start.
  await ctx.pool.query('update exam_sitting set latest_entry_at = $2, hard_end_at = $2 where id = $1', [
    hall.sittingId,
    hardEndAt,
  ]);
  const sessions = createSessions({ pool: ctx.pool, secure: false });
  const seats = await inTurns(hall.candidates, async (candidate): Promise<Seat> => {
    const { attemptId, deviceKey } = await aRunningAttempt(candidate);
    const { setCookie } = await sessions.create(candidate.ctx.actorId);
    return { ctx: candidate.ctx, attemptId, deviceKey, session: setCookie.split(';')[0] ?? '' };
  });
  return { seats, closeAt: new Date(hardEndAt.getTime() + GRACE_SECONDS * 1_000) };
}

interface Kills {
  servers: number;
  database: number;
}

/** kill -9 of the servers in turn and of the database while answers come in, and of both servers while attempts close. */
async function strike(platform: FaultyPlatform, plan: HallPlan, closeAt: Date, kills: Kills): Promise<void> {
  const [one, two] = platform.servers;
  if (!one || !two) throw new Error('two servers are there to be killed');
  const random = drawRandom(`strike-${plan.seed}`);
  const restart = async (server: typeof one, pauseMs: number): Promise<void> => {
    kills.servers += 1;
    await server.kill9();
    await sleep(pauseMs);
    await server.start();
  };
  const third = (plan.seconds * 1_000) / 4;
  await sleep(third / 2);
  await restart(one, 500);
  await sleep(third / 3);
  kills.database += 1;
  await platform.killDatabase();
  await sleep(third / 3);
  await restart(two, 500);
  const settled = closeAt.getTime() + SETTLE_MS - systemClock.now().getTime();
  await sleep(Math.max(0, settled + random.below(300)));
  const first = restart(one, random.below(300));
  await sleep(random.below(300));
  await Promise.all([first, restart(two, random.below(300))]);
}

async function allClosed(ctx: Ctx, seats: readonly Seat[]): Promise<Date> {
  const ids = seats.map((seat) => seat.attemptId);
  for (;;) {
    const { rows } = await ctx.pool
      .query<{ open: number; last: Date }>(
        `select count(*) filter (where state = 'in_progress')::int as open, max(finalised_at) as last
         from attempt where id = any($1::uuid[])`,
        [ids],
      )
      .catch(() => ({ rows: [] }));
    const [row] = rows;
    if (row?.open === 0) return row.last;
    await sleep(POLL_MS);
  }
}

/** One exam under fire, and what the oracle says about it. */
export async function runHall(platform: FaultyPlatform, plan: HallPlan): Promise<HallReport> {
  const log = createLogger({ level: 'silent' });
  const database = openDatabase({ url: platform.servingUrl, maxConnections: POOL_SIZE, log });
  const ctx: Ctx = {
    ...database,
    clock: systemClock,
    secrets: createSecrets(platform.secret),
    log,
    actorId: null,
    requestId: 'faults',
  };
  try {
    const { seats, closeAt } = await takeSeats(ctx, plan);
    const counts = noCounts();
    const kills: Kills = { servers: 0, database: 0 };
    const endsAtMs =
      performance.now() + closeAt.getTime() - GRACE_SECONDS * 1_000 - systemClock.now().getTime();
    const records: Record[] = seats.map(({ attemptId }) => ({
      attemptId,
      entered: new Map(),
      acknowledged: new Map(),
    }));
    const lives = seats.map((seat, index) => {
      const record = records[index];
      if (!record) throw new Error('every seat has its record');
      const random = drawRandom(`${plan.seed}-${index}`);
      const urls = platform.servers.map((server) => server.url);
      return live(
        { seat, urls, random, counts, record, endsAtMs, outageMs: (plan.outageSeconds ?? 0) * 1_000 },
        { handsIn: index % plan.handsInEvery === 0 },
      );
    });
    await Promise.all([strike(platform, plan, closeAt, kills), ...lives]);
    const last = await allClosed(ctx, seats);
    return {
      ...(await judge(ctx.pool, records)),
      counts,
      serverKills: kills.servers,
      databaseKills: kills.database,
      lastClosedSeconds: Math.max(0, last.getTime() - closeAt.getTime()) / 1_000,
    };
  } finally {
    await database.close();
  }
}
