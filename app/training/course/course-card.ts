import { yearOf } from '#app/platform/time/day.ts';
import type { Day } from '#app/platform/time/day.ts';
import { CATEGORY_LABELS, statedHoursToSeconds } from '../ledger/hours.ts';
import { standingIn } from '../study/study-year.ts';
import { nominalSeconds } from './content.ts';
import type { LibraryCourse } from './library.server.ts';
import type { OwnStudy } from './own-study.server.ts';
import type { OpenPrerequisite } from './prerequisite.ts';
import { openPrerequisites } from './prerequisite.ts';
import type { Requirement, Trainee } from './requirement.ts';
import { isMeantFor, requirementOn } from './requirement.ts';
import type { ResumeCourse } from './resume.ts';
import type { OwnLesson, StudyStanding } from './standing.ts';
import { courseStanding } from './standing.ts';

/** A course in a list, with where the person stands in it. */
export interface CourseCard {
  readonly slug: string;
  readonly code: string;
  readonly title: string;
  readonly summary: string;
  readonly category: string;
  readonly lessons: number;
  readonly completedLessons: number;
  readonly nominalMinutes: number;
  readonly verifiedSeconds: number;
  /** Stated hours as credit seconds; null = verified study time counts. */
  readonly statedCreditSeconds: number | null;
  readonly standing: StudyStanding;
  /** The last year before this one in which it was completed, unless it was this year again. */
  readonly completedEarlier: number | null;
  /** Null for whom it is not required this year. */
  readonly requirement: Requirement | null;
  /** Courses that come first and are not completed. */
  readonly openPrerequisites: readonly OpenPrerequisite[];
}

/** Why a course stands where it stands: required this year, for one's own field or kind of unit, for everybody like one, or for others. */
export type Fit = 'required' | 'recommended' | 'suited' | 'other';

/** Recommended: it names the person's own field, unit type or level, or work as a legal reviewer, not merely everybody's role. */
export function fitOf(
  course: Pick<LibraryCourse, 'targets' | 'required'>,
  trainee: Omit<Trainee, 'personId'>,
  today: Day,
): Fit {
  const { targets } = course;
  if (!isMeantFor(targets, trainee)) return 'other';
  if (requirementOn(course.required, today) !== null) return 'required';
  const isNamed = targets.fields.length + targets.levels.length + targets.unitTypes.length > 0;
  const isForReviewer = trainee.isLegalReviewer && targets.roles.includes('legal_reviewer');
  return isNamed || isForReviewer ? 'recommended' : 'suited';
}

/** A course required this year has to be gone through in this year; a lapsed requirement asks for nothing. */
function bindingYear(course: LibraryCourse, own: OwnStudy, today: Day): number | null {
  const isRequired = fitOf(course, own.trainee, today) === 'required';
  return isRequired && requirementOn(course.required, today)?.isLapsed === false ? yearOf(today) : null;
}

/**
 * Where the person stands in each lesson that is served. Where the course binds this year, what was done in an earlier
 * one is to be repeated (study/study-year.ts); elsewhere a lesson once completed is complete.
 */
export function ownLessons(course: LibraryCourse, own: OwnStudy, today: Day): OwnLesson[] {
  const year = bindingYear(course, own, today);
  return course.lessons.map((lesson) => {
    const progress = own.progress.get(lesson.lessonVersionId);
    if (!progress) return { isBegun: false, isComplete: false, isCheckPassed: false, verifiedSeconds: 0 };
    const nominal = lesson.nominalMinutes * 60;
    if (year !== null) {
      const standing = standingIn(year, progress, nominal);
      return {
        ...standing,
        isBegun: !standing.isRepeat || standing.verifiedSeconds > 0 || standing.isComplete,
      };
    }
    return {
      isBegun: true,
      isComplete: progress.firstCompletedYear !== null,
      isCheckPassed: progress.isCheckPassed,
      verifiedSeconds: Math.min(progress.verifiedSeconds, nominal),
    };
  });
}

/** @param courses all that are served, for the names of prerequisites */
export function courseCard(
  course: LibraryCourse,
  own: OwnStudy,
  scene: { readonly today: Day; readonly courses: readonly LibraryCourse[] },
): CourseCard {
  const { today } = scene;
  const lessons = ownLessons(course, own, today);
  const isRequired = fitOf(course, own.trainee, today) === 'required';
  const completed = new Set(own.completions.map((one) => one.slug));
  const completedYears = own.completions.flatMap((one) => (one.slug === course.slug ? [one.year] : []));
  const lastYear = completedYears.length === 0 ? null : Math.max(...completedYears);
  return {
    slug: course.slug,
    code: course.code,
    title: course.title,
    summary: course.summary,
    category: CATEGORY_LABELS[course.category],
    lessons: course.lessons.length + course.broken.length,
    completedLessons: lessons.filter((lesson) => lesson.isComplete).length,
    nominalMinutes: nominalSeconds(course) / 60,
    verifiedSeconds: lessons.reduce((sum, lesson) => sum + lesson.verifiedSeconds, 0),
    statedCreditSeconds:
      course.statedHundredths === null ? null : statedHoursToSeconds(course.statedHundredths),
    standing: courseStanding({
      completedYears,
      requiredInYear: bindingYear(course, own, today),
      lessons,
    }),
    completedEarlier: lastYear === yearOf(today) ? null : lastYear,
    requirement: isRequired ? requirementOn(course.required, today) : null,
    openPrerequisites: openPrerequisites(course, scene.courses, completed),
  };
}

/** The course as the question "where do I go on" sees it. */
export function resumeCourse(
  course: LibraryCourse,
  own: OwnStudy,
  scene: { readonly standing: StudyStanding; readonly today: Day },
): ResumeCourse {
  const lessons = ownLessons(course, own, scene.today);
  return {
    slug: course.slug,
    title: course.title,
    standing: scene.standing,
    lessons: course.lessons.map((lesson, index) => ({
      slug: lesson.slug,
      title: lesson.title,
      isComplete: lessons[index]?.isComplete === true,
    })),
  };
}
