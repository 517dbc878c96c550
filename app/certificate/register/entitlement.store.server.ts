import { z } from 'zod';
import type { Db, Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';

const foundRow = z.object({
  personId: z.string(),
  name: z.string(),
  idNumberMasked: z.string(),
  unitName: z.string(),
});
export type FoundPerson = z.infer<typeof foundRow>;

/** Most persons a search shows; more is answered with "narrow it down". */
export const FOUND_LIMIT = 20;

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** Persons who ever had a home in one of the units, by name, pinyin or certificate number, newest home first. */
export async function searchPersons(
  pool: Pool,
  unitIds: readonly string[],
  text: string,
): Promise<FoundPerson[]> {
  const typed = escapeLike(text.replace(/\s+/g, ''));
  const { rows } = await pool.query({
    name: 'certificate-search-persons',
    text: `select p.id as "personId", p.name, p.id_number_masked as "idNumberMasked", coalesce(u.name, '') as "unitName"
      from person p
        left join lateral (select l.unit_id from person_unit_link l where l.person_id = p.id and l.kind = 'home'
          and l.superseded_at is null order by l.valid_from desc limit 1) home on true
        left join lateral (select name from unit_version v where v.unit_id = home.unit_id and v.superseded_at is null
          order by v.valid_from desc limit 1) u on true
      where (p.name like $1 or p.name_pinyin like $2 or p.name_initials like $2
          or p.id in (select person_id from certificate where certificate_no like $3))
        and exists (select from person_unit_link l where l.person_id = p.id and l.superseded_at is null
          and l.unit_id = any($4::uuid[]))
      order by p.name_pinyin, p.id limit $5`,
    values: [
      `%${typed}%`,
      `${typed.toLowerCase()}%`,
      `${typed.toUpperCase()}%`,
      [...unitIds],
      FOUND_LIMIT + 1,
    ],
  });
  return z.array(foundRow).parse(rows);
}

/** Whether the person ever had a place in one of the units: what a viewer may ask about. */
export async function isPersonOfUnits(
  db: Db,
  personId: string,
  unitIds: readonly string[],
): Promise<boolean> {
  const rows = await db.$queryRaw`
    select exists (select from person_unit_link where person_id = ${personId}::uuid and superseded_at is null
      and unit_id = any(${[...unitIds]}::uuid[])) as found`;
  return z.array(z.object({ found: z.boolean() })).parse(rows)[0]?.found ?? false;
}

const firstRow = z.object({ day: z.string().nullable() });

/** The first day of which the system holds anything about a person, as known now. */
export async function firstRecordedDay(db: Db, personId: string): Promise<Day | null> {
  const rows = await db.$queryRaw`
    select least(
      (select min(valid_from) from person_unit_link where person_id = ${personId}::uuid and superseded_at is null),
      (select min(obtained_day) from qualification where person_id = ${personId}::uuid),
      (select min(issued_day) from certificate where person_id = ${personId}::uuid))::text as day`;
  return z.array(firstRow).parse(rows)[0]?.day ?? null;
}

const postedRow = z.object({ unitName: z.string() });

/** 派驻 and 借调 places of a person on a day. */
export async function listPostedUnits(db: Db, personId: string, day: Day): Promise<string[]> {
  const rows = await db.$queryRaw`
    select v.name as "unitName" from person_unit_link l join unit_version v on v.unit_id = l.unit_id
      and v.superseded_at is null and v.valid_from <= ${day}::date and (v.valid_to is null or v.valid_to > ${day}::date)
    where l.person_id = ${personId}::uuid and l.kind = 'posted' and l.superseded_at is null
      and l.valid_from <= ${day}::date and (l.valid_to is null or l.valid_to > ${day}::date) order by v.name`;
  return z
    .array(postedRow)
    .parse(rows)
    .map((row) => row.unitName);
}
