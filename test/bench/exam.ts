import os from 'node:os';
import { onDatabase, openServer } from './bench-database.ts';
import { round } from './bench-figures.ts';
import { stop } from './bench-process.ts';
import type { Target } from './exam/drive.ts';
import { atRest, startBare, startDriver, startOurs } from './exam/drive.ts';
import { makeHall } from './exam/hall.ts';
import type { Bench, Shape } from './exam/phases.ts';
import { bursts, handIns, pages, queueOf, savers, saves, starts, sweep } from './exam/phases.ts';

type Phase = (bench: Bench) => Promise<Readonly<Record<string, unknown>>>;

/**
 * `npm run bench exam`: saving, starting, the paper page and handing in against the bare server (design.md §5), then a
 * hall of 2,000 that starts, and hands in, within one second, logging in, and the sweep with nobody there. Ours is the
 * whole platform as `npm start` runs it, once with one process and once with two (the hall is met by the two).
 * `npm run bench exam -- --short` takes two minutes, for trying; its figures say little. `--only=saves,page` runs some of
 * the phases. BENCH_DATABASE_URL names a server of one's own (fsync on, no database name); otherwise an embedded one is
 * started.
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

/** In the order in which they run. */
function phasesOf({ hall, shape }: Bench): Readonly<Record<string, Phase>> {
  const waiting = queueOf(hall.waiting);
  const running = queueOf(hall.running.slice(savers(shape)));
  return {
    saves,
    start: (bench) => starts(bench, waiting),
    page: pages,
    handin: (bench) => handIns(bench, running),
    bursts: (bench) => bursts(bench, waiting, running),
    sweep: (bench) => sweep(bench, running),
  };
}

async function measure(bench: Bench, only: readonly string[]): Promise<Record<string, unknown>> {
  const figures: Record<string, unknown> = {};
  for (const [name, phase] of Object.entries(phasesOf(bench)))
    if (only.length === 0 || only.includes(name)) Object.assign(figures, await phase(bench));
  return {
    ...figures,
    short: bench.shape === SHAPES.short,
    cores: os.cpus().length,
    load_average: round(os.loadavg()[0] ?? 0),
  };
}

/** Names behind `--only=`; none = all. */
const onlyOf = (args: readonly string[]): string[] =>
  args.flatMap((arg) => (arg.startsWith('--only=') ? arg.slice('--only='.length).split(',') : []));

export async function run(args: readonly string[] = []): Promise<Record<string, unknown>> {
  const shape = args.includes('--short') ? SHAPES.short : SHAPES.long;
  const server = await openServer();
  try {
    return await onDatabase(server, `zhifa_bench_exam_${process.pid}`, async (databaseUrl) => {
      const { rounds, starts: started, handIns: handedIn, burst, logins, expiring } = shape;
      const hall = await makeHall(databaseUrl, {
        running: savers(shape) + rounds * handedIn + burst + expiring,
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
        return await measure({ shape, driver, databaseUrl, hall, bare, one, two }, onlyOf(args));
      } finally {
        await driver.end();
        await Promise.all(targets.map(({ child }) => stop(child)));
      }
    });
  } finally {
    await server.stop();
  }
}
