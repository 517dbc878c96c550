import { z } from 'zod';
import type { Pool, PoolClient } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { endOfDay, yearOf } from '#app/platform/time/day.ts';
import { requirementOn } from '#app/training/course/requirement.ts';
import type { CompletionCounts, YearTarget } from './figures.ts';
import { ownTargetSeconds } from './figures.ts';

/**
 * Where credit and cards are read from. `projection`: kept up to the last processed fact; right for today and cheap.
 * `ledger`: folded from hour entries and certificate events; right for every day D, as known at K.
 */
export type FigureSource = 'projection' | 'ledger';

export interface UnitTarget {
  readonly unitId: string;
  readonly target: YearTarget;
}

export interface CompletionQuestion {
  /** D: links, cards and hours as they stood at the end of this day; the year is that of the day. */
  readonly day: Day;
  /** K: what had been recorded by this instant. */
  readonly knownAt: Date;
  readonly source: FigureSource;
  /** Units asked about, each with what an officer there owes. */
  readonly units: readonly UnitTarget[];
  readonly requiredCourseIds: readonly string[];
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

/** What is recorded by now is known now; the clock that stamps rows is the database's, so it is not compared with ours. */
const LINK_KNOWN_NOW = `l.superseded_at is null and $7::timestamptz is not null`;
const LINK_KNOWN_THEN = `l.recorded_at <= $7 and (l.superseded_at is null or l.superseded_at > $7)`;

/**
 * One row per officer who is due, with what he owes and has: the one definition behind every figure of this room.
 * `member`: home in an asked unit on the day, card ACTIVE or SUSPENDED. Parameters 1–10 are those of `parametersOf`.
 */
function standingSql(source: FigureSource): string {
  const isNow = source === 'projection';
  return `
    with scope as (
      select * from unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::text[])
        as s(unit_id, target, target_in_key_field, key_target, key_fields)),
    member as (
      select l.person_id, l.unit_id, l.field_code, l.position, k.is_key, s.key_target,
        case when k.is_key then s.target_in_key_field else s.target end as own_target
      from person_unit_link l join scope s on s.unit_id = l.unit_id
      cross join lateral (
        select coalesce(l.field_code = any(string_to_array(s.key_fields, ',')), false) as is_key) k
      where l.kind = 'home' and l.valid_from <= $6::date and (l.valid_to is null or l.valid_to > $6::date)
        and ${isNow ? LINK_KNOWN_NOW : LINK_KNOWN_THEN}
        and exists (${isNow ? CARD_FROM_PROJECTION : CARD_FROM_EVENTS})),
    hours as (${isNow ? HOURS_FROM_PROJECTION : HOURS_FROM_LEDGER}),
    required as (
      select cc.person_id, count(distinct cv.course_id)::int as done
      from member m join course_completion cc on cc.person_id = m.person_id
      join course_version cv on cv.id = cc.course_version_id
      where cv.course_id = any($9::uuid[]) and cc.year = $8::int and cc.occurred_at < $10 and ${isNow ? 'true' : 'cc.recorded_at <= $7'}
      group by cc.person_id),
    standing as (
      select m.*, coalesce(h.total_seconds, 0) as total_seconds,
        coalesce(h.public_law_seconds, 0) as public_law_seconds,
        coalesce(h.specialised_law_seconds, 0) as specialised_law_seconds,
        coalesce(h.business_seconds, 0) as business_seconds, coalesce(h.skill_seconds, 0) as skill_seconds,
        coalesce(r.done, 0) as required_done,
        coalesce(h.total_seconds, 0) >= m.own_target
          and coalesce(r.done, 0) >= cardinality($9::uuid[]) as is_met,
        m.is_key and coalesce(h.specialised_law_seconds, 0) >= m.key_target as is_key_met
      from member m left join hours h on h.person_id = m.person_id left join required r on r.person_id = m.person_id)`;
}

function parametersOf(asked: CompletionQuestion): unknown[] {
  const targets = asked.units.map((unit) => unit.target);
  return [
    asked.units.map((unit) => unit.unitId),
    targets.map((target) => ownTargetSeconds(target, false)),
    targets.map((target) => ownTargetSeconds(target, true)),
    targets.map((target) => target.keyFieldCreditSeconds),
    targets.map((target) => target.keyFields.join(',')),
    asked.day,
    asked.knownAt,
    yearOf(asked.day),
    asked.requiredCourseIds,
    endOfDay(asked.day),
  ];
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
  requiredDone: z.number(),
  isKey: z.boolean(),
  isKeyMet: z.boolean(),
  isMet: z.boolean(),
});
export type PersonStanding = z.infer<typeof personRow>;

const FILTER = `
  where ($11::text = '' or position($11::text in p.name) > 0 or starts_with(p.name_pinyin, lower($11::text))
      or starts_with(p.name_initials, lower($11::text)))
    and ($12::boolean is null or s.is_met = $12::boolean)`;

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
       s.key_target as "keyTargetSeconds", s.required_done as "requiredDone", s.is_key as "isKey",
       s.is_key_met as "isKeyMet", s.is_met as "isMet"
     from standing s join person p on p.id = s.person_id ${FILTER}
     order by ${ORDER_BY[page.sort][page.direction]}, s.person_id limit $13 offset $14`,
    [...filter, page.limit, Math.min(page.offset, lastOffset)],
  );
  return { total, rows: z.array(personRow).parse(listed.rows) };
}

const requiredRow = z.object({ courseId: z.string(), title: z.string(), required: z.unknown() });
const requiredSpan = z.object({ from: z.string(), to: z.string(), basis: z.string() }).nullable();

export interface RequiredCourse {
  readonly courseId: string;
  readonly title: string;
  /** The document that makes it required, and until when that document holds. */
  readonly basis: string;
  readonly until: Day;
}

/** 必修课程 (ZY13) by the newest version of each course known at K: those in force on the day, and those whose basis has ended. */
export async function listRequirements(
  pool: Pool,
  day: Day,
  knownAt: Date,
): Promise<{ inForce: RequiredCourse[]; lapsed: RequiredCourse[] }> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'reporting-required-courses',
    text: `select distinct on (c.id) c.id as "courseId", v.title, v.manifest -> 'required' as required
           from course c join course_version v on v.course_id = c.id where v.recorded_at <= $1
           order by c.id, v.first_seen_at desc, v.id desc`,
    values: [knownAt],
  });
  const inForce: RequiredCourse[] = [];
  const lapsed: RequiredCourse[] = [];
  for (const { courseId, title, required } of z.array(requiredRow).parse(rows)) {
    const requirement = requirementOn(requiredSpan.parse(required ?? null), day);
    if (requirement === null) continue;
    const course = { courseId, title, basis: requirement.basis, until: requirement.untilDay };
    (requirement.isLapsed ? lapsed : inForce).push(course);
  }
  return { inForce, lapsed };
}
