import { formatMissingHours } from '#app/platform/ui/text/format.ts';
import type { Target } from '../ledger/targets.ts';
import type { RequiredCourseStanding } from './year-standing.ts';

interface Missing {
  readonly targets: readonly Pick<Target, 'kind' | 'isMet' | 'owedSeconds'>[];
  readonly required: readonly Pick<RequiredCourseStanding, 'isComplete' | 'isLapsed'>[];
}

/** 「还差 12.34 学时，专业法律知识还差 3 学时，还有 1 门必修课程未学完」; empty when nothing is missing. */
export function missingWords({ targets, required }: Missing): string {
  const owed = targets
    .filter((target) => !target.isMet)
    .map(
      ({ kind, owedSeconds }) =>
        `${kind === 'yearly' ? '还差' : '专业法律知识还差'} ${formatMissingHours(owedSeconds)}`,
    );
  const courses = required.filter((course) => !course.isComplete && !course.isLapsed).length;
  return [...owed, ...(courses > 0 ? [`还有 ${courses} 门必修课程未学完`] : [])].join('，');
}
