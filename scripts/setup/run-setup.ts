import { relinkAccount } from '#app/accounts/relink-account.server.ts';
import {
  setupInstallation,
  type SetupInput,
  type SetupRefusal,
} from '#app/accounts/setup-installation.server.ts';
import { LOGIN_RULE_TEXT } from '#app/accounts/login-rules.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { openDatabase } from '#app/platform/db/db.server.ts';
import { ensureInstallation } from '#app/platform/db/installation.server.ts';
import { migrateDatabase } from '#app/platform/db/migrate.server.ts';
import type { Env } from '#app/platform/env/env.server.ts';
import { loadEnv } from '#app/platform/env/env.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { StartProblem } from '#app/platform/result/start-problem.ts';
import { createSecrets } from '#app/platform/secret/keys.server.ts';
import { systemClock } from '#app/platform/time/clock.ts';
import { consoleLog } from '../run/script.ts';
import { MIGRATIONS_DIR, withDatabase, type ScriptDatabase } from '../run/script-database.ts';
import { ROLE_TITLES } from './ask-setup.ts';
import { secretNames, startCommand } from './environment-line.ts';

const CONNECTIONS = 2;

const REFUSALS: Readonly<Record<SetupRefusal, { readonly zh: string; readonly en: string }>> = {
  DEMO_DATABASE: {
    zh: '此数据库是演示城市，不能改作正式使用。请用 DATA_DIR 指定新文件夹（或用 DATABASE_URL 指定新数据库）后重试。',
    en: 'This database is the demo city and cannot become a real installation. Name a new folder in DATA_DIR (or a new database in DATABASE_URL) and try again.',
  },
  ALREADY_SET_UP: {
    zh: '此数据库已经完成初始设置，未作改动。链接遗失的，用 npm run setup -- --relink 账号 重新发放。',
    en: 'This database has been set up already; nothing was changed. A lost link: npm run setup -- --relink LOGIN',
  },
  THREE_ADMINISTRATORS_NEEDED: {
    zh: '须分别指定系统、安全、审计三名管理员。',
    en: 'A system, a security and an audit administrator are needed.',
  },
  BAD_LOGIN: { zh: `${LOGIN_RULE_TEXT}。`, en: 'A login takes 2 to 40 characters of a-z 0-9 . _ -' },
  LOGINS_NOT_DIFFERENT: {
    zh: '各人的账号必须各不相同。',
    en: 'Everybody needs a login of their own.',
  },
  BAD_REGION_CODE: {
    zh: '行政区划代码须为六位数字。',
    en: 'The region code must be six digits.',
  },
  REGION_CODE_OF_OTHER_LEVEL: {
    zh: '行政区划代码与级别不符：xx0000 为省、xxxx00 为市、其余为县。',
    en: 'Region code and level do not agree: xx0000 is a province, xxxx00 a city, any other a county.',
  },
};

/** Address under which people reach the platform: what a start in this environment would print. */
function originOf(env: Env): string {
  if (env.publicUrl !== null) return env.publicUrl;
  const host = env.host.includes(':') ? `[${env.host}]` : env.host;
  return `${env.tls === null ? 'http' : 'https'}://${host}:${env.port}`;
}

/** Opens the migrated database the environment names as the real installation it is to be. */
function withInstallation(work: (ctx: Ctx, env: Env) => Promise<number>): Promise<number> {
  return withDatabase(async (database: ScriptDatabase) => {
    const { ownerUrl, servingUrl, secret } = database;
    await migrateDatabase({ ownerUrl, servingUrl, migrationsDir: MIGRATIONS_DIR, log: consoleLog });
    const env = loadEnv();
    const log = createLogger({ level: 'warn' });
    const opened = openDatabase({ url: servingUrl, maxConnections: CONNECTIONS, log });
    const ctx: Ctx = {
      ...opened,
      clock: systemClock,
      secrets: createSecrets(secret),
      log,
      actorId: null,
      requestId: 'setup',
    };
    try {
      return await work(ctx, env);
    } finally {
      await opened.close();
    }
  });
}

/** Sets up the database the environment names and prints the one-time links. @returns exit code */
export function runSetup(input: SetupInput): Promise<number> {
  return withInstallation(async (ctx, env) => {
    // Setting up is for real use, whatever SEED says; a database that already is the demo city stays one.
    await ensureInstallation(ctx, { seed: 'none', seedDay: null });
    const outcome = await setupInstallation(ctx, input);
    if (!outcome.ok) throw new StartProblem(outcome.code, REFUSALS[outcome.code]);
    console.log(
      '\n初始设置完成。请把下列一次性链接（七天内有效）分别交给本人 · one-time links, one for each person:\n',
    );
    for (const link of outcome.value) {
      console.log(`  ${ROLE_TITLES[link.role]}  ${link.login}\n    ${originOf(env)}${link.path}\n`);
    }
    sayHowToStart();
    return 0;
  });
}

/** The links above lead to the platform as this command starts it. */
function sayHowToStart(): void {
  const secrets = secretNames(process.env);
  if (secrets.length > 0) console.log(`以下变量须与本次相同 · the same values as now: ${secrets.join(', ')}`);
  console.log(`启动平台 · start the platform:\n  ${startCommand(process.env)}\n`);
}

/** Prints a new one-time link for an account of a real installation or the demo city. @returns exit code */
export function runRelink(login: string): Promise<number> {
  return withInstallation(async (ctx, env) => {
    const outcome = await relinkAccount(ctx, login);
    if (outcome.ok) {
      console.log(
        `${outcome.value.login} 的新链接（七天内有效，此前的链接已作废）· new one-time link:\n  ${originOf(env)}${outcome.value.path}`,
      );
      return 0;
    }
    const isDisabled = outcome.code === 'ACCOUNT_DISABLED';
    throw new StartProblem(outcome.code, {
      zh: isDisabled ? `账号 ${login} 已停用，请先由安全管理员启用。` : `没有账号 ${login}。`,
      en: isDisabled ? `The account ${login} is disabled.` : `There is no account ${login}.`,
    });
  });
}
