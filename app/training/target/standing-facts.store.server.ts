import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { endOfDay, yearOf } from '#app/platform/time/day.ts';
import type { TargetedCourse } from '../course/requirement.ts';
import type { Category, CategorySeconds } from '../ledger/hours.ts';
import { CATEGORIES, NO_SECONDS } from '../ledger/hours.ts';
import { beginUnknownSql } from './begin-unknown.ts';
import { EXEMPTION_EFFECTS, EXEMPTION_REASONS } from './exemption.ts';
import type { ExemptionFact, HomeFact } from './year-target.ts';

/** The facts behind the standing of many persons: one statement per fact, never one per person. */

export interface HomeRow extends HomeFact {
  readonly unitId: string;
  /** Region of the unit on the day asked about; null where the unit did not exist yet. */
  readonly regionId: string | null;
}

const homeRow = z.object({
  personId: z.string(),
  unitId: z.string(),
  regionId: z.string().nullable(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  fieldCode: z.string().nullable(),
  isBeginUnknown: z.boolean(),
});

/** Homes as known now, oldest first, up to `day`. */
export async function listHomes(
  pool: Pool,
  personIds: readonly string[],
  day: Day,
): Promise<Map<string, HomeRow[]>> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'training-homes-of-persons',
    text: `select l.person_id as "personId", l.unit_id as "unitId", v.region_id as "regionId",
        l.valid_from as "validFrom", l.valid_to as "validTo",
        l.field_code as "fieldCode", ${beginUnknownSql('l')} as "isBeginUnknown"
      from person_unit_link l left join unit_version v on v.unit_id = l.unit_id and v.superseded_at is null
        and v.valid_from <= $2::date and (v.valid_to is null or v.valid_to > $2::date)
      where l.person_id = any($1::uuid[]) and l.kind = 'home' and l.superseded_at is null and l.valid_from <= $2::date
      order by l.valid_from`,
    values: [[...personIds], day],
  });
  const homes = new Map<string, HomeRow[]>();
  for (const { personId, ...home } of z.array(homeRow).parse(rows)) {
    const known = homes.get(personId);
    if (known) known.push(home);
    else homes.set(personId, [home]);
  }
  return homes;
}

const sumRow = z.object({ personId: z.string(), category: z.enum(CATEGORIES), seconds: z.number() });

/** Balance by category of the year of `day`, entries of that year up to the day. Who has none is not in the map. */
export async function sumHours(
  pool: Pool,
  personIds: readonly string[],
  day: Day,
): Promise<Map<string, CategorySeconds>> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'training-sums-of-persons',
    text: `select person_id as "personId", category, sum(credit_seconds)::int as seconds from hour_entry
      where person_id = any($1::uuid[]) and occurred_day between make_date($2::int, 1, 1) and $3::date
      group by person_id, category`,
    values: [[...personIds], yearOf(day), day],
  });
  const sums = new Map<string, Record<Category, number>>();
  for (const { personId, category, seconds } of z.array(sumRow).parse(rows)) {
    const known = sums.get(personId) ?? { ...NO_SECONDS };
    known[category] = seconds;
    sums.set(personId, known);
  }
  return sums;
}

const names = z.array(z.string());
const demandRow = z.object({
  slug: z.string(),
  title: z.string(),
  required: z.object({ from: z.string(), to: z.string(), basis: z.string() }).nullish(),
  targets: z.object({ fields: names, levels: names, unitTypes: names, roles: names }),
});

/** Courses that are required of somebody, by the newest version of each. */
export async function listRequiredCourses(pool: Pool): Promise<TargetedCourse[]> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'training-required-courses',
    text: `select distinct on (c.id) c.slug, v.title, v.manifest -> 'required' as required,
        coalesce(v.manifest -> 'targets', '{"fields":[],"levels":[],"unitTypes":[],"roles":[]}') as targets
      from course c join course_version v on v.course_id = c.id order by c.id, v.first_seen_at desc, v.id desc`,
  });
  return z
    .array(demandRow)
    .parse(rows)
    .map((row) => ({ ...row, required: row.required ?? null }))
    .filter((row) => row.required !== null);
}

const doneRow = z.object({ personId: z.string(), slugs: z.array(z.string()) });

/** Courses completed in the year by the end of the day, in whichever content version (domain.md §4.2 case 15). */
export async function listCompletedCourses(
  pool: Pool,
  personIds: readonly string[],
  day: Day,
): Promise<Map<string, ReadonlySet<string>>> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'training-completed-courses-of-persons',
    text: `select d.person_id as "personId", array_agg(distinct c.slug) as slugs
      from course_completion d join course_version v on v.id = d.course_version_id join course c on c.id = v.course_id
      where d.person_id = any($1::uuid[]) and d.year = $2 and d.occurred_at < $3 group by d.person_id`,
    values: [[...personIds], yearOf(day), endOfDay(day)],
  });
  return new Map(
    z
      .array(doneRow)
      .parse(rows)
      .map((row) => [row.personId, new Set(row.slugs)]),
  );
}

const exemptionRow = z.object({
  personId: z.string(),
  requestId: z.string(),
  effect: z.enum(EXEMPTION_EFFECTS),
  reason: z.enum(EXEMPTION_REASONS),
  fromDay: z.string(),
  toDay: z.string(),
  months: z.number(),
  documentNo: z.string().nullable(),
});

/** Approved exemptions of the year as known now, in the order of their days. */
export async function listExemptionFacts(
  pool: Pool,
  personIds: readonly string[],
  year: number,
): Promise<Map<string, ExemptionFact[]>> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'training-exemptions-of-persons',
    text: `select person_id as "personId", request_id as "requestId", effect, reason, from_day as "fromDay",
        to_day as "toDay", months, document_no as "documentNo"
      from exemption where person_id = any($1::uuid[]) and year = $2 and superseded_at is null order by from_day, id`,
    values: [[...personIds], year],
  });
  const facts = new Map<string, ExemptionFact[]>();
  for (const { personId, ...fact } of z.array(exemptionRow).parse(rows)) {
    const known = facts.get(personId);
    if (known) known.push(fact);
    else facts.set(personId, [fact]);
  }
  return facts;
}
