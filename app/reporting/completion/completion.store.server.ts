import { z } from 'zod';
import type { PoolClient } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { endOfDay, yearOf } from '#app/platform/time/day.ts';
import type { TargetRules } from '#app/training/target/year-target.ts';
import type { CompletionCounts } from './figures.ts';
import { exemptedSql, linkKnownSql, owedHoursSql } from './owed-hours.store.server.ts';
import type { OwedCourse } from './required-course.ts';
import { owedCoursesSql } from './required-course.store.server.ts';

/**
 * Where credit and cards are read from. `projection`: kept up to the last processed fact; right for today and cheap.
 * `ledger`: folded from hour entries and certificate events; right for every day D, as known at K.
 */
export type FigureSource = 'projection' | 'ledger';

export interface UnitTarget {
  readonly unitId: string;
  readonly target: TargetRules;
  /** Required courses in force that are meant for people of this unit, as far as the unit decides it. */
  readonly owedCourses: readonly OwedCourse[];
}

export interface CompletionQuestion {
  /** D: links, cards and hours as they stood at the end of this day; the year is that of the day. */
  readonly day: Day;
  /** K: what had been recorded by this instant. */
  readonly knownAt: Date;
  readonly source: FigureSource;
  /** Units asked about, each with what an officer there owes. */
  readonly units: readonly UnitTarget[];
}

/** Only an active card expires; a suspended one stays suspended past its validity (certificate/register/certificate.ts). */
const CARD_FROM_PROJECTION = `
  select 1 from certificate c where c.person_id = l.person_id
    and (c.state = 'suspended' or (c.state = 'active' and c.valid_to_day >= $6::date))`;

/** The same fold as certificate/register/status-on.ts: the last event in the order (effect day, seq) among those in
 *  effect by the day and known by then; papers on their way change nothing. */
const CARD_FROM_EVENTS = `
  select 1 from certificate c cross join lateral (
      select e.to_state from certificate_event e
      where e.certificate_id = c.id and e.effective_from_day <= $6::date and e.recorded_at <= $7
        and e.kind not in ('decision_proposed', 'decision_declined', 'expiry_recorded', 'custody_began', 'custody_ended')
      order by e.effective_from_day desc, e.seq desc limit 1) last
  where c.person_id = l.person_id
    and (last.to_state = 'suspended' or (last.to_state = 'active' and c.valid_to_day >= $6::date))`;

const HOURS_FROM_PROJECTION = `
  select o.person_id, o.total_seconds, o.public_law_seconds, o.specialised_law_seconds, o.business_seconds,
    o.skill_seconds
  from member m join officer_year o on o.person_id = m.person_id and o.year = $8::int`;

const HOURS_FROM_LEDGER = `
  select h.person_id, sum(h.credit_seconds)::int as total_seconds,
    coalesce(sum(h.credit_seconds) filter (where h.category = 'public_law'), 0)::int as public_law_seconds,
    coalesce(sum(h.credit_seconds) filter (where h.category = 'specialised_law'), 0)::int as specialised_law_seconds,
    coalesce(sum(h.credit_seconds) filter (where h.category = 'business'), 0)::int as business_seconds,
    coalesce(sum(h.credit_seconds) filter (where h.category = 'skill'), 0)::int as skill_seconds
  from hour_entry h join member m on m.person_id = h.person_id
  where h.occurred_day >= make_date($8::int, 1, 1) and h.occurred_day <= $6::date and h.recorded_at <= $7
  group by h.person_id`;

/**
 * One row per officer who is due, with what he owes and has: the one definition behind every figure of this room.
 * `member`: home in an asked unit on the day, card ACTIVE or SUSPENDED, not exempt in the year.
 * Parameters 1–13 are those of `parametersOf`.
 */
