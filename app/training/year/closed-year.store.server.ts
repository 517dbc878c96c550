import { z } from 'zod';
import type { Day } from '#app/platform/time/day.ts';
import type { Reader } from '../rows.store.server.ts';
import { readRows } from '../rows.store.server.ts';

/** What has been sealed for a person: later corrections stand beside it and need the bureau (domain.md §4.2 case 13). */
export interface ClosedYear {
  readonly closingId: string;
  readonly sealNo: string;
  readonly closedDay: Day;
}

const closedRow = z.object({
  personId: z.string(),
  closingId: z.string(),
  sealNo: z.string(),
  closedDay: z.string(),
});

/**
 * Who of these people has a closed (已封账) year. People whose year is still open are not in the map. A command that
 * depends on it asks inside its transaction after `lockPersons` (an import: under `training.outside_hours` alone):
 * freezing holds both, so the answer is then true until commit.
 */
export async function findClosedYears(
  reader: Reader,
  personIds: readonly string[],
  year: number,
): Promise<Map<string, ClosedYear>> {
  const rows = await readRows(
    reader,
    `select r.person_id::text as "personId", s.closing_id::text as "closingId", s.seal_no as "sealNo",
       s.closed_day::text as "closedDay"
     from year_snapshot_row r join year_snapshot s on s.closing_id = r.closing_id
     where r.person_id = any($1::uuid[]) and r.year = $2::int`,
    [[...personIds], year],
  );
  return new Map(
    z
      .array(closedRow)
      .parse(rows)
      .map(({ personId, ...closed }) => [personId, closed]),
  );
}
