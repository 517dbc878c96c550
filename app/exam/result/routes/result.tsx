import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { useEffect } from 'react';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { wipeDevice } from '../../sitting/client/wipe-device.ts';
import { viewResult } from '../result-view.server.ts';
import { handleReviewRequest } from '../review/review-action.server.ts';
import { REVIEW_ANCHOR, resultPath } from '../review/review.ts';
import { viewOwnReviews } from '../review/reviews-view.server.ts';
import { ReviewCard } from '../review/ui/review-card.tsx';
import { ResultSheet } from '../ui/result-sheet.tsx';
import { WithheldResult } from '../ui/withheld-result.tsx';

export const meta: MetaFunction = () => [{ title: '考试成绩 · 执法学堂' }];

export const loader = door('exam.read_own', async ({ ctx, params }) => {
  if (!isId(params.attempt)) throw new Response(null, { status: 404 });
  const outcome = await viewResult(ctx, params.attempt);
  if (!outcome.ok) throw new Response(null, { status: 404 });
  if (outcome.value.kind === 'pending')
    throw redirect(outcome.value.isRunning ? `/attempts/${params.attempt}` : '/exams');
  const reviews = outcome.value.kind === 'result' ? await viewOwnReviews(ctx, params.attempt) : null;
  return { result: outcome.value, attemptId: params.attempt, reviews, commandId: newId() };
});

/** 申请复核. */
export const action = door('exam.ask_review', async ({ ctx, params, request }) => {
  if (!isId(params.attempt)) throw new Response(null, { status: 404 });
  const refused = await handleReviewRequest(ctx, params.attempt, await request.formData());
  return refused
    ? data(refused, { status: refused.status })
    : redirect(`${resultPath(params.attempt)}?notice=submitted#${REVIEW_ANCHOR}`);
});

export default function Result() {
  const { result, attemptId, reviews, commandId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? null;
  // Handed in without the exam page's own goodbye (a plain form, another tab): nothing of the paper stays here either.
  useEffect(() => void wipeDevice(attemptId), [attemptId]);
  if (result.kind === 'withheld') return <WithheldResult result={result} />;
  const how = result.isHandedIn ? '本人交卷' : '系统收卷';
  const version = result.versionNo > 1 ? `，第 ${result.versionNo} 版成绩` : '';
  return (
    <>
      <PageHead
        title={result.title}
        breadcrumb={[{ label: '考试', to: '/exams' }]}
        action={
          reviews === null || (!reviews.mayAsk && reviews.asked.length === 0) ? null : (
            <LinkButton to={`#${REVIEW_ANCHOR}`}>{reviews.mayAsk ? '申请复核' : '查看复核情况'}</LinkButton>
          )
        }
        meta={`${result.personName}，准考证号 ${result.ticketNo}。${how}，${formatInstant(result.gradedAt)} 评定${version}。`}
      />
      <ResultSheet result={result} />
      {reviews === null ? null : (
        <div id={REVIEW_ANCHOR} className="mt-8 scroll-mt-20">
          <ReviewCard
            reviews={reviews}
            resultVersion={result.versionNo}
            commandId={commandId}
            answer={answer}
          />
        </div>
      )}
    </>
  );
}
