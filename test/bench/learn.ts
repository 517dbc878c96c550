import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import pg from 'pg';
import { readContent } from '#app/training/course/read-content.server.ts';
import type { BeatLoad, Reader } from './beat-load.ts';
import { BENCH_SECRET } from './beat-server.ts';
import { onDatabase, openServer, refreshStatistics } from './bench-database.ts';
import { at, median, round } from './bench-figures.ts';
import { listening, printed, stop, tsx } from './bench-process.ts';
import { makeReaders } from './learn-readers.ts';

/**
 * `npm run bench learn`: heartbeats a second against the bare server (design.md §5), the lesson page, and compiling all
 * lessons cold and warm. `npm run bench learn -- --short` takes a minute, for trying; its figures say little.
 * BENCH_DATABASE_URL names a server of one's own (fsync on, no database name); otherwise the embedded one is started.
 */
const SHAPES = {
  long: { rounds: 3, seconds: 12, readers: 72_000, pages: 300 },
  short: { rounds: 1, seconds: 4, readers: 40_000, pages: 40 },
} as const;
type Shape = (typeof SHAPES)[keyof typeof SHAPES];

const LESSON = { course: 'penalty-law-1', slug: '' };
const WARM_UP_SECONDS = 3;
const WARM_UP_PAGES = 20;

/** A generator that keeps its readers' numbers from run to run. */
function generator(port: string, readers: readonly Reader[]) {
  const child = tsx(path.join('test', 'bench', 'beat-load.ts'), [port]);
  child.stdin?.write(`${JSON.stringify(readers)}\n`);
  if (child.stdout === null) throw new Error('the generator is started with pipes');
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    run: async (seconds: number): Promise<BeatLoad> => {
      child.stdin?.write(`${seconds}\n`);
      const { value } = await lines.next();
      return JSON.parse(String(value)) as BeatLoad;
    },
    end: () => child.stdin?.end(),
  };
}

/** Both servers in turn on the same PostgreSQL, the same readers and the same loops. */
async function compareBeats(url: string, shape: Shape): Promise<Record<string, number>> {
  const bareServer = tsx(path.join('test', 'bench', 'bare-beats.ts'), [url]);
  const ourServer = tsx(path.join('test', 'bench', 'beat-server.ts'), [url]);
  const results = { bare: [] as BeatLoad[], ours: [] as BeatLoad[] };
  try {
    const [barePort, ourPort] = [await listening(bareServer), await listening(ourServer)];
    const readers = await makeReaders(url, {
      regionCode: '990100',
      count: shape.readers,
      lesson: await firstLesson(url),
    });
    const bare = generator(barePort, readers);
    const ours = generator(ourPort, readers);
    await bare.run(WARM_UP_SECONDS);
    await ours.run(WARM_UP_SECONDS);
    await refreshStatistics(url);
    for (let turn = 0; turn < shape.rounds; turn += 1) {
      results.bare.push(await bare.run(shape.seconds));
      results.ours.push(await ours.run(shape.seconds));
      console.error(JSON.stringify({ bare: results.bare[turn], ours: results.ours[turn] }));
    }
    bare.end();
    ours.end();
  } finally {
    await Promise.all([stop(bareServer), stop(ourServer)]);
  }
  const bareRate = median(results.bare.map((one) => one.perSecond));
  const ourRate = median(results.ours.map((one) => one.perSecond));
  return {
    beat_ratio: round(ourRate / bareRate),
    bare_per_s: bareRate,
    beats_per_s: ourRate,
    beat_p50_ms: median(results.ours.map((one) => one.p50Ms)),
    beat_p99_ms: median(results.ours.map((one) => one.p99Ms)),
    beats_failed: results.ours.reduce((sum, one) => sum + one.failed, 0),
  };
}

async function firstLesson(url: string): Promise<typeof LESSON> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ slug: string }>(
    `select l.slug from lesson_version l join course_version v on v.id = l.course_version_id
       join course c on c.id = v.course_id where c.slug = $1 order by l.position limit 1`,
    [LESSON.course],
  );
  await client.end();
  return { ...LESSON, slug: rows[0]?.slug ?? '' };
}

/** The whole lesson page, as a signed-in reader gets it from the built application. */
async function timeLessonPage(url: string, pages: number): Promise<Record<string, number>> {
  const [reader] = await makeReaders(url, { regionCode: '990200', count: 1, lesson: await firstLesson(url) });
  const platform = tsx(path.join('scripts', 'start.ts'), [], {
    NODE_ENV: 'production',
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: url,
    DATABASE_OWNER_URL: url,
    APP_SECRET: BENCH_SECRET,
    SEED: 'none',
  });
  try {
    const base = await printed(platform, /(http:\/\/127\.0\.0\.1:\d+)/);
    const { course, slug } = await firstLesson(url);
    const times: number[] = [];
    for (let asked = 0; asked < WARM_UP_PAGES + pages; asked += 1) {
      const began = performance.now();
      const answer = await fetch(`${base}/courses/${course}/${slug}`, {
        headers: { Cookie: reader?.cookie ?? '' },
      });
      const text = await answer.text();
      if (answer.status !== 200 || !text.includes('lesson-checks'))
        throw new Error(`lesson: ${answer.status}`);
      if (asked >= WARM_UP_PAGES) times.push(performance.now() - began);
    }
    return { lesson_p95_ms: round(at(times, 0.95), 1), lesson_p50_ms: round(median(times), 1) };
  } finally {
    await stop(platform);
  }
}

/** Every lesson compiled into an empty cache, and read again from it. */
async function timeCompiling(): Promise<Record<string, number>> {
  const cacheDir = await mkdtemp(path.join(os.tmpdir(), 'zhifa-bench-lessons-'));
  const seconds = async (): Promise<number> => {
    const began = performance.now();
    await readContent({ contentDir: 'content', cacheDir });
    return round((performance.now() - began) / 1000);
  };
  try {
    return { compile_cold_s: await seconds(), compile_warm_s: await seconds() };
  } finally {
    await rm(cacheDir, { recursive: true, force: true });
  }
}

export async function run(args: readonly string[] = []): Promise<Record<string, number>> {
  const shape = args.includes('--short') ? SHAPES.short : SHAPES.long;
  const server = await openServer();
  try {
    const name = `zhifa_bench_learn_${process.pid}`;
    return await onDatabase(server, name, async (url) => ({
      ...(await compareBeats(url, shape)),
      ...(await timeLessonPage(url, shape.pages)),
      ...(await timeCompiling()),
      load_average: round(os.loadavg()[0] ?? 0),
    }));
  } finally {
    await server.stop();
  }
}
