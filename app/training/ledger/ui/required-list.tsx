import { formatDay } from '#app/platform/time/day.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { RequiredCourseStanding } from '../../target/year-standing.ts';

/** 必修课程 of the year with the document that makes each one required. */
export function RequiredList({ required }: { required: readonly RequiredCourseStanding[] }) {
  return (
    <ul className="divide-y divide-line rounded-md border border-line bg-surface-raised">
      {required.map((course) => (
        <li key={course.slug} className="flex flex-wrap items-baseline justify-between gap-x-6 px-5 py-3">
          <div className="min-w-0">
            <TextLink to={`/courses/${course.slug}`}>{course.title}</TextLink>
            <p className="text-sm text-ink-muted">
              {`依据：${course.basis}，有效期至${formatDay(course.until)}`}
              {course.isLapsed ? '。依据已到期，以本级通知为准，不影响年度结论' : null}
            </p>
          </div>
          <StateBadge
            shape={course.isComplete ? 'solid' : 'hollow'}
            tone={course.isComplete ? 'positive' : 'caution'}
          >
            {course.isComplete ? '本年已学完' : '本年未学完'}
          </StateBadge>
        </li>
      ))}
    </ul>
  );
}
