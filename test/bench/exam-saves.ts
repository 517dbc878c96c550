import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import type { LoadResult, Seat } from './save-load.ts';

/**
 * Saves a second against the yardstick: both servers on the same PostgreSQL, one after the other, three rounds, medians
 * (design.md §5). Needs `BENCH_DATABASE_URL`, a server of one's own without a database name, fsync on.
 */
const ROUNDS = 3;
const SECONDS = 12;
const SEATS = 50;
/** Numbers of one round; no loop gets that far in its time. */
const SEQ_STEP = 1_000_000;

function tsx(file: string, args: readonly string[]): ChildProcess {
  const script = path.join('test', 'bench', file);
  return spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

/** Resolves with what the process printed once it listens. */
function listening(server: ChildProcess): Promise<{ port: string; output: string }> {
  return new Promise((resolve, reject) => {
    let output = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const port = /^listening (\d+)$/m.exec(output)?.[1];
      if (port !== undefined) resolve({ port, output });
    });
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

function generate(port: string, firstSeq: number, seats: readonly Seat[]): Promise<LoadResult> {
  const generator = tsx('save-load.ts', [port, String(SECONDS), String(firstSeq)]);
  generator.stdin?.end(JSON.stringify(seats));
  return new Promise((resolve, reject) => {
    let output = '';
    generator.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    generator.once('exit', (code) =>
      code === 0 ? resolve(JSON.parse(output) as LoadResult) : reject(new Error(`load ended with ${code}`)),
    );
  });
}

async function migrate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const entries = await readdir('prisma/migrations', { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  for (const folder of folders.sort())
    await client.query(await readFile(path.join('prisma/migrations', folder, 'migration.sql'), 'utf8'));
  await client.end();
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

interface Runs {
  readonly ours: LoadResult[];
  readonly bare: LoadResult[];
}

async function interleave(url: string): Promise<Runs> {
  const bareServer = tsx('bare-server.ts', [url]);
  const ourServer = tsx('save-server.ts', [url, String(SEATS)]);
  const runs: Runs = { ours: [], bare: [] };
  try {
    const bare = await listening(bareServer);
    const ours = await listening(ourServer);
    const seats = JSON.parse(/^seats (.*)$/m.exec(ours.output)?.[1] ?? '[]') as Seat[];
    await generate(ours.port, 9 * SEQ_STEP, seats.slice(0, 5));
    for (let round = 0; round < ROUNDS; round += 1) {
      runs.bare.push(await generate(bare.port, 1 + round * SEQ_STEP, seats));
      runs.ours.push(await generate(ours.port, 1 + round * SEQ_STEP, seats));
      console.error(JSON.stringify({ bare: runs.bare[round], ours: runs.ours[round] }));
    }
  } finally {
    bareServer.kill();
    ourServer.kill();
  }
  return runs;
}

export async function run(): Promise<Record<string, number>> {
  const serverUrl = process.env.BENCH_DATABASE_URL ?? '';
  if (serverUrl === '') throw new Error('BENCH_DATABASE_URL is not set');
  const admin = new pg.Client({ connectionString: `${serverUrl}/postgres` });
  await admin.connect();
  const name = `zhifa_bench_${process.pid}`;
  await admin.query(`create database ${name}`);
  try {
    await migrate(`${serverUrl}/${name}`);
    const { ours, bare } = await interleave(`${serverUrl}/${name}`);
    const bareRate = median(bare.map((result) => result.perSecond));
    const ourRate = median(ours.map((result) => result.perSecond));
    return {
      save_ratio_1p: Math.round((ourRate / bareRate) * 100) / 100,
      save_p99_over_bare_p50:
        Math.round((median(ours.map((r) => r.p99Ms)) / median(bare.map((r) => r.p50Ms))) * 100) / 100,
      bare_per_s: bareRate,
      saves_per_s: ourRate,
      failed: ours.reduce((sum, result) => sum + result.failed, 0),
    };
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  }
}
