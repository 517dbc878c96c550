import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import { CATEGORY_LABELS, statedHoursToSeconds } from '../ledger/hours.ts';
import { listCompletions } from '../study/completion.store.server.ts';
import type { Progress } from '../study/progress.store.server.ts';
import { listProgress } from '../study/progress.store.server.ts';
import type { ContentFault } from './content.ts';
import { nominalSeconds } from './content.ts';
import type { LibraryCourse } from './library.server.ts';
import { currentLibrary, findCourse } from './library.server.ts';
import type { Requirement } from './requirement.ts';
import { isMeantFor, requirementOn } from './requirement.ts';

export type StudyStanding = 'new' | 'begun' | 'complete';

export interface CourseCard {
  readonly slug: string;
  readonly code: string;
  readonly title: string;
  readonly summary: string;
  readonly category: string;
  readonly lessons: number;
  readonly completedLessons: number;
  readonly nominalMinutes: number;
  /** Stated hours as credit seconds; null = verified study time counts. */
  readonly statedCreditSeconds: number | null;
  readonly standing: StudyStanding;
  readonly requirement: Requirement | null;
}

export interface CoursesView {
  readonly year: number;
  readonly required: readonly CourseCard[];
  readonly suited: readonly CourseCard[];
  readonly others: readonly CourseCard[];
  /** The person attends classes, too. */
  readonly hasSessions: boolean;
  /** What could not be loaded; for those who look after the content. */
  readonly faults: readonly ContentFault[];
}

interface Own {
  readonly progress: ReadonlyMap<string, Progress>;
  readonly completedSlugs: ReadonlySet<string>;
}

async function loadOwn(ctx: ActorCtx): Promise<Own> {
  const { personId } = ctx.actor;
  if (personId === null) return { progress: new Map(), completedSlugs: new Set() };
  const [progress, completions] = [
    await listProgress(ctx.pool, personId),
    await listCompletions(ctx.pool, personId),
  ];
  return { progress, completedSlugs: new Set(completions.map((one) => one.slug)) };
}

function cardOf(course: LibraryCourse, own: Own, ctx: ActorCtx): CourseCard {
  const records = course.lessons.flatMap((lesson) => own.progress.get(lesson.lessonVersionId) ?? []);
  const isComplete = own.completedSlugs.has(course.slug);
  return {
    slug: course.slug,
    code: course.code,
    title: course.title,
    summary: course.summary,
    category: CATEGORY_LABELS[course.category],
    lessons: course.lessons.length + course.broken.length,
    completedLessons: records.filter((record) => record.completedAt !== null).length,
    nominalMinutes: nominalSeconds(course) / 60,
    statedCreditSeconds:
      course.statedHundredths === null ? null : statedHoursToSeconds(course.statedHundredths),
    standing: isComplete ? 'complete' : records.length > 0 ? 'begun' : 'new',
    requirement: requirementOn(course.required, dayOf(ctx.clock.now())),
  };
}

/** The courses page: what must be studied this year and why, what suits the person, the rest. */
export async function coursesView(ctx: ActorCtx): Promise<Outcome<CoursesView, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'course.read')) return refused('FORBIDDEN');
  const library = currentLibrary();
  const own = await loadOwn(ctx);
  const sections = { required: [] as CourseCard[], suited: [] as CourseCard[], others: [] as CourseCard[] };
  for (const course of library.courses) {
    const card = cardOf(course, own, ctx);
    const isSuited = isMeantFor(course.targets, ctx.actor.roles);
    const section = !isSuited ? 'others' : card.requirement ? 'required' : 'suited';
    sections[section].push(card);
  }
  return done({
    year: yearOf(dayOf(ctx.clock.now())),
    ...sections,
    hasSessions: mayDo(ctx, 'session.attend'),
    faults: ctx.actor.roles.includes('justice_bureau') ? library.faults : [],
  });
}

export interface LessonLine {
  readonly slug: string;
  readonly title: string;
  readonly nominalMinutes: number;
  readonly verifiedSeconds: number;
  readonly checks: number;
  readonly isCheckPassed: boolean;
  readonly standing: StudyStanding;
}

export interface CourseView extends CourseCard {
  readonly lines: readonly LessonLine[];
  /** File names of lessons that could not be loaded. */
  readonly broken: readonly string[];
  /** Where to go on; null when everything is done. */
  readonly next: { readonly slug: string; readonly title: string } | null;
  /** The signed-in account learns (and so has progress of its own). */
  readonly isLearner: boolean;
}

function standingOf(progress: Progress | undefined): StudyStanding {
  if (progress === undefined) return 'new';
  return progress.completedAt === null ? 'begun' : 'complete';
}

/** One course with its lessons and where the person stands in each. */
export async function courseView(
  ctx: ActorCtx,
  slug: string,
): Promise<Outcome<CourseView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'course.read')) return refused('FORBIDDEN');
  const course = findCourse(currentLibrary(), slug);
  if (!course) return refused('NOT_FOUND');
  const own = await loadOwn(ctx);
  const lines = course.lessons.map((lesson): LessonLine => {
    const progress = own.progress.get(lesson.lessonVersionId);
    return {
      slug: lesson.slug,
      title: lesson.title,
      nominalMinutes: lesson.nominalMinutes,
      verifiedSeconds: progress?.verifiedSeconds ?? 0,
      checks: lesson.checks.length,
      isCheckPassed: progress?.checkPassedAt != null,
      standing: standingOf(progress),
    };
  });
  const next = lines.find((line) => line.standing !== 'complete');
  return done({
    ...cardOf(course, own, ctx),
    lines,
    broken: course.broken.map((lesson) => lesson.fileName),
    next: next ? { slug: next.slug, title: next.title } : null,
    isLearner: mayDo(ctx, 'study.own'),
  });
}
