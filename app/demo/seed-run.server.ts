import pg from 'pg';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { demoId } from './demo-id.server.ts';
import type { PeoplePlan, PlannedPerson } from './plan/people.ts';
import type { DemoSize } from './size.ts';

/** What every part of the seed works with. */
export interface SeedRun {
  /** The system's context, for what goes through the slices' own commands. */
  readonly ctx: Ctx;
  /** Connections of the owner role, for bulk loads. */
  readonly owner: pg.Pool;
  readonly size: DemoSize;
  readonly seedDay: Day;
  readonly plan: PeoplePlan;
  progress(text: string): void;
}

/** Two at a time: more would only make two cores wait for each other. */
export const PARALLEL_LOADS = 2;
const LOAD_TIMEOUT_MS = 30 * 60_000;

/** Owner connections that do not wait for the disk at each commit: a seed that is cut short is run again anyway. */
export function openOwnerPool(ownerUrl: string): pg.Pool {
  return new pg.Pool({
    connectionString: ownerUrl,
    max: PARALLEL_LOADS,
    statement_timeout: LOAD_TIMEOUT_MS,
    application_name: 'zhifa-demo-seed',
    options: '-c timezone=UTC -c synchronous_commit=off',
  });
}

/** Runs work on one owner connection. */
export async function withOwner<T>(
  run: Pick<SeedRun, 'owner'>,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await run.owner.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

/** Ids of few things that are named in very many rows: made once each. */
function idsOf(kind: 'region' | 'unit' | 'account'): (key: string) => string {
  const known = new Map<string, string>();
  return (key) => {
    const id = known.get(key) ?? demoId(`${kind}:${key}`);
    known.set(key, id);
    return id;
  };
}

export const regionId = idsOf('region');
export const unitId = idsOf('unit');
export const accountId = idsOf('account');

/** Ids of the persons as the register gave them, by serial. */
export type PersonIds = (person: PlannedPerson) => string;
