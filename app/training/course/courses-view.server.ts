import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import type { ContentFault } from './content.ts';
import type { CourseCard, Fit } from './course-card.ts';
import { courseCard, fitOf, resumeCourse } from './course-card.ts';
import type { CourseFilter } from './course-filter.ts';
import { isFiltered, matchesFilter } from './course-filter.ts';
import { currentLibrary } from './library.server.ts';
import { loadOwnStudy } from './own-study.server.ts';
import type { Resume } from './resume.ts';
import { whereToGoOn } from './resume.ts';

export interface CoursesView {
  readonly year: number;
  /** Sections in the order of the page, each with the courses the filter leaves. */
  readonly sections: Readonly<Record<Fit, readonly CourseCard[]>>;
  /** Over all courses, whatever the filter: how many, lessons, honest length. */
  readonly totals: { readonly courses: number; readonly lessons: number; readonly nominalMinutes: number };
  /** Subjects there are, for the filter. */
  readonly subjects: readonly string[];
  readonly filter: CourseFilter;
  readonly isFiltered: boolean;
  /** Where to go on; null for those who do not learn and when all is done. */
  readonly resume: Resume | null;
  readonly isLearner: boolean;
  /** The person attends classes, too. */
  readonly hasSessions: boolean;
  /** What could not be loaded; for those who look after the content. */
  readonly faults: readonly ContentFault[];
}

const FITS: readonly Fit[] = ['required', 'recommended', 'suited', 'other'];

/** The courses page: what must be studied this year and why, what suits the person's work, the rest. */
export async function coursesView(
  ctx: ActorCtx,
  filter: CourseFilter,
): Promise<Outcome<CoursesView, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'course.read')) return refused('FORBIDDEN');
  const { courses, faults } = currentLibrary();
  const today = dayOf(ctx.clock.now());
  const own = await loadOwnStudy(ctx, today);
  const entries = courses
    .map((course) => ({
      course,
      card: courseCard(course, own, { today, courses }),
      fit: fitOf(course, own.trainee, today),
    }))
    .sort((a, b) => FITS.indexOf(a.fit) - FITS.indexOf(b.fit) || byCode(a.card.code, b.card.code));
  const section = (fit: Fit): CourseCard[] =>
    entries
      .filter((entry) => entry.fit === fit && matchesFilter(entry.course, entry.card.standing, filter))
      .map((entry) => entry.card);
  const isLearner = mayDo(ctx, 'study.own');
  // What no longer binds is offered after everything that suits the person.
  const isLate = ({ card }: (typeof entries)[number]): number =>
    card.requirement?.isLapsed === true ? 1 : 0;
  const offered = entries
    .filter((entry) => entry.fit !== 'other' || entry.card.standing === 'begun')
    .sort((a, b) => isLate(a) - isLate(b))
    .map((entry) => resumeCourse(entry.course, own, { standing: entry.card.standing, today }));
  return done({
    year: yearOf(today),
    sections: {
      required: section('required'),
      recommended: section('recommended'),
      suited: section('suited'),
      other: section('other'),
    },
    totals: {
      courses: entries.length,
      lessons: entries.reduce((sum, entry) => sum + entry.card.lessons, 0),
      nominalMinutes: entries.reduce((sum, entry) => sum + entry.card.nominalMinutes, 0),
    },
    subjects: [...new Set(courses.map((course) => course.axes.subject))].sort((a, b) =>
      a.localeCompare(b, 'zh'),
    ),
    filter,
    isFiltered: isFiltered(filter),
    resume: isLearner ? whereToGoOn(offered, own.visited) : null,
    isLearner,
    hasSessions: mayDo(ctx, 'session.attend'),
    faults: ctx.actor.roles.includes('justice_bureau') ? faults : [],
  });
}

/** C2 before C10. */
function byCode(a: string, b: string): number {
  return Number(a.replace(/\D/g, '')) - Number(b.replace(/\D/g, '')) || (a < b ? -1 : 1);
}
