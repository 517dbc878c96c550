import { z } from 'zod';
import type { Day } from '#app/platform/time/day.ts';
import type { Reader } from '../rows.store.server.ts';
import { readRows } from '../rows.store.server.ts';

/** The seal under a unit's year: what a report of that year names beside its figures. */
export interface UnitSeal {
  readonly unitId: string;
  readonly sealNo: string;
  readonly closedDay: Day;
}

const sealRow = z.object({ unitId: z.string(), sealNo: z.string(), closedDay: z.string() });

/** Seals of these units for a year, as known at K, in the order of their numbers. Units still open are left out. */
export async function listUnitSeals(
  reader: Reader,
  unitIds: readonly string[],
  year: number,
  knownAt: Date,
): Promise<UnitSeal[]> {
  const rows = await readRows(
    reader,
    `select unit_id::text as "unitId", seal_no as "sealNo", closed_day::text as "closedDay"
     from year_snapshot
     where unit_id = any($1::uuid[]) and year = $2::int and occurred_at <= $3::timestamptz
     order by seal_no`,
    [[...unitIds], year, knownAt],
  );
  return z.array(sealRow).parse(rows);
}