function standingSql(source: FigureSource): string {
  const isNow = source === 'projection';
  const linkKnown = linkKnownSql('l', isNow);
  return `
    with scope as (
      select * from unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::boolean[], $11::text[], $12::boolean[],
          $13::boolean[])
        as s(unit_id, yearly, key_target, key_fields, key_on_top, required_courses, pro_rata, key_pro_rata)),
    ${exemptedSql(isNow)}
    member as (
      select l.person_id, l.unit_id, l.field_code, l.position, k.is_key,
        s.required_courses, owed_hours.key_field as key_target,
        owed_hours.yearly + case when s.key_on_top then owed_hours.key_field else 0 end as own_target
      from person_unit_link l join scope s on s.unit_id = l.unit_id
      cross join lateral (
        select coalesce(l.field_code = any(string_to_array(s.key_fields, ',')), false) as is_key) k
      ${owedHoursSql(isNow)}
      where l.kind = 'home'
        and l.valid_from <= $6::date and (l.valid_to is null or l.valid_to > $6::date) and ${linkKnown}
        and not coalesce(x.is_exempt, false) and months.base > months.exempted
        and exists (${isNow ? CARD_FROM_PROJECTION : CARD_FROM_EVENTS})),
    hours as (${isNow ? HOURS_FROM_PROJECTION : HOURS_FROM_LEDGER}),
    ${owedCoursesSql(isNow)}
    standing as (
      select m.*, coalesce(h.total_seconds, 0) as total_seconds,
        coalesce(h.public_law_seconds, 0) as public_law_seconds,
        coalesce(h.specialised_law_seconds, 0) as specialised_law_seconds,
        coalesce(h.business_seconds, 0) as business_seconds, coalesce(h.skill_seconds, 0) as skill_seconds,
        coalesce(o.due, 0) as required_due, coalesce(o.done, 0) as required_done,
        coalesce(h.total_seconds, 0) >= m.own_target and coalesce(o.done, 0) >= coalesce(o.due, 0) as is_met,
        m.is_key and coalesce(h.specialised_law_seconds, 0) >= m.key_target as is_key_met
      from member m left join hours h on h.person_id = m.person_id left join owed o on o.person_id = m.person_id)`;
}

function parametersOf(asked: CompletionQuestion): unknown[] {
  const targets = asked.units.map((unit) => unit.target);
  return [
    asked.units.map((unit) => unit.unitId),
    targets.map((target) => target.yearlyCreditSeconds),
    targets.map((target) => target.keyFieldCreditSeconds),
    targets.map((target) => target.keyFields.join(',')),
    targets.map((target) => !target.isKeyFieldInsideYearly),
    asked.day,
    asked.knownAt,
    yearOf(asked.day),
    JSON.stringify(distinctCourses(asked.units)),
    endOfDay(asked.day),
    asked.units.map((unit) => unit.owedCourses.map((course) => course.courseId).join(',')),
    targets.map((target) => target.isProRata),
    targets.map((target) => target.isKeyFieldProRata),
  ];
}

/** Every course that is owed anywhere, once. */
function distinctCourses(units: readonly UnitTarget[]): OwedCourse[] {
  const lists = new Set(units.map((unit) => unit.owedCourses));
  return [...new Map([...lists].flat().map((course) => [course.courseId, course])).values()];
}

const unitRow = z.object({
  unitId: z.string(),
  due: z.number(),
  met: z.number(),
  creditSeconds: z.number(),
  keyDue: z.number(),
  keyMet: z.number(),
});

/**
 * Counts per unit (own people only, without sub-units); units without anybody due are not in the map.
 * Not a named statement: the plan depends on how many units are asked about, so it is made for each question.
 */
export async function countByUnit(
  client: PoolClient,
  asked: CompletionQuestion,
): Promise<ReadonlyMap<string, CompletionCounts>> {
  const { rows } = await client.query<Record<string, unknown>>(
    `${standingSql(asked.source)}
     select unit_id as "unitId", count(*) as due, count(*) filter (where is_met) as met,
       sum(total_seconds) as "creditSeconds", count(*) filter (where is_key) as "keyDue",
       count(*) filter (where is_key_met) as "keyMet"
     from standing group by unit_id`,
    parametersOf(asked),
  );
  return new Map(
    z
      .array(unitRow)
      .parse(rows)
      .map(({ unitId, ...counts }) => [unitId, counts]),
  );
}

