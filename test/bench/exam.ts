import os from 'node:os';
import { onDatabase, openServer } from './bench-database.ts';
import { round } from './bench-figures.ts';
import { stop } from './bench-process.ts';
import type { Target } from './exam/drive.ts';
import { atRest, startBare, startDriver, startOurs } from './exam/drive.ts';
import { makeHall } from './exam/hall.ts';
import type { Bench, Shape } from './exam/phases.ts';
import { LOOPS, bursts, handIns, pages, queueOf, saves, starts, sweep } from './exam/phases.ts';

/**
 * `npm run bench exam`: saving, starting, the paper page and handing in against the bare server (design.md §5), then a
 * hall of 2,000 that starts, and hands in, within one second, logging in, and the sweep with nobody there. Ours is the
 * whole platform as `npm start` runs it, once with one process and once with two (the hall is met by the two).
 * `npm run bench exam -- --short` takes two minutes, for trying; its figures say little. BENCH_DATABASE_URL names a server
 * of one's own (fsync on, no database name); otherwise an embedded one is started.
 */
const SHAPES: { readonly [name in 'long' | 'short']: Shape } = {
  long: {
    ...{ rounds: 3, seconds: 12, pages: 600, starts: 1_500, handIns: 1_500 },
    ...{ burst: 2_000, logins: 500, expiring: 2_000 },
  },
  short: {
    ...{ rounds: 1, seconds: 4, pages: 150, starts: 300, handIns: 300 },
    ...{ burst: 200, logins: 50, expiring: 200 },
  },
};

async function measure(bench: Bench): Promise<Record<string, unknown>> {
  const { shape, hall } = bench;
  const waiting = queueOf(hall.waiting);
  const running = queueOf(hall.running.slice(LOOPS));
  return {
    ...(await saves(bench)),
    ...(await starts(bench, waiting)),
    ...(await pages(bench)),
    ...(await handIns(bench, running)),
    ...(await bursts(bench, waiting, running)),
    ...(await sweep(bench, running)),
    short: shape === SHAPES.short,
    cores: os.cpus().length,
    load_average: round(os.loadavg()[0] ?? 0),
  };
}

export async function run(args: readonly string[] = []): Promise<Record<string, unknown>> {
  const shape = args.includes('--short') ? SHAPES.short : SHAPES.long;
  const server = await openServer();
  try {
    return await onDatabase(server, `zhifa_bench_exam_${process.pid}`, async (databaseUrl) => {
      const { rounds, starts: started, handIns: handedIn, burst, logins, expiring } = shape;
      const hall = await makeHall(databaseUrl, {
        running: LOOPS + rounds * handedIn + burst + expiring,
        waiting: rounds * started + burst + logins,
      });
      const targets: Target[] = [];
      const begin = async (starting: Promise<Target>): Promise<Target> => {
        const target = await starting;
        targets.push(target);
        return target;
      };
      const driver = await startDriver(databaseUrl);
      try {
        const bare = await begin(startBare(databaseUrl));
        const one = await begin(startOurs(databaseUrl, 1));
        const two = await begin(startOurs(databaseUrl, 2));
        await atRest(databaseUrl);
        return await measure({ shape, driver, databaseUrl, hall, bare, one, two });
      } finally {
        await driver.end();
        await Promise.all(targets.map(({ child }) => stop(child)));
      }
    });
  } finally {
    await server.stop();
  }
}
