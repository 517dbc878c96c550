import path from 'node:path';
import type { Services } from '#app/accounts/part.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { lessonCacheDir } from './compile-lesson.server.ts';
import type { Content, ContentFault, Course } from './content.ts';
import { ensureCourseVersion, listFirstLessonVersions, upsertCourse } from './course.store.server.ts';
import type { LibraryCourse } from './library.server.ts';
import { currentLibrary, publishLibrary } from './library.server.ts';
import { readContent } from './read-content.server.ts';
import { readLawCatalogue } from './check-content.server.ts';
import { publishLessonSearch } from './search/lesson-search.server.ts';

/** Compiles everything in `content/courses` into the cache; used by the build, so that a start finds it done. */
export function compileAll(rootDir: string, progress?: (text: string) => void): Promise<Content> {
  return readContent({
    contentDir: path.join(rootDir, 'content'),
    cacheDir: lessonCacheDir(rootDir),
    onCompiled: (done, total, file) => progress?.(`正在编译课件 ${done}/${total}：${file}`),
  });
}

/**
 * Loads `content/courses` into memory and its versions into the database (append-only: a new hash is a new version).
 * Broken lessons are named in the log and in the library; the others are served.
 */
export async function loadCourses(
  services: Pick<Services, 'system' | 'rootDir' | 'progress'>,
): Promise<void> {
  const content = await compileAll(services.rootDir, services.progress);
  const named = {
    ...content,
    faults: [...content.faults, ...(await unknownFields(services.system, content))],
  };
  for (const fault of named.faults)
    services.system.log.error({ file: `content/${fault.file}`, fault: fault.text }, 'fault in the content');
  await registerContent(services.system, named);
  publishLessonSearch(
    currentLibrary().courses,
    await readLawCatalogue(path.join(services.rootDir, 'content')),
  );
  const lessons = content.courses.reduce((sum, course) => sum + course.lessons.length, 0);
  services.progress(`课程 ${content.courses.length} 门、课件 ${lessons} 个已就绪`);
}

/** Fields a course names as its targets and nobody has: it would be meant for nobody there. They stand in the database. */
async function unknownFields(ctx: Pick<Ctx, 'pool'>, content: Content): Promise<ContentFault[]> {
  const codes = new Set((await listFields(ctx.pool)).map((field) => field.code));
  return content.courses.flatMap(({ slug, targets }) =>
    targets.fields
      .filter((code) => !codes.has(code))
      .map((code) => ({ file: `courses/${slug}/course.yaml`, text: `没有代码为 ${code} 的执法领域` })),
  );
}

/** Gives every course and lesson its row and makes the library the one that is served. */
export async function registerContent(ctx: Ctx, content: Content): Promise<void> {
  const courses: LibraryCourse[] = [];
  for (const course of content.courses) courses.push(await registerCourse(ctx, course));
  publishLibrary({ courses, faults: content.faults });
}

async function registerCourse(ctx: Ctx, course: Course): Promise<LibraryCourse> {
  const outcome = await inTransaction(ctx, 'register-course', async (tx) => {
    const courseId = await upsertCourse(tx, course);
    const courseVersionId = await ensureCourseVersion(tx, courseId, course, ctx.clock.now());
    return { courseVersionId, firstVersions: await listFirstLessonVersions(tx, courseId) };
  });
  invariant(outcome.ok, 'registering a course refuses nothing');
  const { courseVersionId, firstVersions } = outcome.value;
  const lessons = course.lessons.map((lesson) => {
    const lessonVersionId = firstVersions.get(`${lesson.slug}|${lesson.contentHash}`);
    invariant(lessonVersionId !== undefined, 'every served lesson has its row');
    return { ...lesson, lessonVersionId };
  });
  return { ...course, courseVersionId, lessons };
}
