import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const READY = 'Zhifa@2026demo';

/** Starts the platform and resolves with the seconds until the demo accounts are printed, that is until it serves. */
function start(dataDir: string): Promise<{ seconds: number; server: ChildProcess }> {
  const began = performance.now();
  const server = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let output = '';
    server.stdout.on('data', (chunk: Buffer) => {
      process.stderr.write(chunk);
      output += chunk.toString('utf8');
      if (output.includes(READY)) resolve({ seconds: (performance.now() - began) / 1000, server });
    });
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

function stop(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.removeAllListeners('exit');
    server.once('exit', () => resolve());
    server.kill('SIGTERM');
  });
}

const round = (seconds: number): number => Math.round(seconds * 10) / 10;

/**
 * The first start as after `npm ci` (nothing built, no compiled lessons, no data: build, content, database, demo city)
 * and the second on the same data. Removes `build/` and `.cache/` of this checkout; both are made again.
 */
export async function run(): Promise<Record<string, number>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'zhifa-bench-start-'));
  await chmod(folder, 0o755);
  await rm('build', { recursive: true, force: true });
  await rm('.cache', { recursive: true, force: true });
  await rm('app/platform/db/.server', { recursive: true, force: true });
  try {
    const first = await start(path.join(folder, 'data'));
    await stop(first.server);
    const second = await start(path.join(folder, 'data'));
    await stop(second.server);
    return { first_start_s: round(first.seconds), second_start_s: round(second.seconds) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
