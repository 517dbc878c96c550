import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { listening, printed, stop, tsx } from '../bench-process.ts';
import { BENCH_SECRET } from './hall.ts';
import type { Job, LoadResult } from './load.ts';
import type { Usage } from './resources.ts';
import { parentOf, watching } from './resources.ts';

/** A server under test. */
export interface Target {
  readonly port: number;
  readonly child: ChildProcess;
}

/** The whole platform as `npm start` runs it, on this database. @param workers `WORKERS` */
export async function startOurs(databaseUrl: string, workers: number): Promise<Target> {
  const child = tsx(path.join('scripts', 'start.ts'), [], {
    NODE_ENV: 'production',
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    DATABASE_OWNER_URL: databaseUrl,
    APP_SECRET: BENCH_SECRET,
    SEED: 'none',
    WORKERS: String(workers),
  });
  const port = Number(await printed(child, /http:\/\/127\.0\.0\.1:(\d+)/));
  return { port, child };
}

/** The yardstick of design.md §5. */
export async function startBare(databaseUrl: string): Promise<Target> {
  const child = tsx(path.join('test', 'bench', 'bare-server.ts'), [databaseUrl]);
  return { port: Number(await listening(child)), child };
}

/** Without a `Job`'s port: the driver knows where it goes. */
type Task<T = Job> = T extends Job ? Omit<T, 'port'> : never;

export interface Driver {
  /** Runs one job against one server and says who used the machine meanwhile. */
  drive(target: Target, task: Task): Promise<{ load: LoadResult; usage: Usage }>;
  end(): Promise<void>;
}

/** Process from which the database server's others descend; null when it is on another machine. */
async function postmasterPid(databaseUrl: string): Promise<number | null> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return await parentOf(rows[0]?.pid ?? 0);
  } finally {
    await client.end();
  }
}

const REST_LOOK_MS = 2_000;

/** Waits until the platform has worked off what filling the hall set going (notices of the registrations). */
export async function atRest(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (let before = -1, now = 0; before !== now;) {
      await sleep(REST_LOOK_MS);
      const { rows } = await client.query<{ facts: number }>(
        `select count(*)::int as facts from outbox_event`,
      );
      [before, now] = [now, rows[0]?.facts ?? 0];
    }
  } finally {
    await client.end();
  }
}

export async function startDriver(databaseUrl: string): Promise<Driver> {
  const database = await postmasterPid(databaseUrl);
  const generator = tsx(path.join('test', 'bench', 'exam', 'load.ts'), []);
  if (generator.stdout === null) throw new Error('the generator is started with pipes');
  const lines = readline.createInterface({ input: generator.stdout })[Symbol.asyncIterator]();
  return {
    drive: async (target, task) => {
      const parties = { server: target.child.pid ?? 0, database, generator: generator.pid ?? 0 };
      const { value, usage } = await watching(parties, async () => {
        generator.stdin?.write(`${JSON.stringify({ ...task, port: target.port })}\n`);
        return JSON.parse(String((await lines.next()).value)) as LoadResult;
      });
      return { load: value, usage };
    },
    end: () => stop(generator),
  };
}
