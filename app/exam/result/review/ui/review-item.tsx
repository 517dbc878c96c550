import { Form } from '@remix-run/react';
import { formatInstant } from '#app/platform/time/day.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { marksText } from '../../../sitting/ui/paper-parts.ts';
import { latePath } from '../../late/late.ts';
import type { ReviewAnswer } from '../review-action.server.ts';
import { outcomeOf, outcomeText } from '../review.ts';
import type { ReviewLine } from '../reviews-view.server.ts';

interface ReviewItemProps {
  readonly review: ReviewLine;
  readonly commandId: string;
  readonly answer: ReviewAnswer | null;
}

/** One request with what the record says, the ways to correct it, and the form of the answer. */
export function ReviewItem({ review, commandId, answer }: ReviewItemProps) {
  const { attemptId, sittingId, registrationId, outcome } = review;
  return (
    <li className="min-w-0 rounded-md border border-line bg-surface-raised px-5 py-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-base font-semibold">
          {review.personName}
          <span className="ml-2 font-normal text-ink-muted">{review.unitName}</span>
        </h2>
        {outcome === null ? (
          <StateBadge shape="dot" tone="pending">
            待答复
          </StateBadge>
        ) : (
          <StateBadge shape="solid" tone="positive">
            {outcomeText(outcome, review.answeredIsVoid)}
          </StateBadge>
        )}
      </div>
      <p className="text-sm tabular-nums text-ink-muted">
        {`${review.sittingTitle} · 准考证号 ${review.ticketNo ?? ''}`}
      </p>
      <p className="mt-2 tabular-nums">{`${formatInstant(review.askedAt)} 申请：${review.reason}`}</p>
      <p className="mt-1 text-sm tabular-nums">
        {`申请时第 ${review.resultVersion} 版 ${marksText(review.askedScoreHundredths)} 分；现第 ${review.latestVersion} 版${standingOf(review)}。`}
      </p>
      <p className="mt-1 flex flex-wrap gap-x-4 text-sm">
        <TextLink to={`/bureau/exams/replay/${attemptId}`}>作答回放</TextLink>
        <TextLink to={latePath(sittingId)}>断网补传</TextLink>
        <TextLink to={`/invigilate/${sittingId}/${registrationId}`}>考场记录和作废</TextLink>
      </p>
      {review.answeredAt ? (
        <p className="mt-2 text-sm tabular-nums text-ink-muted">
          {`${formatInstant(review.answeredAt)} ${review.answererName ?? ''}答复：${review.note ?? ''}　`}
          <TextLink to={`/bureau/exams/${sittingId}/papers`}>本场文书</TextLink>
        </p>
      ) : null}
      {outcome === null && review.isOwn ? (
        <p className="mt-2 text-sm">本人申请的复核，由其他工作人员答复。</p>
      ) : null}
      {outcome === null && !review.isOwn ? (
        <AnswerForm review={review} commandId={commandId} answer={answer} />
      ) : null}
    </li>
  );
}

/** What the latest version of the result says. */
function standingOf({ latestScoreHundredths, latestPassed, latestIsVoid }: ReviewLine): string {
  return latestIsVoid
    ? '，作答已作废'
    : ` ${marksText(latestScoreHundredths)} 分，${latestPassed ? '合格' : '不合格'}`;
}

function AnswerForm({ review, commandId, answer }: ReviewItemProps) {
  const { id, latestVersion, personName } = review;
  const mine = answer?.about === id ? answer : null;
  const outcome = outcomeOf(review);
  const text = outcomeText(outcome, review.latestIsVoid);
  return (
    <Form method="post" noValidate className="mt-3 grid gap-3" aria-label={`答复 ${personName}`}>
      <input type="hidden" name="commandId" value={commandId} />
      <input type="hidden" name="reviewId" value={id} />
      <input type="hidden" name="latestVersion" value={latestVersion} />
      <TextArea
        label="复核情况和答复"
        name="note"
        id={`note-${id}`}
        required
        rows={2}
        hint={
          outcome === 'corrected'
            ? `申请后成绩已有变动，将答复考生“${text}”。所填内容随通知发给考生。`
            : `申请后分数没有变动，将答复考生“${text}”。须更正的，请先办结断网补传或作废。所填内容随通知发给考生。`
        }
        defaultValue={mine?.typed}
        error={mine?.text}
      />
      <div>
        <SubmitButton busyText="正在答复…">{`答复${personName}：${text}`}</SubmitButton>
      </div>
    </Form>
  );
}
