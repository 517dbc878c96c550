import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Env } from '#app/platform/env/env.server.ts';
import { StartProblem } from '#app/platform/result/start-problem.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { dayFromDb, dayToDb } from './db.server.ts';

export interface Installation {
  readonly kind: 'demo' | 'real';
  readonly seedDay: Day;
  /** False until the first content is whole: a demo city that was cut short is noticed and said. */
  readonly isReady: boolean;
}

/**
 * Reads or makes the one row that says what this database is. A database made with another APP_SECRET is refused: its
 * encrypted fields would be unreadable and its lookups silently empty. Demo and real data never mix.
 */
export async function ensureInstallation(ctx: Ctx, env: Env): Promise<Installation> {
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
  return {
    kind: row.kind === 'demo' ? 'demo' : 'real',
    seedDay: row.seedDay ? dayFromDb(row.seedDay) : seedDay,
    isReady: row.readyAt !== null,
  };
}
