import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { StartLog } from '#app/platform/result/start-problem.ts';
import { withFileLock } from './file-lock.server.ts';
import { makeFolder } from './folder.server.ts';
import { sortLeases, type Lease, type LeaseStanding } from './lease.ts';
import { parseJson } from './parse-json.ts';
import { ownMark, readProcess } from './process-mark.server.ts';

/** A first start on a slow PC initialises or recovers under the lock; whoever comes second waits that long. */
const LOCK_TIMEOUT_MS = 240_000;

const leaseSchema = z.object({ pid: z.number().int(), startedAt: z.string(), token: z.string() });

const leaseDir = (dataDir: string): string => path.join(dataDir, 'leases');
const fileOf = (dataDir: string, token: string): string => path.join(leaseDir(dataDir), `${token}.json`);

/** Runs `work` while no other process decides anything about this data folder. */
export function withDataLock<T>(
  dataDir: string,
  options: { readonly log: StartLog; readonly signal?: AbortSignal | undefined },
  work: () => Promise<T>,
): Promise<T> {
  return withFileLock(path.join(dataDir, 'lock'), { ...options, timeoutMs: LOCK_TIMEOUT_MS }, work);
}

/** Writes a lease of this process. Call with the lock held. */
export async function takeLease(dataDir: string): Promise<Lease> {
  await makeFolder(leaseDir(dataDir));
  const lease: Lease = { ...ownMark(), token: randomBytes(8).toString('hex') };
  await writeFile(fileOf(dataDir, lease.token), JSON.stringify(lease), { flag: 'wx', mode: 0o644 });
  return lease;
}

/** Gives a lease back; one that is gone already (forced stop) is no fault. */
export async function dropLease(dataDir: string, token: string): Promise<void> {
  await rm(fileOf(dataDir, token), { force: true });
}

/** Leases of living processes. Those of dead ones, and files torn by a power cut, are removed. Call with the lock held. */
export async function readLeases(dataDir: string): Promise<LeaseStanding> {
  const folder = leaseDir(dataDir);
  await makeFolder(folder);
  const leases: Lease[] = [];
  for (const name of await readdir(folder)) {
    const parsed = leaseSchema.safeParse(parseJson(await readFile(path.join(folder, name), 'utf8')));
    if (parsed.success) leases.push(parsed.data);
    else await rm(path.join(folder, name), { force: true });
  }
  const standing = sortLeases(leases, readProcess);
  for (const lease of standing.stale) await dropLease(dataDir, lease.token);
  return standing;
}