export const PERSON_SORTS = ['shortfall', 'name', 'total'] as const;
export type PersonSort = (typeof PERSON_SORTS)[number];

/** Column lists for `order by`; the person's id makes every order total, so that no page repeats a row. */
const ORDER_BY: Readonly<Record<PersonSort, Readonly<Record<'asc' | 'desc', string>>>> = {
  shortfall: {
    asc: 's.is_met desc, s.own_target - s.total_seconds, p.name_pinyin',
    desc: 's.is_met, s.own_target - s.total_seconds desc, p.name_pinyin',
  },
  name: { asc: 'p.name_pinyin, p.name', desc: 'p.name_pinyin desc, p.name desc' },
  total: { asc: 's.total_seconds, p.name_pinyin', desc: 's.total_seconds desc, p.name_pinyin' },
};

export interface PersonPage {
  readonly sort: PersonSort;
  readonly direction: 'asc' | 'desc';
  /** Part of the name, or the beginning of its pinyin or initials; empty for all. */
  readonly search: string;
  readonly met: boolean | null;
  readonly limit: number;
  readonly offset: number;
}

const personRow = z.object({
  personId: z.string(),
  name: z.string(),
  unitId: z.string(),
  position: z.string().nullable(),
  fieldCode: z.string().nullable(),
  ownTargetSeconds: z.number(),
  totalSeconds: z.number(),
  publicLawSeconds: z.number(),
  specialisedLawSeconds: z.number(),
  businessSeconds: z.number(),
  skillSeconds: z.number(),
  keyTargetSeconds: z.number(),
  requiredDue: z.number(),
  requiredDone: z.number(),
  isKey: z.boolean(),
  isKeyMet: z.boolean(),
  isMet: z.boolean(),
});
export type PersonStanding = z.infer<typeof personRow>;

const FILTER = `
  where ($14::text = '' or position($14::text in p.name) > 0 or starts_with(p.name_pinyin, lower($14::text))
      or starts_with(p.name_initials, lower($14::text)))
    and ($15::boolean is null or s.is_met = $15::boolean)`;

/** The officers behind the figures, one page of them, and how many match. The caller has checked who may see names. */
export async function listStandings(
  client: PoolClient,
  asked: CompletionQuestion,
  page: PersonPage,
): Promise<{ total: number; rows: PersonStanding[] }> {
  const filter = [...parametersOf(asked), page.search, page.met];
  const standing = standingSql(asked.source);
  const counted = await client.query<Record<string, unknown>>(
    `${standing} select count(*) as total from standing s join person p on p.id = s.person_id ${FILTER}`,
    filter,
  );
  const { total } = z.object({ total: z.number() }).parse(counted.rows[0]);
  // A page beyond the end is answered with the last one.
  const lastOffset = Math.floor(Math.max(total - 1, 0) / page.limit) * page.limit;
  const listed = await client.query<Record<string, unknown>>(
    `${standing}
     select s.person_id as "personId", p.name, s.unit_id as "unitId", s.position, s.field_code as "fieldCode",
       s.own_target as "ownTargetSeconds", s.total_seconds as "totalSeconds",
       s.public_law_seconds as "publicLawSeconds", s.specialised_law_seconds as "specialisedLawSeconds",
       s.business_seconds as "businessSeconds", s.skill_seconds as "skillSeconds",
       s.key_target as "keyTargetSeconds", s.required_due as "requiredDue", s.required_done as "requiredDone", s.is_key as "isKey",
       s.is_key_met as "isKeyMet", s.is_met as "isMet"
     from standing s join person p on p.id = s.person_id ${FILTER}
     order by ${ORDER_BY[page.sort][page.direction]}, s.person_id limit $16 offset $17`,
    [...filter, page.limit, Math.min(page.offset, lastOffset)],
  );
  return { total, rows: z.array(personRow).parse(listed.rows) };
}
