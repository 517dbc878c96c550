import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Env } from '#app/platform/env/env.server.ts';
import { StartProblem } from '#app/platform/result/start-problem.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { Pool } from './db.server.ts';
import { dayFromDb, dayToDb } from './db.server.ts';

export interface Installation {
  readonly kind: 'demo' | 'real';
  readonly seedDay: Day;
  /** False until the first content is whole: a demo city that was cut short is noticed and said. */
  readonly isReady: boolean;
}

/** Advisory lock of the first content. Any number that nothing else uses. */
const SEED_LOCK = 72_707_371;

/**
 * Reads or makes the one row that says what this database is. A database made with another APP_SECRET is refused: its
 * encrypted fields would be unreadable and its lookups silently empty. Demo and real data never mix: a SEED that was
 * named and contradicts the database is refused. Throws StartProblem WRONG_APP_SECRET, SEED_DIFFERS.
 * @param env `isSeedGiven`: SEED was named; its default never contradicts
 */
export async function ensureInstallation(
  ctx: Ctx,
  env: Pick<Env, 'seed' | 'seedDay'> & { readonly isSeedGiven?: boolean | undefined },
): Promise<Installation> {
  const wanted = env.seed;
  const seedDay = env.seedDay ?? dayOf(ctx.clock.now());
  await ctx.db.installation.createMany({
    data: [
      {
        id: 1,
        kind: wanted === 'demo' ? 'demo' : 'real',
        keyCheck: ctx.secrets.keyCheck,
        seedDay: dayToDb(seedDay),
        readyAt: wanted === 'demo' ? null : ctx.clock.now(),
      },
    ],
    skipDuplicates: true,
  });
  const row = await ctx.db.installation.findUniqueOrThrow({ where: { id: 1 } });
  if (row.keyCheck !== ctx.secrets.keyCheck) {
    throw new StartProblem('WRONG_APP_SECRET', {
      zh: 'APP_SECRET 与此数据库建立时使用的不同，已停止启动。请使用原来的 APP_SECRET。',
      en: 'APP_SECRET differs from the one this database was made with. Use the original APP_SECRET.',
    });
  }
  const kind = row.kind === 'demo' ? 'demo' : 'real';
  if (env.isSeedGiven === true && (kind === 'demo') !== (wanted === 'demo')) throw seedDiffers(kind);
  return {
    kind,
    seedDay: row.seedDay ? dayFromDb(row.seedDay) : seedDay,
    isReady: row.readyAt !== null,
  };
}

function seedDiffers(kind: Installation['kind']): StartProblem {
  return kind === 'demo'
    ? new StartProblem('SEED_DIFFERS', {
        zh: 'SEED=none，但此数据库是演示城市，不能改作正式使用。请用 DATA_DIR 指定新文件夹（或用 DATABASE_URL 指定新数据库）；要打开演示城市，请去掉 SEED。',
        en: 'SEED=none, but this database is the demo city, which never becomes a real installation. Name a new folder in DATA_DIR (or a new database in DATABASE_URL); to open the demo city, leave SEED out.',
      })
    : new StartProblem('SEED_DIFFERS', {
        zh: 'SEED=demo，但此数据库是正式使用的数据库，不装入演示数据。请用 DATA_DIR 指定新文件夹（或用 DATABASE_URL 指定新数据库）；要打开正式数据，请去掉 SEED。',
        en: 'SEED=demo, but this database holds a real installation; no invented data is loaded into it. Name a new folder in DATA_DIR (or a new database in DATABASE_URL); to open the real data, leave SEED out.',
      });
}

/**
 * The same for a command that makes nothing by itself: on a database that is nothing yet it would decide between demo
 * and real for its owner. Throws StartProblem NOT_SET_UP, and those of `ensureInstallation`.
 */
export async function requireInstallation(
  ctx: Ctx,
  env: Parameters<typeof ensureInstallation>[1],
): Promise<Installation> {
  if ((await ctx.db.installation.count()) > 0) return ensureInstallation(ctx, env);
  throw new StartProblem('NOT_SET_UP', {
    zh: '此数据库还没有建立。正式使用请先运行 npm run setup；演示请先运行 npm start。',
    en: 'This database is nothing yet. For real use run npm run setup first; for the demo city run npm start first.',
  });
}

/** False for a real installation that nobody has set up: nobody could sign in to it. */
export async function isSetUp(ctx: Pick<Ctx, 'db'>): Promise<boolean> {
  return (await ctx.db.account.findFirst({ select: { id: true } })) !== null;
}

/**
 * Loads the first content once, however many processes start on one empty database: they wait for each other and ask
 * again, under the lock, whether it is still wanted. The lock goes with the connection, so a killed process holds nothing.
 */
export async function seedOnce(ctx: Ctx, work: () => Promise<void>, onWait: () => void): Promise<void> {
  const client = await lockClient(ctx.pool, onWait);
  try {
    const row = await ctx.db.installation.findUniqueOrThrow({ where: { id: 1 } });
    if (row.readyAt === null) await work();
  } finally {
    // Closed, not given back: the session's lock ends with it for certain.
    client.release(true);
  }
}

async function lockClient(pool: Pool, onWait: () => void) {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
      SEED_LOCK,
    ]);
    if (rows[0]?.taken !== true) {
      onWait();
      await client.query('set statement_timeout = 0');
      await client.query('select pg_advisory_lock($1)', [SEED_LOCK]);
    }
    return client;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
