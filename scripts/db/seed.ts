import { parseArgs } from 'node:util';
import { seedDemoCity, seedLargeProvince } from '#app/demo/seed-demo.server.ts';
import { cardHolders } from '#app/certificate/register/card-holders.server.ts';
import { ensureBlueprints } from '#app/exam/paper/blueprint.store.server.ts';
import { loadCourses } from '#app/training/course/load-courses.server.ts';
import { provideTrainingPorts } from '#app/training/ports.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { openDatabase } from '#app/platform/db/db.server.ts';
import { ensureInstallation } from '#app/platform/db/installation.server.ts';
import { migrateDatabase } from '#app/platform/db/migrate.server.ts';
import { loadEnv } from '#app/platform/env/env.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { StartProblem } from '#app/platform/result/start-problem.ts';
import { createSecrets } from '#app/platform/secret/keys.server.ts';
import { systemClock } from '#app/platform/time/clock.ts';
import { consoleLog, runScript } from '../run/script.ts';
import type { ScriptDatabase } from '../run/script-database.ts';
import { MIGRATIONS_DIR, ROOT, withDatabase } from '../run/script-database.ts';

const HELP = `npm run db:seed -- demo | large

Loads invented data into an empty database (DATABASE_URL, else the embedded one).
demo    the demo city: 10,000 persons, 8,854 cards in force, four years of hours; what npm start does by itself
large   a province for measurements: 100,000 officers, 6,000 units, about 3 million hour entries (minutes, several GB)
A seed that was cut short is completed by running it again. SEED_DAY (today) decides all days.
`;

const SEEDS = { demo: seedDemoCity, large: seedLargeProvince } as const;
const MAX_CONNECTIONS = 8;

async function seed(name: keyof typeof SEEDS, target: ScriptDatabase): Promise<number> {
  const { ownerUrl, servingUrl, secret } = target;
  await migrateDatabase({ ownerUrl, servingUrl, migrationsDir: MIGRATIONS_DIR, log: consoleLog });
  const log = createLogger({ level: 'warn' });
  const database = openDatabase({ url: servingUrl, maxConnections: MAX_CONNECTIONS, log });
  const system: Ctx = {
    ...database,
    clock: systemClock,
    secrets: createSecrets(secret),
    log,
    actorId: null,
    requestId: 'seed',
  };
  try {
    const installation = await ensureInstallation(system, { ...loadEnv(), seed: 'demo' });
    if (installation.kind === 'real') {
      throw new StartProblem('REAL_DATABASE', {
        zh: '这是正式使用的数据库，不装入演示数据。',
        en: 'This database holds a real installation; no invented data is loaded into it.',
      });
    }
    const { seedDay } = installation;
    provideTrainingPorts({ cards: cardHolders });
    const services = { system, rootDir: ROOT, progress: (text: string) => console.log(text) };
    // What the invented people are said to have read and sat: courses and the blueprint of the demo exam.
    await loadCourses(services);
    await ensureBlueprints(system);
    await SEEDS[name](services, { ownerUrl: ownerUrl ?? servingUrl, seedDay });
    return 0;
  } finally {
    await database.close();
  }
}

await runScript(async () => {
  const { values, positionals } = parseArgs({
    options: { help: { type: 'boolean', short: 'h', default: false } },
    allowPositionals: true,
  });
  const [name] = positionals;
  if (values.help || (name !== 'demo' && name !== 'large') || positionals.length > 1) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  return withDatabase((target) => seed(name, target));
});
