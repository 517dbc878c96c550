import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { handleReviewAnswer } from '../review-action.server.ts';
import { REVIEWS_PATH } from '../review.ts';
import { viewReviews } from '../reviews-view.server.ts';
import { ReviewItem } from '../ui/review-item.tsx';

export const meta: MetaFunction = () => [{ title: '成绩复核 · 执法学堂' }];

export const loader = door('exam.answer_review', async ({ ctx }) => {
  const page = await viewReviews(ctx);
  if (!page.ok) throw new Response(null, { status: 403 });
  return { reviews: page.value, commandId: newId() };
});

export const action = door('exam.answer_review', async ({ ctx, request }) => {
  const refused = await handleReviewAnswer(ctx, await request.formData());
  return refused ? data(refused, { status: refused.status }) : redirect(`${REVIEWS_PATH}?notice=saved`);
});

/** What candidates ask the bureau to look into, and its answers. */
export default function Reviews() {
  const { reviews, commandId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? null;
  return (
    <>
      <PageHead
        title="成绩复核"
        meta="考生对公布的成绩有异议时申请复核。须更正的，先按断网补传或作废办结，再答复考生。"
      />
      <Refusal text={answer?.text ?? null} />
      {reviews.length === 0 ? (
        <EmptyState
          title="没有申请复核的成绩"
          text="考生在成绩页面申请后，列在这里等待答复。"
          action={<LinkButton to="/bureau/exams">查看考试场次</LinkButton>}
        />
      ) : (
        <ul className="grid max-w-4xl gap-3">
          {reviews.map((review) => (
            <ReviewItem key={review.id} review={review} commandId={commandId} answer={answer} />
          ))}
        </ul>
      )}
    </>
  );
}
