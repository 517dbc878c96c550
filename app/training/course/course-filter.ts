import { CATEGORIES } from '../ledger/hours.ts';
import type { Category } from '../ledger/hours.ts';
import type { CourseFile } from './course.schema.ts';
import type { StudyStanding } from './standing.ts';
import { STUDY_STANDINGS } from './standing.ts';

const LEVELS = ['province', 'city', 'county', 'township'] as const satisfies readonly Axes['level'][];
const AUDIENCES = ['enforcement', 'supervision'] as const satisfies readonly Axes['audience'][];
const ACT_KINDS = ['licence', 'penalty', 'coercion', 'inspection'] as const satisfies readonly ActKind[];
type Axes = CourseFile['axes'];
export type ActKind = CourseFile['actKinds'][number];

/** What `/courses` is narrowed to; each null = all. Stands in the URL and nowhere else. */
export interface CourseFilter {
  readonly category: Category | null;
  readonly level: Axes['level'] | null;
  readonly audience: Axes['audience'] | null;
  readonly subject: string | null;
  readonly act: ActKind | null;
  readonly state: StudyStanding | null;
}

function oneOf<T extends string>(values: readonly T[], typed: string | null): T | null {
  return values.find((value) => value === typed) ?? null;
}

/** Unknown values are passed over: an old link shows more, not nothing. */
export function parseCourseFilter(search: URLSearchParams): CourseFilter {
  const subject = (search.get('subject') ?? '').trim().slice(0, 30);
  return {
    category: oneOf(CATEGORIES, search.get('category')),
    level: oneOf(LEVELS, search.get('level')),
    audience: oneOf(AUDIENCES, search.get('audience')),
    subject: subject === '' ? null : subject,
    act: oneOf(ACT_KINDS, search.get('act')),
    state: oneOf(STUDY_STANDINGS, search.get('state')),
  };
}

export const isFiltered = (filter: CourseFilter): boolean =>
  Object.values(filter).some((value) => value !== null);

/** The three axes, category and act kinds of ZY3, YC4 and AJ9, and how far the person is. */
export function matchesFilter(
  course: Pick<CourseFile, 'category' | 'axes' | 'actKinds'>,
  standing: StudyStanding,
  filter: CourseFilter,
): boolean {
  return (
    (filter.category === null || course.category === filter.category) &&
    (filter.level === null || course.axes.level === filter.level) &&
    (filter.audience === null || course.axes.audience === filter.audience) &&
    (filter.subject === null || course.axes.subject === filter.subject) &&
    (filter.act === null || course.actKinds.includes(filter.act)) &&
    (filter.state === null || standing === filter.state)
  );
}
