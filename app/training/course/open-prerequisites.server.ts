import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { listCourseCompletions } from './course-history.store.server.ts';
import type { LibraryCourse } from './library.server.ts';
import { currentLibrary } from './library.server.ts';
import type { OpenPrerequisite } from './prerequisite.ts';
import { openPrerequisites } from './prerequisite.ts';

/** What the person has to complete before this course's questions; asks the database only where there can be something. */
export async function findOpenPrerequisites(
  ctx: Pick<Ctx, 'pool'>,
  personId: string,
  course: Pick<LibraryCourse, 'prerequisites'>,
): Promise<OpenPrerequisite[]> {
  if (course.prerequisites.length === 0) return [];
  const completions = await listCourseCompletions(ctx.pool, personId);
  return openPrerequisites(course, currentLibrary().courses, new Set(completions.map((one) => one.slug)));
}
