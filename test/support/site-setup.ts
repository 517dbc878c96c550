import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** `dataDir` is null where SITE_URL names a site that somebody else started, and SITE_DATA_DIR does not say where. */
    site: { baseUrl: string; dataDir: string | null };
  }
}

const START_LIMIT_MS = 180_000;
const STOP_LIMIT_MS = 30_000;

/**
 * The real thing: `npm start` as a newcomer runs it (embedded database, demo city, built pages) in a folder of its own.
 * SITE_URL points the browser tests at a running site instead, for work on the tests themselves; SITE_DATA_DIR beside it
 * names that site's folder, for tests that also look into its database. The first project of a run starts the site and
 * names it in the same way; those after it use it.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (process.env.SITE_URL) {
    project.provide('site', { baseUrl: process.env.SITE_URL, dataDir: process.env.SITE_DATA_DIR ?? null });
    return undefined;
  }
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'zhifa-site-'));
  // Run by root, the database belongs to another user, who must be able to reach it.
  await chmod(dataDir, 0o755);
  const server = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
    env: { ...process.env, PORT: '0', DATA_DIR: path.join(dataDir, 'data'), NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  let output = '';
  const baseUrl = await new Promise<string>((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`The site did not start:\n${output}`)), START_LIMIT_MS);
    const read = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      const address = /(http:\/\/[\w.[\]:]+:\d+)/.exec(output)?.[1];
      if (!address || !output.includes('Zhifa@2026demo')) return;
      clearTimeout(limit);
      resolve(address);
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.once('exit', (code) => reject(new Error(`The site ended with ${code}:\n${output}`)));
  });
  process.env.SITE_URL = baseUrl;
  process.env.SITE_DATA_DIR = path.join(dataDir, 'data');
  project.provide('site', { baseUrl, dataDir: process.env.SITE_DATA_DIR });
  return async () => {
    server.kill('SIGTERM');
    const force = setTimeout(() => server.kill('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(force);
    await rm(dataDir, { recursive: true, force: true });
  };
}
