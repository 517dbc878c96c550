import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { cardHolders } from '#app/certificate/register/card-holders.server.ts';
import { seedLargeProvince } from '#app/demo/seed-demo.server.ts';
import type { DemoSize } from '#app/demo/size.ts';
import { LARGE_SIZE } from '#app/demo/size.ts';
import { ensureBlueprints } from '#app/exam/paper/blueprint.store.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { openDatabase } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { createSecrets, sha256 } from '#app/platform/secret/keys.server.ts';
import { systemClock } from '#app/platform/time/clock.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { loadCourses } from '#app/training/course/load-courses.server.ts';
import { provideTrainingPorts } from '#app/training/ports.server.ts';
import { BENCH_SECRET } from '../beat-server.ts';

/** Holders of a card in one city of the measuring province: its eleven cities make 100,000. */
const HOLDERS_PER_CITY = LARGE_SIZE.holders;

/** A province of about so many officers. */
export function provinceOf(officers: number): DemoSize {
  const cities = Math.max(1, Math.round(officers / HOLDERS_PER_CITY));
  return { ...LARGE_SIZE, cities, hourYears: 2 };
}

/** Runs `work` in this process with the system's context on the database. */
export async function withSystem<T>(databaseUrl: string, work: (system: Ctx) => Promise<T>): Promise<T> {
  const log = createLogger({ level: 'warn' });
  const database = openDatabase({ url: databaseUrl, maxConnections: 8, log });
  const secrets = createSecrets(BENCH_SECRET);
  try {
    return await work({
      ...database,
      clock: systemClock,
      secrets,
      log,
      actorId: null,
      requestId: 'bench',
    });
  } finally {
    await database.close();
  }
}

/** Everything `db:seed -- large` loads, for a province of this size. */
export async function seedProvince(databaseUrl: string, officers: number): Promise<void> {
  provideTrainingPorts({ cards: cardHolders });
  await withSystem(databaseUrl, async (system) => {
    const services = { system, rootDir: path.resolve('.'), progress: (text: string) => console.error(text) };
    await loadCourses(services);
    await ensureBlueprints(system);
    await seedLargeProvince(services, {
      ownerUrl: databaseUrl,
      seedDay: dayOf(system.clock.now()),
      size: provinceOf(officers),
    });
  });
}

/** The justice bureau of the whole province, signed in. @returns the cookie header */
export async function aSignedInBureau({ pool }: Ctx): Promise<string> {
  const [account, session] = [newId(), randomBytes(20).toString('hex')];
  await pool.query(`insert into account (id, login, display_name) values ($1, $2, '省司法厅')`, [
    account,
    `bench-${account}`,
  ]);
  await pool.query(
    `insert into role_grant (id, account_id, role, scope_kind, region_id, valid_from)
     select $1, $2, 'justice_bureau', 'region', region_id, valid_from from region_version
     where parent_id is null and superseded_at is null limit 1`,
    [newId(), account],
  );
  await pool.query(
    `insert into account_session (id_hash, account_id, expires_at) values ($1, $2, now() + interval '1 day')`,
    [sha256(`session:${session}`), account],
  );
  return `zhifa=${session}`;
}
