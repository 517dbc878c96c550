import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Pool } from '#app/platform/db/db.server.ts';
import { BENCH_SECRET } from '../beat-server.ts';
import { at, median, round } from '../bench-figures.ts';
import { printed, stop, tsx } from '../bench-process.ts';
import { aSignedInBureau, withSystem } from './province.ts';

const WARM_UP_PAGES = 15;
/** The loop that counts units begins within seconds and takes about a minute for a province. */
const COUNTED_WITHIN_MS = 15 * 60_000;
const LOOK_EVERY_MS = 500;

/** Pages people look at: the province, its cities and counties, and units with their officers, in turn. */
async function placesOf(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ search: string }>(
    `(select '' as search)
     union all (select '?region=' || region_id from region_version where level = 'city' and superseded_at is null limit 11)
     union all (select '?region=' || region_id from region_version where level = 'county' and superseded_at is null limit 8)
     union all (select '?unit=' || s.unit_id from unit_completion s where s.due > 10 limit 8)`,
  );
  return rows.map((row) => row.search);
}

/** Waits until every unit has been counted once: what a running platform has done long before anybody asks. */
async function untilCounted(pool: Pool): Promise<number> {
  const began = performance.now();
  for (;;) {
    const { rows } = await pool.query<{ waiting: number }>(
      `select (select count(*) from unit_version v where v.superseded_at is null and v.valid_to is null
          and not exists (select 1 from unit_completion s where s.unit_id = v.unit_id))
        + (select count(*) from unit_completion_mark) as waiting`,
    );
    const elapsed = performance.now() - began;
    if (Number(rows[0]?.waiting ?? 0) === 0) return elapsed;
    if (elapsed > COUNTED_WITHIN_MS) throw new Error(`${rows[0]?.waiting} units are not counted`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

export interface PageFigures {
  readonly p95Ms: number;
  readonly p50Ms: number;
  /** 95th percentile of the first page alone, the whole province. */
  readonly topP95Ms: number;
  /** HTML of the first page, and what of it goes over the wire. */
  readonly bytes: number;
  readonly gzipBytes: number;
  /** First count of all units, from the start of the platform. */
  readonly firstCountS: number;
}

/** The completion page as a signed-in bureau gets it from the built application, one after another. */
export async function timeCompletionPages(databaseUrl: string, rounds: number): Promise<PageFigures> {
  const platform = tsx(path.join('scripts', 'start.ts'), [], {
    NODE_ENV: 'production',
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    DATABASE_OWNER_URL: databaseUrl,
    APP_SECRET: BENCH_SECRET,
    SEED: 'none',
  });
  try {
    const base = await printed(platform, /(http:\/\/127\.0\.0\.1:\d+)/);
    platform.stdout?.resume();
    return await withSystem(databaseUrl, async (system) => {
      const cookie = await aSignedInBureau(system);
      const countedMs = await untilCounted(system.pool);
      const places = await placesOf(system.pool);
      const ask = async (search: string): Promise<{ ms: number; text: string }> => {
        const began = performance.now();
        const answer = await fetch(`${base}/supervise/completion${search}`, { headers: { Cookie: cookie } });
        const text = await answer.text();
        if (answer.status !== 200 || !text.includes('达标率')) throw new Error(`page: ${answer.status}`);
        return { ms: performance.now() - began, text };
      };
      for (let asked = 0; asked < WARM_UP_PAGES; asked += 1) await ask(places[asked % places.length] ?? '');
      const times: number[] = [];
      const top: number[] = [];
      for (let turn = 0; turn < rounds; turn += 1)
        for (const search of places) {
          const { ms } = await ask(search);
          times.push(ms);
          if (search === '') top.push(ms);
        }
      for (let turn = 0; turn < 2 * rounds; turn += 1) top.push((await ask('')).ms);
      const { text } = await ask('');
      return {
        p95Ms: round(at(times, 0.95), 1),
        p50Ms: round(median(times), 1),
        topP95Ms: round(at(top, 0.95), 1),
        bytes: Buffer.byteLength(text),
        gzipBytes: gzipSync(text).length,
        firstCountS: round(countedMs / 1000, 1),
      };
    });
  } finally {
    await stop(platform);
  }
}
