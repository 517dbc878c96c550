import type { Pool } from '#app/platform/db/db.server.ts';
import { compareOfficerYears, lockProjector, replaceOfficerYears } from './officer-year.store.server.ts';
import type { OfficerYearDifference } from './officer-year.store.server.ts';

const REBUILD_TIMEOUT_MS = 15 * 60_000;

/**
 * Computes the projection of a year (or of all years) from the ledger again, in one transaction with the projector
 * locked out. Safe while the server runs: entries committed meanwhile are still waiting as facts and come in afterwards.
 * Needed after a bulk load that writes entries without facts, and when `checkOfficerYears` finds a difference.
 * @returns rows written
 */
export async function rebuildOfficerYears(pool: Pool, year: number | null = null): Promise<number> {
  const client = await pool.connect();
  let isUnfinished = true;
  try {
    await client.query('begin');
    await client.query(`set local statement_timeout = ${REBUILD_TIMEOUT_MS}`);
    await lockProjector(client);
    const written = await replaceOfficerYears(client, year);
    await client.query('commit');
    isUnfinished = false;
    return written;
  } finally {
    // A connection that is thrown away takes its open transaction with it.
    client.release(isUnfinished);
  }
}

export interface OfficerYearCheck {
  readonly compared: number;
  readonly differences: number;
  /** The first twenty. */
  readonly first: readonly OfficerYearDifference[];
}

/** Compares the projection with a computation from scratch. Facts still waiting show as differences: check when idle. */
export async function checkOfficerYears(pool: Pool, year: number | null = null): Promise<OfficerYearCheck> {
  return compareOfficerYears(pool, year);
}
