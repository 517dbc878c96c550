/** How far a person is with a course or a lesson: 未学、在学、已完成. */
export const STUDY_STANDINGS = ['new', 'begun', 'complete'] as const;
export type StudyStanding = (typeof STUDY_STANDINGS)[number];

export const STANDING_LABELS: Readonly<Record<StudyStanding, string>> = {
  new: '未学',
  begun: '在学',
  complete: '已完成',
};

/** How far a person is with one lesson. */
export interface OwnLesson {
  readonly isBegun: boolean;
  readonly isComplete: boolean;
  readonly isCheckPassed: boolean;
  readonly verifiedSeconds: number;
}

/**
 * Standing of a course. A course required this year must be completed in this year (M3, domain.md §7: required courses of
 * the year); any other is complete once it was completed, in whichever content version (domain.md §4.2 case 15).
 */
export function courseStanding(course: {
  readonly completedYears: readonly number[];
  readonly requiredInYear: number | null;
  readonly lessons: readonly Pick<OwnLesson, 'isBegun'>[];
}): StudyStanding {
  const { completedYears, requiredInYear, lessons } = course;
  const isComplete =
    requiredInYear === null ? completedYears.length > 0 : completedYears.includes(requiredInYear);
  if (isComplete) return 'complete';
  return lessons.some((lesson) => lesson.isBegun) ? 'begun' : 'new';
}

export function lessonStanding(lesson: Pick<OwnLesson, 'isBegun' | 'isComplete'>): StudyStanding {
  if (lesson.isComplete) return 'complete';
  return lesson.isBegun ? 'begun' : 'new';
}
