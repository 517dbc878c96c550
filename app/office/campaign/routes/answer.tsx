import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { DocumentList } from '../../document/ui/document-list.tsx';
import { papersOfTarget } from '../campaign-papers-view.server.ts';
import { actOnAnswer } from '../answer-action.server.ts';
import { answerPath, isOverdue } from '../campaign.ts';
import { listOwnUnitsIn, viewAnswer } from '../target-view.server.ts';
import { AnswerPart } from '../ui/answer-part.tsx';
import { findWork } from '../work.server.ts';
import { TargetBadge } from '../ui/badges.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.page.campaign.title ?? '填报'} · 执法学堂` },
];

/** A link without a unit leads to the viewer's own one; who answers for several comes to the first that owes. */
async function toOwnUnit(ctx: ActorCtx, campaignId: string): Promise<Response> {
  const own = await listOwnUnitsIn(ctx, campaignId);
  if (!own.ok) throw new Response(null, { status: own.code === 'FORBIDDEN' ? 403 : 404 });
  const [first] = own.value;
  if (first === undefined) throw new Response(null, { status: 404 });
  return redirect(answerPath(campaignId, first.unitId));
}

export const loader = door('campaign.read_own_unit', async ({ ctx, params, request }) => {
  const unitId = new URL(request.url).searchParams.get('unit');
  if (!isId(params.campaign)) throw new Response(null, { status: 404 });
  if (unitId === null) throw await toOwnUnit(ctx, params.campaign);
  if (!isId(unitId)) throw new Response(null, { status: 404 });
  const page = await viewAnswer(ctx, { campaignId: params.campaign, unitId });
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  // A kind of a slice above is answered on its own page.
  const own = findWork(ctx, page.value.campaign.kind)?.kind.pages;
  if (own !== undefined) throw redirect(own.answer(params.campaign, unitId));
  const { documents } = await papersOfTarget(ctx, page.value, false);
  return { page: page.value, documents, commandId: newId() };
});

export const action = door('campaign.answer', async ({ ctx, params, request }) => {
  const unitId = new URL(request.url).searchParams.get('unit');
  if (!isId(params.campaign) || !isId(unitId)) throw new Response(null, { status: 404 });
  const answer = await actOnAnswer(ctx, { campaignId: params.campaign, unitId }, await request.formData());
  return 'to' in answer ? redirect(answer.to) : data(answer.posted, { status: answer.status });
});

export default function Answer() {
  const { page, documents, commandId } = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>() ?? null;
  const { campaign, target, today } = page;
  return (
    <>
      <PageHead
        title={campaign.title}
        breadcrumb={[{ label: '填报任务', to: '/coordinate/campaigns' }, { label: campaign.title }]}
        meta={
          <>
            <TargetBadge
              state={target.state}
              isLate={target.isLate}
              isOverdue={campaign.state === 'open' && isOverdue(target, today)}
            />
            {`，${target.unitName}，截止${formatDay(target.dueDay)}`}
          </>
        }
      />
      <AnswerPart key={`${target.id}:${target.version}`} page={page} commandId={commandId} posted={posted} />
      {documents.length > 0 ? (
        <Card title="文书" className="mt-8 max-w-4xl">
          <DocumentList documents={documents} />
        </Card>
      ) : null}
    </>
  );
}
