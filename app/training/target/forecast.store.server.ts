import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { yearOf } from '#app/platform/time/day.ts';

/** Facts of a forecast for many persons, one statement each. */

const secondsRow = z.object({ personId: z.string(), seconds: z.number() });
const byPerson = (rows: unknown[]): Map<string, number> =>
  new Map(
    z
      .array(secondsRow)
      .parse(rows)
      .map((row) => [row.personId, row.seconds]),
  );

/** Credit of lessons and courses in the year of `day` up to it, with what was corrected of them. */
export async function sumSelfPaced(
  pool: Pool,
  personIds: readonly string[],
  day: Day,
): Promise<Map<string, number>> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'training-self-paced-of-persons',
    text: `select person_id as "personId", sum(credit_seconds)::int as seconds from hour_entry
      where person_id = any($1::uuid[]) and occurred_day between make_date($2::int, 1, 1) and $3::date
        and source_kind in ('lesson_version', 'course_version') group by person_id`,
    values: [[...personIds], yearOf(day), day],
  });
  return byPerson(rows);
}

const plannedRow = z.object({
  personId: z.string(),
  sessionId: z.string(),
  statedSeconds: z.number().nullable(),
  scheduledSeconds: z.number(),
  /** Of those, inside the year. */
  yearSeconds: z.number(),
});
export type PlannedClass = z.infer<typeof plannedRow>;

/** Classes not closed yet with blocks in the year, for which the person holds a place (not merely a waiting one). */
export async function listPlannedClasses(
  pool: Pool,
  personIds: readonly string[],
  year: number,
): Promise<PlannedClass[]> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'training-planned-of-persons',
    text: `select e.person_id as "personId", s.id as "sessionId", s.stated_credit_seconds as "statedSeconds",
        blocks.all_seconds as "scheduledSeconds", blocks.year_seconds as "yearSeconds"
      from session_enrolment e join training_session s on s.id = e.session_id and s.status = 'scheduled'
      cross join lateral (
        select coalesce(sum(extract(epoch from b.ends_at - b.starts_at)), 0)::int as all_seconds,
          coalesce(sum(extract(epoch from b.ends_at - b.starts_at)) filter (
            where extract(year from b.starts_at at time zone 'Asia/Shanghai') = $2), 0)::int as year_seconds
        from session_block b where b.session_id = s.id) blocks
      where e.person_id = any($1::uuid[]) and e.status in ('booked', 'approved') and blocks.year_seconds > 0`,
    values: [[...personIds], year],
  });
  return z.array(plannedRow).parse(rows);
}
