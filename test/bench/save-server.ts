import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { openDatabase } from '#app/platform/db/db.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { createSecrets } from '#app/platform/secret/keys.server.ts';
import { systemClock } from '#app/platform/time/clock.ts';
import { aHall, aRunningAttempt, prepareExam } from '#test/support/exam.ts';
import { startSaveServer } from '#test/support/save-server.ts';
import type { Seat } from './save-load.ts';

/**
 * Our save endpoint behind the real edge, as a process of its own: `tsx test/bench/save-server.ts DATABASE_URL SEATS` on
 * a migrated database. Makes a hall with running attempts and prints its port and the seats.
 */
const POOL_SIZE = 16;
const SECRET = 'bench-secret-bench-secret-bench-secret-1';

async function serve(databaseUrl: string, seatCount: number): Promise<void> {
  const log = createLogger({ level: 'fatal' });
  const database = openDatabase({ url: databaseUrl, maxConnections: POOL_SIZE, log });
  const ctx: Ctx = {
    ...database,
    clock: systemClock,
    secrets: createSecrets(SECRET),
    log,
    actorId: null,
    requestId: 'bench',
  };
  await prepareExam(ctx);
  const hall = await aHall(ctx, { candidates: seatCount });
  const server = await startSaveServer(ctx, { isBehindEdge: true });
  const seats: Seat[] = [];
  for (const candidate of hall.candidates) {
    const sitting = await aRunningAttempt(candidate);
    seats.push({
      attemptId: sitting.attemptId,
      cookie: await server.cookieFor(candidate.ctx.actorId, sitting),
    });
  }
  console.log(`seats ${JSON.stringify(seats)}`);
  console.log(`listening ${new URL(server.url).port}`);
}

process.once('SIGTERM', () => process.exit());

const [databaseUrl, seatCount] = process.argv.slice(2);
if (databaseUrl !== undefined && process.argv[1]?.endsWith('save-server.ts'))
  await serve(databaseUrl, Number(seatCount ?? 50));
