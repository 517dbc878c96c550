import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Database } from '#app/platform/db/db.server.ts';
import { openDatabase } from '#app/platform/db/db.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { createSecrets } from '#app/platform/secret/keys.server.ts';
import type { FixedClock } from '#app/platform/time/clock.ts';
import { cardHolders } from '#app/certificate/register/card-holders.server.ts';
import { provideTrainingPorts } from '#app/training/ports.server.ts';
import { databaseUrl } from './database-setup.ts';
import { fixedClock } from '#app/platform/time/clock.ts';

provideTrainingPorts({ cards: cardHolders });

let serial = 0;

export interface TestDatabase extends Database {
  readonly url: string;
}

/** A fresh clone of the migrated template. */
export async function cloneDatabase(): Promise<TestDatabase> {
  const { adminUrl, template } = inject('database');
  serial += 1;
  const name = `zhifa_test_${process.pid}_${process.env.VITEST_POOL_ID ?? '0'}_${serial}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`create database ${name} template ${template}`);
  const url = databaseUrl(adminUrl, name);
  const database = openDatabase({ url, maxConnections: 10, log: createLogger({ level: 'fatal' }) });
  return {
    ...database,
    url,
    close: async () => {
      await database.close();
      await admin.query(`drop database if exists ${name}`);
      await admin.end();
    },
  };
}

export const TEST_SECRET = 'test-secret-test-secret-test-secret-0001';

export interface TestWorld {
  readonly database: TestDatabase;
  readonly clock: FixedClock;
  /** The system's context; `asActor` in world.ts adds a person. */
  readonly ctx: Ctx;
}

/** Registers set-up and tear-down of one database for the test file; read the world inside tests only. */
export function useWorld(start = '2026-11-23T01:00:00.000Z'): TestWorld {
  const clock = fixedClock(start);
  let database: TestDatabase | null = null;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(async () => {
    await database?.close();
  });
  const ready = (): TestDatabase => {
    if (!database) throw new Error('the world is there inside tests and hooks only');
    return database;
  };
  const secrets = createSecrets(TEST_SECRET);
  const log = createLogger({ level: 'fatal' });
  return {
    get database() {
      return ready();
    },
    clock,
    get ctx() {
      return { db: ready().db, pool: ready().pool, clock, secrets, log, actorId: null, requestId: 'test' };
    },
  };
}
