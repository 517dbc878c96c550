import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Prisma, PrismaClient } from './.server/prisma/client.ts';
import { sayDatabaseAway } from '#app/platform/log/database-away.server.ts';
import type { Logger } from '#app/platform/log/logger.server.ts';
import type { Day } from '#app/platform/time/day.ts';

/** Prisma's client over the shared pool: for where people edit. */
export type Db = PrismaClient;
/** The client inside an interactive transaction; stores take `Db | Tx`. */
export type Tx = Prisma.TransactionClient;
export type Pool = pg.Pool;
export type PoolClient = pg.PoolClient;
/** JSON as Prisma writes it. */
export type JsonInput = Prisma.InputJsonValue;

export const sql = Prisma.sql;
export const joinSql = Prisma.join;
export const emptySql = Prisma.empty;
export type Sql = Prisma.Sql;

const DATE_OID = 1082;
const INT8_OID = 20;

/** Days stay text and bigints become numbers (all ours are far below 2^53) where the pool is used directly. */
function poolTypes(): pg.CustomTypesConfig {
  return {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
      if (oid === DATE_OID) return (value: string) => value;
      if (oid === INT8_OID) return (value: string) => Number(value);
      return pg.types.getTypeParser(oid, format);
    }) as pg.CustomTypesConfig['getTypeParser'],
  };
}

export interface DatabaseOptions {
  readonly url: string;
  /** Connections of this process at most; one is kept free for readiness by the pool being shared. */
  readonly maxConnections: number;
  readonly log: Logger;
  /** Longest statement in milliseconds; long set-based work raises it for its own transaction. */
  readonly statementTimeoutMs?: number;
}

export interface Database {
  readonly pool: Pool;
  readonly db: Db;
  close(): Promise<void>;
}

/** Opens the one pool of this process and Prisma on top of it. Nothing is asked of the server yet. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementTimeoutMs ?? 60_000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'zhifa-academy',
    options: '-c timezone=UTC',
    types: poolTypes(),
  });
  // Without these listeners a lost connection would end the process: the pool hears only of the ones that lie idle in
  // it; one that was taken out and is between two statements speaks for itself.
  pool.on('error', () => sayDatabaseAway(options.log, 'idle connection'));
  pool.on('connect', (client) => {
    client.on('error', () => sayDatabaseAway(options.log, 'connection in use'));
  });
  const db = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    pool,
    db,
    close: async () => {
      await db.$disconnect();
      await pool.end();
    },
  };
}

/** A calendar day as Prisma wants it for `@db.Date`. */
export function dayToDb(day: Day): Date {
  return new Date(`${day}T00:00:00.000Z`);
}

/** A `@db.Date` value as read by Prisma. */
export function dayFromDb(date: Date): Day {
  return date.toISOString().slice(0, 10);
}

export function nullableDayFromDb(date: Date | null): Day | null {
  return date === null ? null : dayFromDb(date);
}
