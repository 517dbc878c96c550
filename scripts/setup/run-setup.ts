import {
  setupInstallation,
  type SetupInput,
  type SetupRefusal,
} from '#app/accounts/setup-installation.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { openDatabase } from '#app/platform/db/db.server.ts';
import { ensureInstallation } from '#app/platform/db/installation.server.ts';
import { migrateDatabase } from '#app/platform/db/migrate.server.ts';
import { loadEnv } from '#app/platform/env/env.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { StartProblem } from '#app/platform/result/start-problem.ts';
import { createSecrets } from '#app/platform/secret/keys.server.ts';
import { systemClock } from '#app/platform/time/clock.ts';
import { consoleLog } from '../run/script.ts';
import { MIGRATIONS_DIR, withDatabase, type ScriptDatabase } from '../run/script-database.ts';
import { ROLE_TITLES } from './ask-setup.ts';

const CONNECTIONS = 2;

const REFUSALS: Readonly<Record<SetupRefusal, { readonly zh: string; readonly en: string }>> = {
  DEMO_DATABASE: {
    zh: '此数据库是演示城市，不能改作正式使用。请用 DATA_DIR 指定新文件夹（或用 DATABASE_URL 指定新数据库）后重试。',
    en: 'This database is the demo city and cannot become a real installation. Name a new folder in DATA_DIR (or a new database in DATABASE_URL) and try again.',
  },
  ALREADY_SET_UP: {
    zh: '此数据库已经完成初始设置，未作改动。',
    en: 'This database has been set up already; nothing was changed.',
  },
  THREE_ADMINISTRATORS_NEEDED: {
    zh: '须分别指定系统、安全、审计三名管理员。',
    en: 'A system, a security and an audit administrator are needed.',
  },
  LOGINS_NOT_DIFFERENT: {
    zh: '三名管理员的登录名必须各不相同。',
    en: 'The three administrators need three different logins.',
  },
  BAD_REGION_CODE: {
    zh: '行政区划代码须为六位数字。',
    en: 'The region code must be six digits.',
  },
};

/** Sets up the database the environment names and prints the one-time links. @returns exit code */
export function runSetup(input: SetupInput): Promise<number> {
  return withDatabase(async (database) => {
    await migrateDatabase({
      ownerUrl: database.ownerUrl,
      servingUrl: database.servingUrl,
      migrationsDir: MIGRATIONS_DIR,
      log: consoleLog,
    });
    return setUp(database, input);
  });
}

async function setUp(database: ScriptDatabase, input: SetupInput): Promise<number> {
  const env = loadEnv();
  const log = createLogger({ level: 'warn' });
  const opened = openDatabase({ url: database.servingUrl, maxConnections: CONNECTIONS, log });
  const ctx: Ctx = {
    db: opened.db,
    pool: opened.pool,
    clock: systemClock,
    secrets: createSecrets(database.secret),
    log,
    actorId: null,
    requestId: 'setup',
  };
  try {
    // Setting up is for real use, whatever SEED says; a database that already is the demo city stays one.
    await ensureInstallation(ctx, { ...env, seed: 'none' });
    const outcome = await setupInstallation(ctx, input);
    if (!outcome.ok) throw new StartProblem(outcome.code, REFUSALS[outcome.code]);
    const origin = env.publicUrl ?? `http://${env.host}:${env.port}`;
    console.log(
      '\n初始设置完成。请把下列一次性链接（七天内有效）分别交给本人 · one-time links, one for each person:\n',
    );
    for (const link of outcome.value) {
      console.log(`  ${ROLE_TITLES[link.role]}  ${link.login}\n    ${origin}${link.path}\n`);
    }
    const folder = env.dataDir === null ? '' : `DATA_DIR='${env.dataDir}' `;
    console.log(`启动平台 · start the platform: ${folder}SEED=none npm start\n`);
    return 0;
  } finally {
    await opened.close();
  }
}
