import { z } from 'zod';
import { invariant } from '#app/platform/result/invariant.ts';
import { startOfDay } from '#app/platform/time/day.ts';
import type { CopyValue } from '../bulk.server.ts';
import { copyRows, once } from '../bulk.server.ts';
import { demoId } from '../demo-id.server.ts';
import type { PlannedCompletion, RequiredSpan } from '../plan/completions.ts';
import { planCompletions } from '../plan/completions.ts';
import type { PersonIds, SeedRun } from '../seed-run.server.ts';
import { withOwner } from '../seed-run.server.ts';

const COLUMNS = ['id', 'person_id', 'course_version_id', 'year', 'occurred_at'] as const;
/** Past noon, within office hours of that day. */
const HOURS_INTO_DAY_MS = 15 * 3_600_000;

const courseRow = z.object({ versionId: z.string(), slug: z.string(), from: z.string(), to: z.string() });

/** The content is loaded before the seed runs: its newest versions are what people of the past are said to have read. */
async function listRequiredCourses(run: SeedRun): Promise<(RequiredSpan & { versionId: string })[]> {
  const { rows } = await run.ctx.pool.query<Record<string, unknown>>(
    `select distinct on (c.id) v.id as "versionId", c.slug, v.manifest -> 'required' ->> 'from' as "from",
       v.manifest -> 'required' ->> 'to' as "to"
     from course c join course_version v on v.course_id = c.id
     where v.manifest -> 'required' ->> 'from' is not null
     order by c.id, v.first_seen_at desc`,
  );
  return z.array(courseRow).parse(rows);
}

const completionId = (done: PlannedCompletion): string =>
  demoId(`completion:${done.courseSlug}:${done.year}:${done.person.serial}`, done.day);

/** Required courses of past years by COPY, whole or not at all; without them nobody would have completed a year (ZY13). */
export async function seedCompletions(run: SeedRun, ids: PersonIds): Promise<void> {
  const courses = await listRequiredCourses(run);
  const versionOf = new Map(courses.map((course) => [course.slug, course.versionId]));
  const first = planCompletions(run.plan, courses).next();
  if (first.done) return;
  let count = 0;
  const rows = function* (): Generator<CopyValue[]> {
    for (const done of planCompletions(run.plan, courses)) {
      const versionId = versionOf.get(done.courseSlug);
      invariant(versionId !== undefined, 'completions are planned for courses that are there');
      count += 1;
      const at = new Date(startOfDay(done.day).getTime() + HOURS_INTO_DAY_MS);
      yield [completionId(done), ids(done.person), versionId, done.year, at];
    }
  };
  const mark = { table: 'course_completion', id: completionId(first.value) };
  await withOwner(run, (client) =>
    once(client, mark, () => copyRows(client, 'course_completion', COLUMNS, rows())),
  );
  run.progress(count > 0 ? `必修课程：${count} 人次学完` : '必修课程：已在库中');
}
