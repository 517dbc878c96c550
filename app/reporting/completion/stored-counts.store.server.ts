import { z } from 'zod';
import type { PoolClient } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { CompletionCounts } from './figures.ts';

/** Any number of ours; it keeps two processes from counting the same units at once. */
const REFRESH_LOCK = 7_301_001;

/** A unit and what its figures rest on, as a fingerprint: stored figures with another basis are out of date. */
export interface UnitBasis {
  readonly unitId: string;
  readonly basis: string;
}

const storedRow = z.object({
  unitId: z.string(),
  due: z.number(),
  met: z.number(),
  creditSeconds: z.number(),
  keyDue: z.number(),
  keyMet: z.number(),
});

/** The bases are few, the units many: each basis is sent once. */
function numberBases(units: readonly UnitBasis[]): { bases: string[]; numbers: number[] } {
  const known = new Map<string, number>();
  const numbers = units.map(({ basis }) => {
    const number = known.get(basis) ?? known.size + 1;
    known.set(basis, number);
    return number;
  });
  return { bases: [...known.keys()], numbers };
}

/** Stored figures that still hold: of this day, on this basis, without a mark. Units not in the map must be counted. */
export async function findStoredCounts(
  client: PoolClient,
  day: Day,
  units: readonly UnitBasis[],
): Promise<ReadonlyMap<string, CompletionCounts>> {
  const { bases, numbers } = numberBases(units);
  const { rows } = await client.query<Record<string, unknown>>({
    name: 'reporting-stored-counts',
    text: `select s.unit_id as "unitId", s.due, s.met, s.credit_seconds as "creditSeconds", s.key_due as "keyDue",
             s.key_met as "keyMet"
           from unnest($1::uuid[], $2::int[]) as a(unit_id, basis_no)
           join unit_completion s on s.unit_id = a.unit_id and s.basis = ($3::text[])[a.basis_no]
           where s.day = $4::date
             and not exists (select 1 from unit_completion_mark m where m.unit_id = s.unit_id)`,
    values: [units.map((unit) => unit.unitId), numbers, bases, day],
  });
  return new Map(
    z
      .array(storedRow)
      .parse(rows)
      .map(({ unitId, ...counts }) => [unitId, counts]),
  );
}

/** True when this transaction may refresh; false while another one does. */
export async function tryRefreshLock(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<Record<string, unknown>>(
    'select pg_try_advisory_xact_lock($1::bigint) as locked',
    [REFRESH_LOCK],
  );
  return z.object({ locked: z.boolean() }).parse(rows[0]).locked;
}

/**
 * Takes the marks of these units away. Call before counting them: a change that commits in between leaves its mark and
 * is merely counted twice, never missed.
 */
export async function clearMarks(client: PoolClient, unitIds: readonly string[]): Promise<void> {
  await client.query('delete from unit_completion_mark where unit_id = any($1::uuid[])', [unitIds]);
}

export async function storeCounts(
  client: PoolClient,
  day: Day,
  units: readonly (UnitBasis & { readonly counts: CompletionCounts })[],
): Promise<void> {
  const column = (pick: (counts: CompletionCounts) => number) => units.map((unit) => pick(unit.counts));
  await client.query(
    `insert into unit_completion (unit_id, basis, due, met, credit_seconds, key_due, key_met, day, computed_at)
     select u.*, $8::date, now() from unnest($1::uuid[], $2::text[], $3::int[], $4::int[], $5::bigint[], $6::int[],
       $7::int[]) as u(unit_id, basis, due, met, credit_seconds, key_due, key_met)
     on conflict (unit_id) do update set basis = excluded.basis, due = excluded.due, met = excluded.met,
       credit_seconds = excluded.credit_seconds, key_due = excluded.key_due, key_met = excluded.key_met,
       day = excluded.day, computed_at = excluded.computed_at`,
    [
      units.map((unit) => unit.unitId),
      units.map((unit) => unit.basis),
      column((counts) => counts.due),
      column((counts) => counts.met),
      column((counts) => counts.creditSeconds),
      column((counts) => counts.keyDue),
      column((counts) => counts.keyMet),
      day,
    ],
  );
}
