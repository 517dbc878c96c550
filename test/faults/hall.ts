import { setTimeout as sleep } from 'node:timers/promises';
import { drawRandom } from '#app/exam/paper/draw-random.ts';
import { createSessions } from '#app/accounts/session.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { systemClock } from '#app/platform/time/clock.ts';
import { aHall, aRunningAttempt, prepareExam } from '#test/support/exam.ts';
import { live, openPage } from './candidate.ts';
import type { Life, LifeCounts, Seat } from './life.ts';
import { noCounts } from './life.ts';
import { firstPair } from './machine.ts';
import type { Verdict } from './oracle.ts';
import { judge } from './oracle.ts';
import type { FaultyPlatform } from './platform.ts';
import { emptyRecord } from './record.ts';
import type { Kills } from './staging.ts';
import { SETTLE_MS, allClosed, inTurns, restart, secondsAfter, until, withCtx } from './staging.ts';

const GRACE_SECONDS = 3;

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
  readonly lastClosedSeconds: number;
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
    return { ctx: candidate.ctx, attemptId, deviceKey, session: firstPair(setCookie) };
  });
  return { seats, closeAt: new Date(hardEndAt.getTime() + GRACE_SECONDS * 1_000) };
}

/** kill -9 of the servers in turn and of the database while answers come in, and of both servers while attempts close. */
async function strike(platform: FaultyPlatform, plan: HallPlan, closeAt: Date, kills: Kills): Promise<void> {
  const [one, two] = platform.servers;
  if (!one || !two) throw new Error('two servers are there to be killed');
  const random = drawRandom(`strike-${plan.seed}`);
  const third = (plan.seconds * 1_000) / 4;
  await sleep(third / 2);
  await restart(one, 500, kills);
  await sleep(third / 3);
  kills.database += 1;
  await platform.killDatabase();
  await sleep(third / 3);
  await restart(two, 500, kills);
  await until(closeAt.getTime() + SETTLE_MS + random.below(300));
  const first = restart(one, random.below(300), kills);
  await sleep(random.below(300));
  await Promise.all([first, restart(two, random.below(300), kills)]);
}

/** One exam under fire, and what the oracle says about it. */
export async function runHall(platform: FaultyPlatform, plan: HallPlan): Promise<HallReport> {
  return withCtx(platform, async (ctx) => {
    const { seats, closeAt } = await takeSeats(ctx, plan);
    const counts = noCounts();
    const kills: Kills = { servers: 0, database: 0 };
    const endsAtMs =
      performance.now() + closeAt.getTime() - GRACE_SECONDS * 1_000 - systemClock.now().getTime();
    const records = seats.map(({ attemptId }) => emptyRecord(attemptId));
    const lives = seats.map((seat, index) => {
      const record = records[index];
      if (!record) throw new Error('every seat has its record');
      const random = drawRandom(`${plan.seed}-${index}`);
      const urls = platform.servers.map((server) => server.url);
      const life: Life = {
        ...{ seat, urls, random, counts, record, endsAtMs },
        open: (machine) => openPage(life, machine),
      };
      const outageMs = (plan.outageSeconds ?? 0) * 1_000;
      return live(life, { handsIn: index % plan.handsInEvery === 0, outageMs });
    });
    await Promise.all([strike(platform, plan, closeAt, kills), ...lives]);
    const last = await allClosed(
      ctx,
      seats.map((seat) => seat.attemptId),
    );
    return {
      ...(await judge(ctx.pool, records)),
      counts,
      serverKills: kills.servers,
      databaseKills: kills.database,
      lastClosedSeconds: secondsAfter(closeAt, last),
    };
  });
}
