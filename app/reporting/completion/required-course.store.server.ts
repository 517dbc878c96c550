import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { requirementOn } from '#app/training/course/requirement.ts';
import type { RequiredCourse } from './required-course.ts';

const names = z.array(z.string());
const manifestRow = z.object({
  courseId: z.string(),
  title: z.string(),
  required: z.object({ from: z.string(), to: z.string(), basis: z.string() }).nullish(),
  targets: z.object({ fields: names, levels: names, unitTypes: names, roles: names }),
});

/** 必修课程 (ZY13) by the newest version of each course known at K: those in force on the day, and those whose basis has ended. */
export async function listRequirements(
  pool: Pool,
  day: Day,
  knownAt: Date,
): Promise<{ inForce: RequiredCourse[]; lapsed: RequiredCourse[] }> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'reporting-required-courses',
    text: `select distinct on (c.id) c.id as "courseId", v.title, v.manifest -> 'required' as required,
             coalesce(v.manifest -> 'targets', '{"fields":[],"levels":[],"unitTypes":[],"roles":[]}') as targets
           from course c join course_version v on v.course_id = c.id where v.recorded_at <= $1
           order by c.id, v.first_seen_at desc, v.id desc`,
    values: [knownAt],
  });
  const inForce: RequiredCourse[] = [];
  const lapsed: RequiredCourse[] = [];
  for (const { courseId, title, required, targets } of z.array(manifestRow).parse(rows)) {
    const requirement = requirementOn(required ?? null, day);
    if (requirement === null) continue;
    const course = { courseId, title, basis: requirement.basis, until: requirement.untilDay, targets };
    (requirement.isLapsed ? lapsed : inForce).push(course);
  }
  return { inForce, lapsed };
}

/** The grant held on the day $6: as known now, or at K. */
const grantHeld = (isNow: boolean): string =>
  `g.valid_from <= $6::date and (g.valid_to is null or g.valid_to > $6::date)
   and ${isNow ? 'g.superseded_at is null' : 'g.recorded_at <= $7 and (g.superseded_at is null or g.superseded_at > $7)'}`;

/**
 * `owed`: per member how many required courses of the year are meant for him and how many of them he completed in it.
 * Field and role are compared as `isMeantFor` does (training/course/requirement.ts); members hold a card, and by that every
 * one of them is trained as an officer. Unit type and level were compared
 * before, when the courses of each unit were put together (`owedByPlace`). Part of the query in
 * `completion.store.server.ts`: $6 day, $7 K, $8 year, $9 courses as json, $10 end of the day.
 */
export function owedCoursesSql(isNow: boolean): string {
  return `
    asked_course as (
      select * from jsonb_to_recordset($9::jsonb) as q("courseId" uuid, fields text[], roles text[])),
    done_course as (
      select distinct cc.person_id, cv.course_id from course_completion cc
      join course_version cv on cv.id = cc.course_version_id
      where cv.course_id in (select "courseId" from asked_course) and cc.year = $8::int and cc.occurred_at < $10
        and ${isNow ? 'true' : 'cc.recorded_at <= $7'}),
    owed as (
      select m.person_id, count(*)::int as due, count(d.course_id)::int as done
      from member m join asked_course q on q."courseId"::text = any(string_to_array(m.required_courses, ','))
        and (cardinality(q.fields) = 0 or m.field_code = any(q.fields))
        and (cardinality(q.roles) = 0 or 'officer' = any(q.roles)
          or exists (select from role_grant g join account a on a.id = g.account_id
            where a.person_id = m.person_id and g.role = any(q.roles) and ${grantHeld(isNow)}))
      left join done_course d on d.person_id = m.person_id and d.course_id = q."courseId"
      group by m.person_id),`;
}
