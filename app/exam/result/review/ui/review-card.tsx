import { Form } from '@remix-run/react';
import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import type { ReviewAnswer } from '../review-action.server.ts';
import { REVIEW_ANCHOR, REVIEW_WORKDAYS, outcomeText } from '../review.ts';
import type { OwnReviews } from '../reviews-view.server.ts';

interface ReviewCardProps {
  readonly reviews: OwnReviews;
  /** Version of the result that is shown. */
  readonly resultVersion: number;
  readonly commandId: string;
  readonly answer: ReviewAnswer | null;
}

/** 成绩复核 on the page of a result: what was asked and answered, and the form while there is time. */
export function ReviewCard({ reviews, resultVersion, commandId, answer }: ReviewCardProps) {
  const { asked, until, mayAsk } = reviews;
  return (
    <Card title="成绩复核" className="max-w-3xl">
      <div className="grid gap-4">
        {asked.length > 0 ? (
          <div data-arrival tabIndex={-1} className="grid gap-4">
            {asked.map((one) => (
              <AskedReview key={one.id} review={one} />
            ))}
          </div>
        ) : null}
        {mayAsk ? (
          <Form
            method="post"
            action={`#${REVIEW_ANCHOR}`}
            noValidate
            className="no-print grid gap-4"
            aria-label="申请复核"
          >
            <p className="text-sm text-ink-muted">
              {`对成绩有异议的，可在成绩公布后 ${REVIEW_WORKDAYS} 个工作日内（${formatDay(until)} 前，含当日）申请复核，每一版成绩限一次。`}
            </p>
            <input type="hidden" name="commandId" value={commandId} />
            <input type="hidden" name="resultVersion" value={resultVersion} />
            <TextArea
              label="申请事由"
              name="reason"
              id="review-reason"
              required
              rows={3}
              defaultValue={answer?.typed}
              error={answer?.text}
            />
            <div>
              <SubmitButton tone="secondary" busyText="正在提交…">
                申请复核
              </SubmitButton>
            </div>
          </Form>
        ) : null}
        {!mayAsk && asked.length === 0 ? (
          <p className="text-sm text-ink-muted">{`申请复核的期限已于 ${formatDay(until)} 届满。`}</p>
        ) : null}
        {!mayAsk && answer ? (
          <p role="alert" className="text-sm text-caution">
            {answer.text}
          </p>
        ) : null}
      </div>
    </Card>
  );
}

function AskedReview({ review }: { review: OwnReviews['asked'][number] }) {
  const { resultVersion, reason, askedAt, outcome, note, answeredIsVoid, answeredAt } = review;
  return (
    <div>
      <p>{`${formatInstant(askedAt)} 就第 ${resultVersion} 版成绩申请复核：${reason}`}</p>
      {outcome === null || answeredAt === null ? (
        <p className="text-sm text-ink-muted">等待答复，答复后在收件箱通知您。</p>
      ) : (
        <p className="mt-1">
          {`${formatInstant(answeredAt)} 答复：`}
          <strong>{outcomeText(outcome, answeredIsVoid)}</strong>
          {`。${note ?? ''}`}
        </p>
      )}
    </div>
  );
}
