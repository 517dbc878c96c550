import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { boardPath, isOverdue } from '../campaign.ts';
import { papersOfTarget } from '../campaign-papers-view.server.ts';
import { PapersCard } from '../../document/ui/papers-card.tsx';
import { actOnTarget } from '../review-action.server.ts';
import { viewTarget } from '../target-view.server.ts';
import { TargetBadge } from '../ui/badges.tsx';
import { ExceptionList } from '../ui/exception-list.tsx';
import { FileList } from '../ui/file-list.tsx';
import { CampaignHistory, EarlierAnswers } from '../ui/history.tsx';
import { ReviewForms } from '../ui/review-forms.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.part.target.unitName ?? '填报审核'} · 填报审核 · 执法学堂` },
];

function placeOf(params: Readonly<Record<string, string | undefined>>) {
  if (!isId(params.campaign) || !isId(params.unit)) throw new Response(null, { status: 404 });
  return { campaignId: params.campaign, unitId: params.unit };
}

export const loader = door('campaign.read', async ({ ctx, params }) => {
  const part = await viewTarget(ctx, placeOf(params));
  if (!part.ok) throw new Response(null, { status: part.code === 'FORBIDDEN' ? 403 : 404 });
  const papers = await papersOfTarget(ctx, part.value, part.value.mayExtend);
  return { part: part.value, papers, commandId: newId(), paperCommandId: newId() };
});

export const action = door('campaign.review', async ({ ctx, params, request }) => {
  const answer = await actOnTarget(ctx, placeOf(params), await request.formData());
  return 'to' in answer ? redirect(answer.to) : data(answer.posted, { status: answer.status });
});

export default function ReviewTarget() {
  const { part, papers, commandId, paperCommandId } = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>() ?? null;
  const { campaign, target, answers, today } = part;
  const [last, ...earlier] = answers;
  return (
    <>
      <PageHead
        title={target.unitName}
        breadcrumb={[
          { label: '任务下发', to: '/bureau/campaigns' },
          { label: campaign.title, to: boardPath(campaign.id) },
          { label: target.unitName },
        ]}
        meta={
          <>
            <TargetBadge state={target.state} isLate={target.isLate} isOverdue={isOverdue(target, today)} />
            {`，${part.regionName}，截止${formatDay(target.dueDay)}`}
          </>
        }
      />
      <div className="max-w-4xl space-y-8">
        {posted?.refusal ? (
          <div role="alert">
            <Callout tone="danger" title={posted.refusal} />
          </div>
        ) : null}
        <section aria-labelledby="answer" className="space-y-4">
          <h2 id="answer" className="text-lg font-semibold">
            填报内容
          </h2>
          {last === undefined ? (
            <p>该单位尚未填报。</p>
          ) : (
            <>
              <p className="text-sm tabular-nums text-ink-muted">
                第 {last.no} 版，{formatInstant(last.at)}，{last.byName ?? '系统'}
                {last.isLate ? '，逾期填报' : ''}
              </p>
              <ExceptionList exceptions={last.exceptions} sameLabel={campaign.sameLabel} />
            </>
          )}
        </section>
        <section aria-labelledby="files" className="space-y-3">
          <h2 id="files" className="text-lg font-semibold">
            附件
          </h2>
          <FileList files={part.files} mayRemove={false} />
        </section>
        <ReviewForms {...part} commandId={commandId} posted={posted} />
        <PapersCard action={`${boardPath(campaign.id)}/papers`} commandId={paperCommandId} {...papers} />
        <EarlierAnswers answers={earlier} sameLabel={campaign.sameLabel} />
        <section aria-labelledby="history" className="space-y-3">
          <h2 id="history" className="text-lg font-semibold">
            办理记录
          </h2>
          <CampaignHistory label="办理记录" events={part.events} />
        </section>
      </div>
    </>
  );
}
