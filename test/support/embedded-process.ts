import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { z } from 'zod';
import { stopEmbedded } from '#app/platform/db/embedded/embedded.server.ts';

export const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));
const RUNNER = fileURLToPath(new URL('./embedded-runner.ts', import.meta.url));

/** Who starts: tests run as root try both, tests run as a user try that user. */
export interface Identity {
  readonly name: string;
  readonly user: { readonly uid: number; readonly gid: number } | null;
}

const NOBODY = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;

export const IDENTITIES: readonly Identity[] = isRoot
  ? [
      { name: 'root', user: null },
      { name: 'an ordinary user', user: NOBODY },
    ]
  : [{ name: 'an ordinary user', user: null }];

export { isRoot };

/** A folder below the system's temp folder that `identity` owns and others may walk through. */
export async function makeHome(identity: Identity, name = 'zhifa-startup'): Promise<string> {
  const home = await mkdtemp(path.join(os.tmpdir(), `${name}-`));
  await chmod(home, 0o755);
  if (identity.user !== null) await chown(home, identity.user.uid, identity.user.gid);
  return home;
}

export async function removeHome(home: string): Promise<void> {
  await rm(home, { recursive: true, force: true });
}

const attachedSchema = z.object({
  ownerUrl: z.string(),
  servingUrl: z.string(),
  secret: z.string(),
  dataDir: z.string(),
  port: z.number(),
});
const refusedSchema = z.object({ code: z.string(), message: z.string() });

export type Attached = z.infer<typeof attachedSchema>;

export interface EmbeddedProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  /** What it logged so far */
  readonly said: readonly string[];
  /** Resolves once attached; rejects with the refusal's code and text */
  readonly attached: Promise<Attached>;
  /** The refusal; rejects when it attaches after all */
  readonly refused: Promise<z.infer<typeof refusedSchema>>;
  detach(): Promise<void>;
  kill9(): Promise<void>;
}

/** Starts a process that attaches to the embedded database. @param dataDir '' = chosen by the platform */
export function startEmbeddedProcess(
  identity: Identity,
  dataDir: string,
  checkoutDir = CHECKOUT,
): EmbeddedProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', RUNNER, checkoutDir, dataDir], {
    cwd: CHECKOUT,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(identity.user ?? {}),
  });
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const first = new Promise<Record<string, unknown>>((resolve, reject) => {
    readline.createInterface({ input: child.stdout }).on('line', (line) => {
      const message = z.record(z.string(), z.unknown()).parse(JSON.parse(line));
      if (message['event'] === 'attached' || message['event'] === 'refused') resolve(message);
      else said.push(String(message['text'] ?? message['event']));
    });
    void ended.then(() => reject(new Error(`ended without a word: ${said.join('\n')}`)));
  });
  const attached = first.then((message) => {
    if (message['event'] !== 'attached') throw new Error(`refused: ${JSON.stringify(message)}`);
    return attachedSchema.parse(message);
  });
  const refused = first.then((message) => refusedSchema.parse(message));
  // Each test looks at one of the two.
  attached.catch(() => undefined);
  refused.catch(() => undefined);
  return {
    child,
    pid: child.pid ?? 0,
    said,
    attached,
    refused,
    detach: async () => {
      child.stdin.end('detach\n');
      await ended;
    },
    kill9: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Stops what killed processes left running in a data folder. */
export async function stopLeftovers(dataDir: string): Promise<void> {
  const log = { info: () => undefined, warn: () => undefined };
  await stopEmbedded({ dataDir, checkoutDir: CHECKOUT, log, force: true });
}

/** Runs one statement on a connection of its own. */
export async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  // A server killed under an open connection reports here as well as at the query.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const result = await client.query<Record<string, unknown>>(sql);
    return result.rows;
  } finally {
    await client.end();
  }
}

const UNTIL_MS = 60_000;

/** Waits for a condition that another process brings about; what `check` throws counts as "not yet". */
export async function until<T>(what: string, check: () => Promise<T | null>): Promise<T> {
  const endsAt = performance.now() + UNTIL_MS;
  let last: unknown = null;
  while (performance.now() < endsAt) {
    try {
      const value = await check();
      if (value !== null) return value;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain: ${what}`, { cause: last });
}
