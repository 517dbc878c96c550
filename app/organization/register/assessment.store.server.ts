import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { ESTABLISHMENTS } from '../person/person.ts';
import type { Reader } from '../person/rows.store.server.ts';
import { readRows } from '../person/rows.store.server.ts';
import type { Grade, StandingAssessment } from './assessment.ts';
import { GRADES } from './assessment.ts';
import type { RegisterSource } from './reviewer.store.server.ts';

const standingRow = z.object({
  id: z.string(),
  personId: z.string(),
  year: z.number(),
  grade: z.enum(GRADES),
  state: z.enum(['stands', 'withdrawn']),
});

/** The last row of every person and year: what stands, or a withdrawal after which nothing does. */
export async function listStandingAssessments(
  reader: Reader,
  personIds: readonly string[],
): Promise<StandingAssessment[]> {
  const rows = await readRows(
    reader,
    `select a.id::text, a.person_id::text as "personId", a.year, a.grade, a.state from assessment a
     where a.person_id = any($1::uuid[]) and not exists (select 1 from assessment c where c.corrects_id = a.id)
     order by a.year desc`,
    [[...personIds]],
  );
  return z.array(standingRow).parse(rows);
}

export interface NewAssessment {
  readonly personId: string;
  readonly year: number;
  readonly unitId: string;
  readonly grade: Grade;
  readonly state: 'stands' | 'withdrawn';
  readonly correctsId: string | null;
  readonly reason: string | null;
}

export async function appendAssessments(
  tx: Tx,
  entries: readonly NewAssessment[],
  source: RegisterSource,
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({ ...entry, id: newId<'Assessment'>() }));
  await tx.$executeRaw`
    insert into assessment (id, person_id, year, unit_id, grade, state, corrects_id, reason, source_kind, source_id,
      actor_id, occurred_at)
    select r.id, r."personId", r.year, r."unitId", r.grade, r.state, r."correctsId", r.reason, ${source.sourceKind},
      ${source.sourceId}, ${source.actorId}::uuid, ${source.at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "personId" uuid, year int, "unitId" uuid,
      grade text, state text, "correctsId" uuid, reason text)`;
}

const gradedRow = z.object({
  personId: z.string(),
  personName: z.string(),
  idNumberMasked: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  position: z.string().nullable(),
  establishment: z.enum(ESTABLISHMENTS),
  grade: z.enum(GRADES).nullable(),
  yearBefore: z.enum(GRADES).nullable(),
});
export type GradedPerson = z.infer<typeof gradedRow>;

export interface GradeQuery {
  readonly unitIds: readonly string[];
  readonly year: number;
  /** Day whose homes count. */
  readonly day: string;
  readonly text: string;
  readonly only: 'all' | 'missing' | 'bad' | 'bad_twice' | Grade;
  readonly limit: number;
  readonly offset: number;
}

const standing = (person: string, year: string): string =>
  `(select a.grade from assessment a where a.person_id = ${person} and a.year = ${year} and a.state = 'stands'
     and not exists (select 1 from assessment c where c.corrects_id = a.id))`;
const ONLY: Readonly<Record<string, string>> = {
  all: 'true',
  missing: 'g.grade is null',
  bad: `g.grade = 'incompetent'`,
  bad_twice: `g.grade = 'incompetent' and g."yearBefore" = 'incompetent'`,
};
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** Whose grade counts: everybody on an establishment of the state; 编外 are not assessed as civil servants are. */
const ASSESSED = `('admin', 'civil_like', 'public_institution', 'worker')`;

