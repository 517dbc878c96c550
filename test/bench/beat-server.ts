import http from 'node:http';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { openDatabase } from '#app/platform/db/db.server.ts';
import { withHotDoors } from '#app/platform/http/hot-door.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { createSecrets } from '#app/platform/secret/keys.server.ts';
import { systemClock } from '#app/platform/time/clock.ts';
import { loadCourses } from '#app/training/course/load-courses.server.ts';
import { beatDoor, mountStudy } from '#app/training/study/study-handlers.server.ts';
import { edgeAround, servicesOf } from '#test/support/services.ts';

/**
 * Our heartbeat door behind the real edge, as a process of its own: `tsx test/bench/beat-server.ts DATABASE_URL` on a
 * migrated database. Prints its port.
 */
const POOL_SIZE = 16;
export const BENCH_SECRET = 'bench-secret-bench-secret-bench-secret-1';

async function serve(databaseUrl: string): Promise<void> {
  const log = createLogger({ level: 'fatal' });
  const database = openDatabase({ url: databaseUrl, maxConnections: POOL_SIZE, log });
  const ctx: Ctx = {
    ...database,
    clock: systemClock,
    secrets: createSecrets(BENCH_SECRET),
    log,
    actorId: null,
    requestId: 'bench',
  };
  const services = servicesOf(ctx);
  await loadCourses(services);
  const edge = edgeAround(ctx, (app) => mountStudy(app, services));
  const server = http.createServer(
    withHotDoors(edge, { log, doors: [{ '/study/beat': beatDoor(services) }], ownOrigins: () => [] }),
  );
  server.keepAliveTimeout = 65_000;
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') console.log(`listening ${address.port}`);
  });
}

process.once('SIGTERM', () => process.exit());

const [databaseUrl] = process.argv.slice(2);
if (databaseUrl !== undefined && process.argv[1]?.endsWith('beat-server.ts')) await serve(databaseUrl);
