import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { currentLibrary, findLesson } from '../course/library.server.ts';
import { findOpenPrerequisites } from '../course/open-prerequisites.server.ts';
import type { Answers } from './checks.ts';
import { cleanAnswers, gradeChecks } from './checks.ts';
import { isCheckPassed } from './lesson-credit.ts';
import { appendCheckAttempt, lockProgress } from './progress.store.server.ts';
import { loadSettleContext, settleInTx } from './settle-lesson.server.ts';

const answeredSchema = z.object({
  correctCount: z.number(),
  itemCount: z.number(),
  passed: z.boolean(),
  isComplete: z.boolean(),
});
export type Answered = z.infer<typeof answeredSchema>;

export type AnswerRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'LESSON_CHANGED' | 'PREREQUISITE_OPEN' | 'CHECKS_INCOMPLETE' | 'COMMAND_REUSED';

/**
 * Grades the questions of a lesson on the server and keeps the answers. Passing them is one half of completing the
 * lesson; when the other half (time) is there already, its credit enters the ledger in the same transaction. May be
 * tried again without limit; once passed, it stays passed.
 */
export async function answerChecks(
  ctx: ActorCtx,
  input: {
    courseSlug: string;
    lessonSlug: string;
    answers: Answers;
    /** The version whose questions the person has read; left out = whichever is served. */
    lessonVersionId?: string | undefined;
    commandId: string;
  },
): Promise<Outcome<Answered, AnswerRefusal>> {
  if (!mayDo(ctx, 'study.own')) return refused('FORBIDDEN');
  const found = findLesson(currentLibrary(), input.courseSlug, input.lessonSlug);
  if (!found) return refused('NOT_FOUND');
  const { checks, lessonVersionId } = found.lesson;
  // The text changed while the page was open: answers to the old questions say nothing about the new ones.
  if ((input.lessonVersionId ?? lessonVersionId) !== lessonVersionId) return refused('LESSON_CHANGED');
  const answers = cleanAnswers(checks, input.answers);
  const { rightIds, unansweredIds } = gradeChecks(checks, answers);
  if (unansweredIds.length > 0) return refused('CHECKS_INCOMPLETE', { count: unansweredIds.length });
  const personId = ownPersonId(ctx);
  // One thing after the other: what is studied meanwhile is kept, only the questions wait (course/prerequisite.ts).
  const first = await findOpenPrerequisites(ctx, personId, found.course);
  if (first.length > 0)
    return refused('PREREQUISITE_OPEN', { courses: first.map((course) => `《${course.title}》`).join('、') });
  const key = { personId, lessonVersionId };
  const context = await loadSettleContext(ctx, key);
  const passed = isCheckPassed(rightIds.length, checks.length, context.policy);
  const counts = { correctCount: rightIds.length, itemCount: checks.length, passed };
  return inTransaction<Answered, AnswerRefusal>(ctx, 'answer-checks', (tx, refuse) =>
    withReceipt(
      tx,
      {
        actorId: ctx.actorId,
        commandId: input.commandId,
        kind: 'answer-checks',
        input: { lessonVersionId, answers },
      },
      answeredSchema,
      refuse,
      async () => {
        await lockProgress(tx, personId, lessonVersionId, context.now);
        await appendCheckAttempt(tx, { ...key, ...counts, answers }, context.now);
        const settled = await settleInTx(tx, key, context);
        return { ...counts, isComplete: settled.isComplete };
      },
    ),
  );
}
