import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { articleText } from '../course/laws.ts';
import type { LessonSegment } from '../course/lesson-segment.ts';
import type { LibraryLesson } from '../course/library.server.ts';
import { currentLibrary, findLesson } from '../course/library.server.ts';
import { sumCreditOfSource } from '../ledger/hour-entry.store.server.ts';
import type { PublicCheck } from './checks.ts';
import { publicCheck, verdictsOf } from './checks.ts';
import { loadStudyPolicies } from './credit-context.server.ts';
import { findLastCheckAttempt, listProgress } from './progress.store.server.ts';
import type { Uncounted } from './study.store.server.ts';
import { listUncounted } from './study.store.server.ts';

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
  readonly uncounted: readonly Uncounted[];
  /** The last answers given; null before the first. */
  readonly verdicts: readonly VerdictView[] | null;
  readonly heartbeatSeconds: number;
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
  readonly next: { readonly slug: string; readonly title: string } | null;
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
  const next = course.lessons[index + 1];
  const { personId } = ctx.actor;
  return done({
    course: { slug: course.slug, title: course.title, statedHundredths: course.statedHundredths },
    slug: lesson.slug,
    title: lesson.title,
    position: index + 1,
    lessons: course.lessons.length,
    nominalSeconds: lesson.nominalMinutes * 60,
    segments: lesson.segments,
    checks: lesson.checks.map(publicCheck),
    next: next ? { slug: next.slug, title: next.title } : null,
    study: mayDo(ctx, 'study.own') && personId !== null ? await studyView(ctx, personId, lesson) : null,
  });
}

async function studyView(ctx: ActorCtx, personId: string, lesson: LibraryLesson): Promise<StudyView> {
  const { lessonVersionId } = lesson;
  const policy = (await loadStudyPolicies(ctx, [personId])).get(personId);
  invariant(policy, 'a policy is loaded for every person asked for');
  const progress = (await listProgress(ctx.pool, personId)).get(lessonVersionId);
  const attempt = await findLastCheckAttempt(ctx.pool, personId, lessonVersionId);
  const isCheckPassed = progress?.checkPassedAt != null;
  const verdicts = attempt ? verdictsOf(lesson.checks, attempt.answers, isCheckPassed) : null;
  return {
    verifiedSeconds: progress?.verifiedSeconds ?? 0,
    creditSeconds: await sumCreditOfSource(ctx.pool, personId, 'lesson_version', lessonVersionId),
    dwellPercent: policy.readingDwellPercent,
    dwellSeconds: Math.ceil((lesson.nominalMinutes * 60 * policy.readingDwellPercent) / 100),
    checkPassPercent: policy.checkPassPercent,
    isCheckPassed,
    isComplete: progress?.completedAt != null,
    uncounted: await listUncounted(ctx.pool, personId, lessonVersionId),
    verdicts:
      verdicts?.map((verdict) => ({
        ...verdict,
        citation: `《${verdict.citation.law}》${articleText(verdict.citation.article)}`,
      })) ?? null,
    heartbeatSeconds: policy.heartbeatSeconds,
  };
}