/** People of these units with their grade of the year and of the year before, one page of them. */
export async function listGradedPeople(
  reader: Reader,
  query: GradeQuery,
): Promise<{ readonly rows: GradedPerson[]; readonly total: number }> {
  const typed = escapeLike(query.text);
  const values = [
    [...query.unitIds],
    query.day,
    query.year,
    typed === '' ? '' : `%${typed}%`,
    `${typed.toLowerCase()}%`,
  ];
  const graded = `select l.person_id::text as "personId", p.name as "personName", p.id_number_masked as "idNumberMasked",
      l.unit_id::text as "unitId", coalesce(u.name, '') as "unitName", l.position, l.establishment, p.name_pinyin,
      ${standing('l.person_id', '$3::int')} as grade, ${standing('l.person_id', '$3::int - 1')} as "yearBefore"
    from person_unit_link l join person p on p.id = l.person_id
      left join unit_version u on u.unit_id = l.unit_id and u.superseded_at is null and u.valid_from <= $2::date
        and (u.valid_to is null or u.valid_to > $2::date)
    where l.kind = 'home' and l.superseded_at is null and l.unit_id = any($1::uuid[]) and l.valid_from <= $2::date
      and (l.valid_to is null or l.valid_to > $2::date) and l.establishment in ${ASSESSED}
      and ($4 = '' or p.name like $4 or p.name_initials like $5 or p.name_pinyin like $5)`;
  const condition = ONLY[query.only] ?? 'g.grade = $6';
  const filtered = ONLY[query.only] === undefined ? [...values, query.only] : values;
  const at = filtered.length;
  const rows = await readRows(
    reader,
    `select * from (${graded}) g where ${condition}
     order by g."unitName", g.name_pinyin, g."personId" limit $${at + 1} offset $${at + 2}`,
    [...filtered, query.limit, query.offset],
  );
  const counted = await readRows(
    reader,
    `select count(*)::int as total from (${graded}) g where ${condition}`,
    filtered,
  );
  return {
    rows: z.array(gradedRow).parse(rows),
    total: z.array(z.object({ total: z.number() })).parse(counted)[0]?.total ?? 0,
  };
}

const countRow = z.object({ grade: z.enum(GRADES).nullable(), count: z.number(), twice: z.number() });

/** How many people of these units have which grade in a year (M15), and how many a second bad one. */
export async function countGrades(
  reader: Reader,
  unitIds: readonly string[],
  year: number,
  day: string,
): Promise<z.infer<typeof countRow>[]> {
  const rows = await readRows(
    reader,
    `select g.grade, count(*)::int as count,
       count(*) filter (where g.grade = 'incompetent' and g.before = 'incompetent')::int as twice
     from (select ${standing('l.person_id', '$3::int')} as grade, ${standing('l.person_id', '$3::int - 1')} as before
       from person_unit_link l where l.kind = 'home' and l.superseded_at is null and l.unit_id = any($1::uuid[])
         and l.valid_from <= $2::date and (l.valid_to is null or l.valid_to > $2::date)
         and l.establishment in ${ASSESSED}) g group by g.grade`,
    [[...unitIds], day, year],
  );
  return z.array(countRow).parse(rows);
}

const historyRow = standingRow.omit({ personId: true }).extend({
  unitName: z.string(),
  reason: z.string().nullable(),
  correctsId: z.string().nullable(),
  actorId: z.string().nullable(),
  occurredAt: z.date(),
});
export type AssessmentEntry = z.infer<typeof historyRow>;

/** Every entry of one person, newest year first, within a year in the order in which they were made. */
export async function listAssessmentsOf(reader: Reader, personId: string): Promise<AssessmentEntry[]> {
  const rows = await readRows(
    reader,
    `select a.id::text, a.year, a.grade, a.state, a.reason, a.corrects_id::text as "correctsId",
       a.occurred_at as "occurredAt", a.actor_id::text as "actorId",
       coalesce((select v.name from unit_version v where v.unit_id = a.unit_id and v.superseded_at is null
         order by v.valid_from desc limit 1), '') as "unitName"
     from assessment a
     where a.person_id = $1::uuid order by a.year desc, a.occurred_at, a.id`,
    [personId],
  );
  return z.array(historyRow).parse(rows);
}
