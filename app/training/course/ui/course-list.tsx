import { ProgressBar } from '#app/platform/ui/feedback/progress.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { formatHours } from '#app/platform/ui/text/format.ts';
import { formatDuration } from '../../study/study-words.ts';
import type { CourseCard } from '../course-card.ts';
import { RequirementNote } from './requirement-note.tsx';
import { StudyStandingBadge } from './study-standing.tsx';

/** `4 课 · 约 48 分钟 · 最多计 1.06 学时`, or the stated hours where the course has them. */
export function courseExtent(
  course: Pick<CourseCard, 'lessons' | 'nominalMinutes' | 'statedCreditSeconds'>,
): string {
  const length = `${course.lessons} 课 · 约 ${course.nominalMinutes} 分钟`;
  if (course.statedCreditSeconds !== null)
    return `${length} · 规定 ${formatHours(course.statedCreditSeconds)}`;
  return `${length} · 最多计 ${formatHours(course.nominalMinutes * 60)}`;
}

export interface CourseListProps {
  title: string;
  note?: string;
  courses: readonly CourseCard[];
  year: number;
  isLearner: boolean;
}

/** Courses one below the other, each with what it takes and how far the person is. */
export function CourseList({ title, note, courses, year, isLearner }: CourseListProps) {
  if (courses.length === 0) return null;
  return (
    <section className="mt-8 first:mt-0" aria-label={title}>
      <h2 className="text-lg font-semibold">
        {title}
        <span className="ml-2 text-sm font-normal tabular-nums text-ink-muted">{`${courses.length} 门`}</span>
      </h2>
      {note ? <p className="mt-1 text-sm text-ink-muted">{note}</p> : null}
      <ul className="mt-3 divide-y divide-line rounded-md border border-line bg-surface-raised">
        {courses.map((course) => (
          <li key={course.slug} className="px-5 py-4">
            <CourseLine course={course} year={year} isLearner={isLearner} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function CourseLine({ course, year, isLearner }: { course: CourseCard; year: number; isLearner: boolean }) {
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h3 className="text-base font-semibold">
          <TextLink to={`/courses/${course.slug}`}>{course.title}</TextLink>
        </h3>
        {isLearner ? (
          <StudyStandingBadge standing={course.standing} earlier={course.completedEarlier} />
        ) : null}
      </div>
      <p className="mt-1 max-w-measure">{course.summary}</p>
      <p className="mt-2 flex flex-wrap gap-x-6 text-sm tabular-nums text-ink-muted">
        <span>{course.category}</span>
        <span>{courseExtent(course)}</span>
        {course.openPrerequisites.length > 0 ? (
          <span>{`先修：${course.openPrerequisites.map((one) => one.title).join('、')}`}</span>
        ) : null}
      </p>
      {course.standing === 'begun' ? <CourseProgress course={course} /> : null}
      {course.requirement ? (
        <div className="mt-3">
          <RequirementNote requirement={course.requirement} year={year} />
        </div>
      ) : null}
    </>
  );
}

/** Lessons done of all, and verified time of the whole length. */
export function CourseProgress({ course }: { course: CourseCard }) {
  const nominal = course.nominalMinutes * 60;
  return (
    <div className="mt-3 max-w-measure">
      <ProgressBar
        value={Math.min(course.verifiedSeconds, nominal)}
        max={nominal}
        label={`已学完 ${course.completedLessons}/${course.lessons} 课`}
        detail={`${formatDuration(course.verifiedSeconds)} / ${formatDuration(nominal)}`}
      />
    </div>
  );
}
