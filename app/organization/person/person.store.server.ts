import { z } from 'zod';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { HomeLink, PeopleQuery, PeopleSort, PersonCard, PersonRow } from './person.ts';
import { ESTABLISHMENTS } from './person.ts';
import type { Reader } from './rows.store.server.ts';
import { readRows } from './rows.store.server.ts';

const cardRow = z.object({
  id: z.string(),
  name: z.string(),
  sex: z.enum(['male', 'female']),
  idNumberMasked: z.string(),
});

/** Name and masked number of one person. The caller has checked that the viewer may see this person. */
export async function findPersonCard(reader: Reader, personId: string): Promise<PersonCard | null> {
  return (await findPersonCards(reader, [personId])).get(personId) ?? null;
}

export async function findPersonCards(
  reader: Reader,
  personIds: readonly string[],
): Promise<Map<string, PersonCard>> {
  const rows = await readRows(
    reader,
    `select id::text, name, sex, id_number_masked as "idNumberMasked" from person where id = any($1::uuid[])`,
    [[...personIds]],
  );
  return new Map(
    z
      .array(cardRow)
      .parse(rows)
      .map((card) => [card.id, card]),
  );
}

const homeLinkRow = z.object({
  personId: z.string(),
  unitId: z.string(),
  regionId: z.string(),
  establishment: z.enum(ESTABLISHMENTS),
  fieldCode: z.string().nullable(),
  isEnforcementPost: z.boolean(),
  position: z.string().nullable(),
  department: z.string().nullable(),
  enforcementArea: z.string().nullable(),
  validFrom: z.string(),
});

/** Rows of the dated table `alias` that hold on day `$2`, as known now. */
const holdsOn = (alias: string): string =>
  `${alias}.superseded_at is null and ${alias}.valid_from <= $2::date
   and (${alias}.valid_to is null or ${alias}.valid_to > $2::date)`;

/** The home of each person on `day`, as known now. Who has none on that day (not come yet, left) is not in the map. */
export async function homeLinksOn(
  reader: Reader,
  personIds: readonly string[],
  day: Day,
): Promise<Map<string, HomeLink>> {
  const rows = await readRows(
    reader,
    `select l.person_id::text as "personId", l.unit_id::text as "unitId", v.region_id::text as "regionId",
       l.establishment, l.field_code as "fieldCode", l.is_enforcement_post as "isEnforcementPost", l.position,
       l.department, l.enforcement_area as "enforcementArea", l.valid_from::text as "validFrom"
     from person_unit_link l join unit_version v on v.unit_id = l.unit_id and ${holdsOn('v')}
     where l.person_id = any($1::uuid[]) and l.kind = 'home' and ${holdsOn('l')}`,
    [[...personIds], day],
  );
  const links = new Map<string, HomeLink>();
  for (const link of z.array(homeLinkRow).parse(rows)) {
    invariant(!links.has(link.personId), 'a person has one home on a day');
    links.set(link.personId, link);
  }
  return links;
}

const personRow = cardRow.extend({
  unitId: z.string(),
  unitName: z.string(),
  department: z.string().nullable(),
  position: z.string().nullable(),
  establishment: z.enum(ESTABLISHMENTS),
  isEnforcementPost: z.boolean(),
  fieldCode: z.string().nullable(),
  hasLegalQualification: z.boolean(),
  total: z.number(),
});

const SORT_COLUMNS: Readonly<Record<PeopleSort, string>> = {
  name: 'p.name_pinyin',
  unit: 'v.name_pinyin',
  establishment: 'l.establishment',
  position: 'l.position',
  field: 'l.field_code',
};

/** `%` and `_` typed by a person are themselves. */
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/**
 * People whose home is one of the units on `day`, as known now, one page of them.
 * @param unitIds the units the viewer reaches; none gives an empty list
 * @returns the rows and how many match over all pages; a page beyond the end has no rows but the right total
 */
export async function listPeopleOfUnits(
  reader: Reader,
  unitIds: readonly string[],
  day: Day,
  query: PeopleQuery,
): Promise<{ rows: PersonRow[]; total: number }> {
  const direction = query.sort.direction === 'desc' ? 'desc' : 'asc';
  const conditions = `l.unit_id = any($1::uuid[]) and l.kind = 'home' and ${holdsOn('l')}
    and ($3 = '' or p.name like $3 or p.name_pinyin like $4 or p.name_initials like $4)
    and ($5::text is null or l.establishment = $5) and ($6::text is null or l.field_code = $6)
    and ($7::boolean is null or l.is_enforcement_post = $7)
    and ($8::uuid[] is null or p.id = any($8::uuid[]))`;
  const typed = escapeLike(query.text);
  const filters = [
    [...unitIds],
    day,
    typed === '' ? '' : `%${typed}%`,
    `${typed.toLowerCase()}%`,
    query.establishment ?? null,
    query.fieldCode ?? null,
    query.isEnforcementPost ?? null,
    query.personIds === undefined ? null : [...query.personIds],
  ];
  const from = `person_unit_link l join person p on p.id = l.person_id
    join unit_version v on v.unit_id = l.unit_id and ${holdsOn('v')}`;
  const page = await readRows(
    reader,
    `select p.id::text, p.name, p.sex, p.id_number_masked as "idNumberMasked", l.unit_id::text as "unitId",
       v.name as "unitName", l.department, l.position, l.establishment,
       l.is_enforcement_post as "isEnforcementPost", l.field_code as "fieldCode",
       p.legal_qualification as "hasLegalQualification", (count(*) over ())::int as total
     from ${from} where ${conditions}
     order by ${SORT_COLUMNS[query.sort.field]} ${direction} nulls last, p.name, p.id
     limit $9 offset $10`,
    [...filters, query.size, (query.page - 1) * query.size],
  );
  const rows = z.array(personRow).parse(page);
  const [first] = rows;
  const total = first?.total ?? (query.page > 1 ? await countPeople(reader, from, conditions, filters) : 0);
  return { rows: rows.map(({ total: _, ...row }) => row), total };
}

async function countPeople(
  reader: Reader,
  from: string,
  conditions: string,
  filters: readonly unknown[],
): Promise<number> {
  const rows = await readRows(
    reader,
    `select count(*)::int as total from ${from} where ${conditions}`,
    filters,
  );
  return z.array(z.object({ total: z.number() })).parse(rows)[0]?.total ?? 0;
}
