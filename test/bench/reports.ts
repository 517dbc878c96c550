import os from 'node:os';
import { onDatabase, openServer } from './bench-database.ts';
import type { BenchServer } from './bench-database.ts';
import { round } from './bench-figures.ts';
import { timeProjection } from './reports/ingest.ts';
import type { PageFigures } from './reports/pages.ts';
import { timeCompletionPages } from './reports/pages.ts';
import { seedProvince, withSystem } from './reports/province.ts';

/**
 * `npm run bench reports`: the unit completion page at 10,000 and 100,000 officers (design.md §5: p95 below 200 ms), its
 * size, facts a second that the projector takes in, and rebuilding the projection. `-- --short` leaves out all but 10,000.
 * Not at 1,000,000: the invented province has names and codes for eleven cities. BENCH_DATABASE_URL names a server of
 * one's own (fsync on, no database name); otherwise an embedded one is started.
 */
const SIZES = { short: [10_000], usual: [10_000, 100_000] } as const;
const ROUNDS = 8;
const FACTS = 3_000;

interface Measured {
  readonly officers: number;
  readonly page: PageFigures;
  readonly projection: Awaited<ReturnType<typeof timeProjection>>;
}

async function measure(server: BenchServer, officers: number): Promise<Measured> {
  return onDatabase(server, `zhifa_bench_reports_${process.pid}`, async (url) => {
    await seedProvince(url, officers);
    const page = await timeCompletionPages(url, ROUNDS);
    const projection = await withSystem(url, (system) => timeProjection(system, FACTS));
    console.error(JSON.stringify({ officers, ...page, ...projection }));
    return { officers, page, projection };
  });
}

const byOfficers = (all: readonly Measured[], pick: (one: Measured) => number): Record<string, number> =>
  Object.fromEntries(all.map((one) => [String(one.officers), pick(one)]));

export async function run(args: readonly string[] = []): Promise<Record<string, unknown>> {
  const sizes = args.includes('--short') ? SIZES.short : SIZES.usual;
  const server = await openServer();
  try {
    const all: Measured[] = [];
    for (const officers of sizes) all.push(await measure(server, officers));
    const largest = all.at(-1);
    return {
      page_p95_ms: byOfficers(all, ({ page }) => page.p95Ms),
      page_p50_ms: byOfficers(all, ({ page }) => page.p50Ms),
      top_page_p95_ms: byOfficers(all, ({ page }) => page.topP95Ms),
      page_bytes: largest?.page.bytes,
      page_gzip_bytes: largest?.page.gzipBytes,
      first_count_s: byOfficers(all, ({ page }) => page.firstCountS),
      ingest_per_s: largest?.projection.ingest_per_s,
      rebuild_s: largest?.projection.rebuild_s,
      rebuild_rows: largest?.projection.rebuild_rows,
      cores: os.cpus().length,
      load_average: round(os.loadavg()[0] ?? 0),
    };
  } finally {
    await server.stop();
  }
}
