import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { CourseCard } from './course-card.ts';
import { courseCard, ownLessons, resumeCourse } from './course-card.ts';
import type { CourseVersionRow } from './course-history.store.server.ts';
import { listCompletedLessons, listCourseVersions } from './course-history.store.server.ts';
import {
  ACT_KIND_LABELS,
  AUDIENCE_LABELS,
  LEVEL_LABELS,
  TRAINING_KIND_LABELS,
  targetsText,
} from './course-words.ts';
import type { LibraryCourse } from './library.server.ts';
import { currentLibrary, findCourse } from './library.server.ts';
import type { OwnStudy } from './own-study.server.ts';
import { completedSlugs, loadOwnStudy } from './own-study.server.ts';
import type { Resume } from './resume.ts';
import { nextOpenLesson } from './resume.ts';
import type { StudyStanding } from './standing.ts';
import { lessonStanding } from './standing.ts';
import type { VersionChange } from './version-change.ts';
import { changesBetween } from './version-change.ts';

export interface LessonLine {
  readonly slug: string;
  readonly title: string;
  readonly nominalMinutes: number;
  /** Audio or video among it. */
  readonly mediaMinutes: number;
  readonly verifiedSeconds: number;
  readonly checks: number;
  readonly isCheckPassed: boolean;
  readonly standing: StudyStanding;
  /** The person completed an earlier text of this lesson; this one is new to him. */
  readonly isRenewed: boolean;
}

/** One completion with the content version it is pinned to. */
export interface CompletionLine {
  readonly year: number;
  readonly day: Day;
  readonly versionNo: number;
  readonly isCurrentVersion: boolean;
}

/** Which content is served, and what changed since the one the person completed last. */
export interface VersionView {
  /** Numbered from 1 in the order in which they were first served. */
  readonly currentNo: number;
  readonly currentSince: Day;
  /** Short form of the content hash, as printed. */
  readonly contentMark: string;
  readonly completions: readonly CompletionLine[];
  /** Since the version completed last; empty when it is the current one or nothing was completed. */
  readonly changes: readonly VersionChange[];
}

export interface PrerequisiteLine {
  readonly slug: string;
  readonly title: string;
  readonly isComplete: boolean;
}

export interface CourseView extends CourseCard {
  /** 层级、对象、科目 and 培训类型. */
  readonly marks: readonly string[];
  /** 许可、处罚、强制、检查. */
  readonly acts: readonly string[];
  /** For whom; null = everybody. */
  readonly meantFor: string | null;
  readonly prerequisites: readonly PrerequisiteLine[];
  readonly lines: readonly LessonLine[];
  /** File names of lessons that could not be loaded. */
  readonly broken: readonly string[];
  readonly next: Resume | null;
  readonly version: VersionView;
  /** The signed-in account learns (and so has progress of its own). */
  readonly isLearner: boolean;
}

async function lessonLines(ctx: ActorCtx, course: LibraryCourse, own: OwnStudy): Promise<LessonLine[]> {
  const { personId } = ctx.actor;
  const completed = personId === null ? [] : await listCompletedLessons(ctx.pool, personId, course.slug);
  const lessons = ownLessons(course, own, dayOf(ctx.clock.now()));
  return course.lessons.map((lesson, index): LessonLine => {
    const mine = lessons[index];
    invariant(mine, 'every lesson has its standing');
    const standing = lessonStanding(mine);
    const knewEarlier = completed.some(
      (one) => one.lessonSlug === lesson.slug && one.lessonVersionId !== lesson.lessonVersionId,
    );
    return {
      slug: lesson.slug,
      title: lesson.title,
      nominalMinutes: lesson.nominalMinutes,
      mediaMinutes: lesson.mediaMinutes,
      verifiedSeconds: mine.verifiedSeconds,
      checks: lesson.checks.length,
      isCheckPassed: mine.isCheckPassed,
      standing,
      isRenewed: knewEarlier && standing !== 'complete',
    };
  });
}

function versionView(
  course: LibraryCourse,
  versions: readonly CourseVersionRow[],
  own: OwnStudy,
): VersionView {
  const numberOf = (id: string): number => versions.length - versions.findIndex((one) => one.id === id);
  const current = versions.find((one) => one.id === course.courseVersionId);
  invariant(current, 'the served version stands in the database');
  const completions = own.completions.filter((one) => one.slug === course.slug);
  const last = versions.find((one) => one.id === completions[0]?.courseVersionId);
  return {
    currentNo: numberOf(course.courseVersionId),
    currentSince: dayOf(current.firstSeenAt),
    contentMark: course.contentHash.slice(0, 8),
    completions: completions.map((one) => ({
      year: one.year,
      day: dayOf(one.occurredAt),
      versionNo: numberOf(one.courseVersionId),
      isCurrentVersion: one.courseVersionId === course.courseVersionId,
    })),
    changes: last ? changesBetween(last.manifest, course) : [],
  };
}

function marksOf(course: LibraryCourse): string[] {
  const { level, audience, subject } = course.axes;
  return [LEVEL_LABELS[level], AUDIENCE_LABELS[audience], subject, TRAINING_KIND_LABELS[course.trainingKind]];
}

/** One course with its lessons, what comes before it, and where the person stands in each. */
export async function courseView(
  ctx: ActorCtx,
  slug: string,
): Promise<Outcome<CourseView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'course.read')) return refused('FORBIDDEN');
  const { courses } = currentLibrary();
  const course = findCourse(currentLibrary(), slug);
  if (!course) return refused('NOT_FOUND');
  const today = dayOf(ctx.clock.now());
  const own = await loadOwnStudy(ctx, today);
  const card = courseCard(course, own, { today, courses });
  const completed = completedSlugs(own);
  const fields = await listFields(ctx.pool);
  const at = own.visited.find((one) => one.courseSlug === slug)?.lessonSlug;
  const index = course.lessons.findIndex((lesson) => lesson.slug === at);
  return done({
    ...card,
    marks: marksOf(course),
    acts: course.actKinds.map((kind) => ACT_KIND_LABELS[kind]),
    meantFor: targetsText(course.targets, new Map(fields.map((field) => [field.code, field.name]))),
    prerequisites: course.prerequisites.flatMap((one) => {
      const known = findCourse(currentLibrary(), one);
      return known ? [{ slug: known.slug, title: known.title, isComplete: completed.has(known.slug) }] : [];
    }),
    lines: await lessonLines(ctx, course, own),
    broken: course.broken.map((lesson) => lesson.fileName),
    next: nextOpenLesson(
      resumeCourse(course, own, { standing: card.standing, today }),
      Math.max(index, 0),
      card.standing === 'new' ? 'start' : 'resume',
    ),
    version: versionView(course, await listCourseVersions(ctx.pool, slug), own),
    isLearner: mayDo(ctx, 'study.own'),
  });
}
