import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { formatHours } from '#app/platform/ui/text/format.ts';
import type { CourseCard } from '../courses-view.server.ts';
import { RequirementNote } from './requirement-note.tsx';
import { StudyStandingBadge } from './study-standing.tsx';

/** `4 课 · 约 48 分钟`, or the stated hours where the course has them. */
export function courseExtent(
  course: Pick<CourseCard, 'lessons' | 'nominalMinutes' | 'statedCreditSeconds'>,
): string {
  const length = `${course.lessons} 课 · 约 ${course.nominalMinutes} 分钟`;
  if (course.statedCreditSeconds !== null)
    return `${length} · 规定 ${formatHours(course.statedCreditSeconds)}`;
  return `${length} · 最多计 ${formatHours(course.nominalMinutes * 60)}`;
}

/** Courses one below the other, each with what it takes and how far the person is. */
export function CourseList({
  title,
  note,
  courses,
}: {
  title: string;
  note?: string;
  courses: readonly CourseCard[];
}) {
  if (courses.length === 0) return null;
  return (
    <section className="mt-8 first:mt-0" aria-label={title}>
      <h2 className="text-lg font-semibold">{title}</h2>
      {note ? <p className="mt-1 text-sm text-ink-muted">{note}</p> : null}
      <ul className="mt-3 divide-y divide-line rounded-md border border-line bg-surface-raised">
        {courses.map((course) => (
          <li key={course.slug} className="px-5 py-4">
            <CourseLine course={course} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function CourseLine({ course }: { course: CourseCard }) {
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h3 className="text-base font-semibold">
          <TextLink to={`/courses/${course.slug}`}>{course.title}</TextLink>
        </h3>
        <StudyStandingBadge standing={course.standing} />
      </div>
      <p className="mt-1 max-w-measure">{course.summary}</p>
      <p className="mt-2 flex flex-wrap gap-x-6 text-sm tabular-nums text-ink-muted">
        <span>{course.category}</span>
        <span>{courseExtent(course)}</span>
        {course.standing === 'begun' ? (
          <span>{`已学完 ${course.completedLessons}/${course.lessons} 课`}</span>
        ) : null}
      </p>
      {course.requirement ? (
        <div className="mt-3">
          <RequirementNote requirement={course.requirement} />
        </div>
      ) : null}
    </>
  );
}
