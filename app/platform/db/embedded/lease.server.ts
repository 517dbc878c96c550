import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { sortLeases, type Lease, type LeaseStanding } from './lease.ts';
import { parseJson } from './parse-json.ts';
import { makeFolder } from './folder.server.ts';
import { ownMark, readProcess } from './process-mark.server.ts';

const leaseSchema = z.object({ pid: z.number().int(), startedAt: z.string(), token: z.string() });

const fileOf = (leaseDir: string, token: string): string => path.join(leaseDir, `${token}.json`);

/** Writes a lease of this process. Call with the lock held. */
export async function takeLease(leaseDir: string): Promise<Lease> {
  await makeFolder(leaseDir);
  const lease: Lease = { ...ownMark(), token: randomBytes(8).toString('hex') };
  await writeFile(fileOf(leaseDir, lease.token), JSON.stringify(lease), { flag: 'wx', mode: 0o644 });
  return lease;
}

/** Gives a lease back; one that is gone already (forced stop) is no fault. */
export async function dropLease(leaseDir: string, token: string): Promise<void> {
  await rm(fileOf(leaseDir, token), { force: true });
}

/** Leases of living processes. Those of dead ones, and files torn by a power cut, are removed. Call with the lock held. */
export async function readLeases(leaseDir: string): Promise<LeaseStanding> {
  await makeFolder(leaseDir);
  const leases: Lease[] = [];
  for (const name of await readdir(leaseDir)) {
    const parsed = leaseSchema.safeParse(parseJson(await readFile(path.join(leaseDir, name), 'utf8')));
    if (parsed.success) leases.push(parsed.data);
    else await rm(path.join(leaseDir, name), { force: true });
  }
  const standing = sortLeases(leases, readProcess);
  for (const lease of standing.stale) await dropLease(leaseDir, lease.token);
  return standing;
}
