import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { dayOf, startOfDay, yearOf } from '#app/platform/time/day.ts';
import { articleText } from '../course/laws.ts';
import type { LessonHeading } from '../course/lesson-outline.ts';
import { headingsOf } from '../course/lesson-outline.ts';
import type { LessonSegment } from '../course/lesson-segment.ts';
import type { LibraryLesson } from '../course/library.server.ts';
import { currentLibrary, findLesson } from '../course/library.server.ts';
import { findOpenPrerequisites } from '../course/open-prerequisites.server.ts';
import type { OpenPrerequisite } from '../course/prerequisite.ts';
import { sumCreditOfSource } from '../ledger/hour-entry.store.server.ts';
import type { PublicCheck } from './checks.ts';
import { publicCheck, verdictsOf } from './checks.ts';
import { loadStudyPolicies } from './credit-context.server.ts';
import { figuresOf, findLastCheckAttempt, listProgress } from './progress.store.server.ts';
import { standingIn } from './study-year.ts';
import type { LessonUncounted } from './uncounted-view.server.ts';
import { uncountedOfLesson } from './uncounted-view.server.ts';
import type { ServerPlace } from './reading-place.ts';
import { findLastPlace } from './reading-place.store.server.ts';

/** What is said below one answered question. */
export interface VerdictView {
  readonly id: string;
  readonly chosen: readonly string[];
  readonly isRight: boolean;
  /** 《行政处罚法》第四十二条 */
  readonly citation: string;
  readonly solution: { readonly answer: readonly string[]; readonly explanation: string } | null;
}

/** Where the person stands in this lesson. */
export interface StudyView {
  readonly verifiedSeconds: number;
  /** In the ledger for this lesson, as credit seconds. */
  readonly creditSeconds: number;
  readonly dwellPercent: number;
  readonly dwellSeconds: number;
  readonly checkPassPercent: number;
  readonly isCheckPassed: boolean;
  readonly isComplete: boolean;
  /** Completed in an earlier year: goes through it once more, and it counts once more (domain.md §4.2 case 10). */
  readonly isRepeat: boolean;
  /** Today's version of the lesson; answers to another one are not graded. */
  readonly lessonVersionId: string;
  readonly uncounted: LessonUncounted;
  /** The last answers given; null before the first. */
  readonly verdicts: readonly VerdictView[] | null;
  readonly heartbeatSeconds: number;
  /** Where the person last was in this text, on whichever device. */
  readonly lastPlace: ServerPlace | null;
}

export interface LessonView {
  readonly course: {
    readonly slug: string;
    readonly title: string;
    readonly statedHundredths: number | null;
  };
  readonly slug: string;
  readonly title: string;
  readonly position: number;
  readonly lessons: number;
  readonly nominalSeconds: number;
  readonly segments: readonly LessonSegment[];
  readonly checks: readonly PublicCheck[];
  readonly previous: { readonly slug: string; readonly title: string } | null;
  readonly next: { readonly slug: string; readonly title: string } | null;
  readonly headings: readonly LessonHeading[];
  /** Courses to complete before the questions of this one may be handed in. */
  readonly openPrerequisites: readonly OpenPrerequisite[];
  /** Epoch milliseconds of the answer. */
  readonly now: number;
  /** Null for those who read without learning (officials). */
  readonly study: StudyView | null;
}

/** A lesson as its page shows it. Keys of questions are not in it until the questions are passed. */
export async function lessonView(
  ctx: ActorCtx,
  courseSlug: string,
  lessonSlug: string,
): Promise<Outcome<LessonView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'course.read')) return refused('FORBIDDEN');
  const found = findLesson(currentLibrary(), courseSlug, lessonSlug);
  if (!found) return refused('NOT_FOUND');
  const { course, lesson, index } = found;
  const neighbour = (lesson?: LibraryLesson) => (lesson ? { slug: lesson.slug, title: lesson.title } : null);
  const { personId } = ctx.actor;
  const isLearner = mayDo(ctx, 'study.own') && personId !== null;
  return done({
    course: { slug: course.slug, title: course.title, statedHundredths: course.statedHundredths },
    slug: lesson.slug,
    title: lesson.title,
    position: index + 1,
    lessons: course.lessons.length,
    nominalSeconds: lesson.nominalMinutes * 60,
    segments: lesson.segments,
    checks: lesson.checks.map(publicCheck),
    previous: neighbour(course.lessons[index - 1]),
    next: neighbour(course.lessons[index + 1]),
    headings: headingsOf(lesson.segments),
    now: ctx.clock.now().getTime(),
    openPrerequisites: isLearner ? await findOpenPrerequisites(ctx, personId, course) : [],
    study: isLearner ? await studyView(ctx, personId, lesson) : null,
  });
}

const NOTHING_YET = {
  verifiedSeconds: 0,
  year: null,
  yearSeconds: 0,
  checkPassedAt: null,
  passedYear: null,
  completedAt: null,
  completedYear: null,
} as const;

async function studyView(ctx: ActorCtx, personId: string, lesson: LibraryLesson): Promise<StudyView> {
  const { lessonVersionId } = lesson;
  const policy = (await loadStudyPolicies(ctx, [personId])).get(personId);
  invariant(policy, 'a policy is loaded for every person asked for');
  const year = yearOf(dayOf(ctx.clock.now()));
  const progress = (await listProgress(ctx.pool, personId)).get(lessonVersionId);
  const standing = standingIn(year, figuresOf(progress ?? NOTHING_YET), lesson.nominalMinutes * 60);
  // Whoever repeats a lesson answers its questions anew: last year's answers would give them away.
  const since = standing.isRepeat ? startOfDay(`${year}-01-01`) : null;
  const attempt = await findLastCheckAttempt(ctx.pool, personId, lessonVersionId, since);
  const verdicts = attempt ? verdictsOf(lesson.checks, attempt.answers, standing.isCheckPassed) : null;
  return {
    ...standing,
    lessonVersionId,
    creditSeconds: await sumCreditOfSource(ctx.pool, personId, 'lesson_version', lessonVersionId),
    dwellPercent: policy.readingDwellPercent,
    dwellSeconds: Math.ceil((lesson.nominalMinutes * 60 * policy.readingDwellPercent) / 100),
    checkPassPercent: policy.checkPassPercent,
    uncounted: await uncountedOfLesson(ctx, personId, lessonVersionId),
    verdicts:
      verdicts?.map((verdict) => ({
        ...verdict,
        citation: `《${verdict.citation.law}》${articleText(verdict.citation.article)}`,
      })) ?? null,
    heartbeatSeconds: policy.heartbeatSeconds,
    lastPlace: await findLastPlace(ctx.pool, personId, lessonVersionId),
  };
}
