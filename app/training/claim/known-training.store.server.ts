import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Reader } from '../rows.store.server.ts';
import { readRows } from '../rows.store.server.ts';

const LOCK = 'training.outside_hours';

/**
 * Claims share this lock, an import holds it alone: what a claim has found to be new cannot be imported before the claim
 * is written, nor the other way round. Study and classes do not wait for it.
 */
export async function lockOutsideHours(tx: Tx, mode: 'shared' | 'exclusive'): Promise<void> {
  if (mode === 'shared')
    await tx.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended(${LOCK}, 0))`;
  else await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${LOCK}, 0))`;
}

/** Where a training is recorded already. */
export interface KnownTraining {
  readonly is: 'claim' | 'entry';
  readonly id: string;
  readonly personId: string;
  readonly creditSeconds: number;
}

const row = z.object({
  key: z.string(),
  is: z.enum(['claim', 'entry']),
  id: z.string(),
  personId: z.string(),
  creditSeconds: z.number(),
});

/**
 * Trainings that stand as a claim (waiting or approved) or as an imported entry, by their duplicate key. An entry that
 * was struck out by a correction still counts as recorded: what is right is entered by the correction.
 */
export async function findKnownTrainings(
  reader: Reader,
  keys: readonly string[],
): Promise<Map<string, KnownTraining>> {
  const rows = await readRows(
    reader,
    `select c.duplicate_key as key, 'claim' as is, c.id::text, c.person_id::text as "personId",
       c.credit_seconds as "creditSeconds"
     from external_claim c where c.duplicate_key = any($1::text[]) and c.state in ('filed', 'returned', 'approved')
     union all
     select substr(e.entry_key, 8), 'entry', e.id::text, e.person_id::text, e.credit_seconds
     from hour_entry e where e.entry_key = any(select 'import:' || k from unnest($1::text[]) k)`,
    [[...keys]],
  );
  const known = new Map<string, KnownTraining>();
  for (const { key, ...one } of z.array(row).parse(rows)) if (!known.has(key)) known.set(key, one);
  return known;
}
