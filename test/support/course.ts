import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Check } from '#app/training/course/course.schema.ts';
import type { Content, Course, Lesson } from '#app/training/course/content.ts';
import { registerContent } from '#app/training/course/load-courses.server.ts';
import type { LibraryCourse } from '#app/training/course/library.server.ts';
import { currentLibrary, findCourse } from '#app/training/course/library.server.ts';

/** Builders of courses for tests: small ones that need no files and no compiler. */

const CITATION = { law: '行政处罚法', article: 42, version: '2021-01-22' };

export function aCheck(id: string, over: Partial<Check> = {}): Check {
  return {
    id,
    type: 'single',
    stem: '执法人员不得少于几人？',
    options: { A: '一人', B: '两人' },
    answer: ['B'],
    explanation: '依据第四十二条。',
    citation: CITATION,
    ...over,
  } as Check;
}

export function aLesson(slug: string, over: Partial<Lesson> = {}): Lesson {
  return {
    slug,
    fileName: `01-${slug}.mdx`,
    title: `第 ${slug} 课`,
    nominalMinutes: 10,
    mediaMinutes: 0,
    citations: [CITATION],
    checks: [aCheck('c1'), aCheck('c2')],
    contentHash: `hash-${slug}`,
    characters: 2400,
    links: [],
    segments: [
      { kind: 'html', html: '<p>正文</p>' },
      { kind: 'check', id: 'c1' },
    ],
    ...over,
  };
}

export function aCourse(slug: string, over: Partial<Course> = {}): Course {
  return {
    slug,
    code:
      slug
        .toUpperCase()
        .replace(/[^A-Z]/g, '')
        .slice(0, 6) + '1',
    title: `课程 ${slug}`,
    summary: '摘要。',
    category: 'public_law',
    axes: { level: 'county', audience: 'enforcement', subject: '行政处罚' },
    trainingKind: 'in_service',
    actKinds: ['penalty'],
    targets: { fields: [], levels: [], unitTypes: [], roles: ['officer'] },
    prerequisites: [],
    required: null,
    contentHash: `course-${slug}`,
    statedHundredths: null,
    lessons: [aLesson('one')],
    broken: [],
    ...over,
  };
}

/** Puts courses into the database and makes them the library. @returns the first one as served */
export async function serveCourses(ctx: Ctx, ...courses: readonly Course[]): Promise<LibraryCourse> {
  const content: Content = { courses, faults: [] };
  await registerContent(ctx, content);
  const served = findCourse(currentLibrary(), courses[0]?.slug ?? '');
  if (!served) throw new Error('no course was given');
  return served;
}
