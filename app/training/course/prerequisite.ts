/** A course that must be completed first. */
export interface OpenPrerequisite {
  readonly slug: string;
  readonly title: string;
}

interface KnownCourse {
  readonly slug: string;
  readonly title: string;
  readonly broken: readonly unknown[];
}

/**
 * Prerequisites of a course that the person has not completed yet, in whichever year and version. The lessons may be read
 * and their time is verified all the same; what waits is the test of each lesson (`answerChecks` refuses
 * PREREQUISITE_OPEN), so that nothing is completed out of order and nothing studied is lost. A prerequisite that is not
 * served, or cannot be completed because a lesson of it is broken, holds nobody up.
 */
export function openPrerequisites(
  course: { readonly prerequisites: readonly string[] },
  courses: readonly KnownCourse[],
  completedSlugs: ReadonlySet<string>,
): OpenPrerequisite[] {
  return course.prerequisites.flatMap((slug) => {
    const known = courses.find((one) => one.slug === slug);
    if (!known || known.broken.length > 0 || completedSlugs.has(slug)) return [];
    return [{ slug, title: known.title }];
  });
}
