import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { planCity } from '#app/demo/plan/city.ts';
import { planPeople } from '#app/demo/plan/people.ts';
import { demoCalendar } from '#app/demo/calendar.ts';
import { DEMO_SIZE } from '#app/demo/size.ts';
import type { SeedRun } from '#app/demo/seed-run.server.ts';
import { openOwnerPool, regionId } from '#app/demo/seed-run.server.ts';
import { seedOrganisation } from '#app/demo/stages/organisation.server.ts';
import { rosterWorkbook } from '#app/demo/stages/roster-workbook.server.ts';
import { rosterWork } from '#app/organization/roster/apply-roster.server.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import { openDatabase } from '#app/platform/db/db.server.ts';
import { attachEmbedded } from '#app/platform/db/embedded/embedded.server.ts';
import { migrateDatabase } from '#app/platform/db/migrate.server.ts';
import { importNow } from '#app/platform/import/run/import-now.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { createSecrets } from '#app/platform/secret/keys.server.ts';
import { systemClock } from '#app/platform/time/clock.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { MIGRATIONS_DIR, ROOT } from '#scripts/run/script-database.ts';

const quiet = { info: () => undefined, warn: (text: string) => console.error(text) };
const MAX_CONNECTIONS = 4;
const MS = 1000;

/** The units of the demo city and nobody in them yet. */
async function emptyCity(system: Ctx, ownerUrl: string): Promise<SeedRun> {
  const seedDay = dayOf(systemClock.now());
  const plan = planPeople(DEMO_SIZE, planCity(DEMO_SIZE), demoCalendar(seedDay, DEMO_SIZE.hourYears));
  const progress = (text: string): void => console.error(text);
  const run = { ctx: system, owner: openOwnerPool(ownerUrl), size: DEMO_SIZE, seedDay, plan, progress };
  await seedOrganisation(run);
  await run.owner.end();
  return run;
}

/** Seconds from the bytes of the workbook to the last row in the register: parsed, judged, applied. */
async function measure(run: SeedRun): Promise<Record<string, number>> {
  const { ctx, plan } = run;
  const city = plan.plan.regions.find((region) => region.level === 'city');
  invariant(city, 'the demo has a city');
  const fieldNames = new Map((await listFields(ctx.pool)).map((field) => [field.code, field.name]));
  const bytes = rosterWorkbook(plan, fieldNames);
  const began = performance.now();
  const outcome = await importNow(ctx, rosterWork, {
    scope: { regionId: regionId(city.key), asOfDay: plan.calendar.rosterDay },
    fileName: '花名册.xlsx',
    bytes,
    mode: 'all_or_nothing',
  });
  const seconds = (performance.now() - began) / MS;
  invariant(outcome.ok && outcome.value.state === 'applied', 'the whole roster was applied');
  const { rows } = await ctx.pool.query<{ count: number }>('select count(*)::int as count from person');
  const count = rows[0]?.count ?? 0;
  invariant(count === plan.people.length, 'every row has become a person');
  return {
    rows: count,
    rows_per_s: Math.round(count / seconds),
    import_s: Math.round(seconds * 10) / 10,
    file_kb: Math.round(bytes.length / 1024),
  };
}

/** One roster workbook of the demo city's size through the import machine, on an embedded database of its own. */
export async function run(): Promise<Record<string, number>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'zhifa-bench-import-'));
  // Run by root, the database belongs to another user, who must be able to reach it.
  await chmod(folder, 0o755);
  const embedded = await attachEmbedded({
    dataDir: path.join(folder, 'data'),
    checkoutDir: ROOT,
    log: quiet,
  });
  const { ownerUrl, servingUrl, secret } = embedded;
  await migrateDatabase({ ownerUrl, servingUrl, migrationsDir: MIGRATIONS_DIR, log: quiet });
  const log = createLogger({ level: 'warn' });
  const database = openDatabase({ url: servingUrl, maxConnections: MAX_CONNECTIONS, log });
  const system: Ctx = {
    ...database,
    clock: systemClock,
    secrets: createSecrets(secret),
    log,
    actorId: null,
    requestId: 'bench',
  };
  try {
    return await measure(await emptyCity(system, ownerUrl));
  } finally {
    await database.close();
    await embedded.detach();
    await rm(folder, { recursive: true, force: true });
  }
}
