import { z } from 'zod';
import { CATEGORIES } from '../ledger/hours.ts';
import type { Reader } from '../rows.store.server.ts';
import { readRows } from '../rows.store.server.ts';

const personRow = z.object({ id: z.string(), name: z.string(), unitId: z.string() });

/**
 * People whose home was one of the units on the last day of the year, as known now: who left before is out of the figure
 * (domain.md §4.2 case 7), who was transferred counts where they were on that day (case 2), who is posted elsewhere
 * counts at home (case 4). By name.
 */
export async function listYearPeople(
  reader: Reader,
  unitIds: readonly string[],
  year: number,
): Promise<z.infer<typeof personRow>[]> {
  const rows = await readRows(
    reader,
    `select p.id::text, p.name, l.unit_id::text as "unitId"
     from person_unit_link l join person p on p.id = l.person_id
     where l.unit_id = any($1::uuid[]) and l.kind = 'home' and l.superseded_at is null
       and l.valid_from <= make_date($2::int, 12, 31) and (l.valid_to is null or l.valid_to > make_date($2::int, 12, 31))
     order by p.name_pinyin, p.id`,
    [[...unitIds], year],
  );
  return z.array(personRow).parse(rows);
}

/** How many people each unit has on the last day of the year; units without any are absent. */
export async function countYearPeople(
  reader: Reader,
  unitIds: readonly string[],
  year: number,
): Promise<Map<string, number>> {
  const rows = await readRows(
    reader,
    `select l.unit_id::text as "unitId", count(*)::int as people from person_unit_link l
     where l.unit_id = any($1::uuid[]) and l.kind = 'home' and l.superseded_at is null
       and l.valid_from <= make_date($2::int, 12, 31) and (l.valid_to is null or l.valid_to > make_date($2::int, 12, 31))
     group by l.unit_id`,
    [[...unitIds], year],
  );
  const parsed = z.array(z.object({ unitId: z.string(), people: z.number() })).parse(rows);
  return new Map(parsed.map((row) => [row.unitId, row.people]));
}

const entryRow = z.object({
  id: z.string(),
  personId: z.string(),
  category: z.enum(CATEGORIES),
  creditSeconds: z.number(),
});
export type YearEntry = z.infer<typeof entryRow>;

/** Every entry of these people in the year, in the order of ids. */
export async function listYearEntries(
  reader: Reader,
  personIds: readonly string[],
  year: number,
): Promise<YearEntry[]> {
  const rows = await readRows(
    reader,
    `select e.id::text, e.person_id::text as "personId", e.category, e.credit_seconds as "creditSeconds"
     from hour_entry e where e.person_id = any($1::uuid[])
       and e.occurred_day between make_date($2::int, 1, 1) and make_date($2::int, 12, 31) order by e.id`,
    [[...personIds], year],
  );
  return z.array(entryRow).parse(rows);
}
