import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clusterDir } from '#app/platform/db/embedded/cluster.server.ts';
import { attachEmbedded } from '#app/platform/db/embedded/embedded.server.ts';

const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 20_000;
const LOOK_EVERY_MS = 100;
const quiet = { info: () => undefined, warn: () => undefined };

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}

/** One `npm start` as a process that may be killed at any moment and started again at the same address. */
export interface Server {
  readonly url: string;
  start(): Promise<void>;
  kill9(): Promise<void>;
  stop(): Promise<void>;
}

/** @param workers `WORKERS`: processes that serve behind this one */
async function makeServer(dataDir: string, workers: number): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  let ended: Promise<void> = Promise.resolve();
  const isReady = async (): Promise<boolean> => {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    return answer?.ok ?? false;
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child?.kill(signal);
    await ended;
    child = null;
  };
  return {
    url,
    start: async () => {
      let output = '';
      const started = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
        env: {
          ...process.env,
          NODE_ENV: 'production',
          PORT: String(port),
          DATA_DIR: dataDir,
          SEED: 'none',
          WORKERS: String(workers),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      ended = new Promise((resolve) => started.once('exit', () => resolve()));
      const read = (chunk: Buffer): void => {
        output = (output + chunk.toString('utf8')).slice(-4_000);
      };
      started.stdout.on('data', read);
      started.stderr.on('data', read);
      const until = performance.now() + START_LIMIT_MS;
      while (!(await isReady())) {
        if (started.exitCode !== null || performance.now() > until)
          throw new Error(`the server did not start:\n${output}`);
        await sleep(LOOK_EVERY_MS);
      }
    },
    kill9: () => end('SIGKILL'),
    stop: async () => {
      const force = setTimeout(() => child?.kill('SIGKILL'), STOP_LIMIT_MS);
      await end('SIGTERM');
      clearTimeout(force);
    },
  };
}

/** A database of its own that looks after itself when killed, and servers in front of it. */
export interface FaultyPlatform {
  readonly servingUrl: string;
  readonly ownerUrl: string;
  readonly secret: string;
  readonly servers: readonly Server[];
  /** How long a server takes to start on this machine, as busy as it is. */
  readonly startMs: number;
  /** kill -9 of the database's own process; whoever is attached starts it again. */
  killDatabase(): Promise<void>;
  close(): Promise<void>;
}

/** @param options.workers one server for each, with so many processes (`WORKERS`) behind it */
export async function startPlatform(options: {
  readonly workers: readonly number[];
}): Promise<FaultyPlatform> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'zhifa-faults-'));
  // Run by root, the database belongs to another user, who must be able to reach it.
  await chmod(home, 0o755);
  const dataDir = path.join(home, 'data');
  const embedded = await attachEmbedded({ dataDir, checkoutDir: process.cwd(), log: quiet });
  const { ownerUrl, servingUrl } = embedded;
  const servers: Server[] = [];
  for (const workers of options.workers) servers.push(await makeServer(dataDir, workers));
  // One after the other: the first prepares the database, and a killed one is started alone as well.
  let startMs = 0;
  for (const server of servers) {
    const fromMs = performance.now();
    await server.start();
    startMs = performance.now() - fromMs;
  }
  return {
    startMs,
    servingUrl,
    ownerUrl,
    secret: embedded.secret,
    servers,
    killDatabase: async () => {
      const file = await readFile(path.join(clusterDir(dataDir), 'postmaster.pid'), 'utf8');
      process.kill(Number(file.split('\n')[0]), 'SIGKILL');
    },
    close: async () => {
      for (const server of servers) await server.stop();
      await embedded.detach();
      await rm(home, { recursive: true, force: true });
    },
  };
}
