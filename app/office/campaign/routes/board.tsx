import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { publicLink } from '#app/platform/http/public-address.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { actOnBoard } from '../board-action.server.ts';
import { BOARD_TABLE } from '../board-table-spec.ts';
import { draftAnnouncement, viewBoard } from '../board-view.server.ts';
import { boardPath } from '../campaign.ts';
import { papersOfCampaign } from '../campaign-papers-view.server.ts';
import { PapersCard } from '../../document/ui/papers-card.tsx';
import { ROSTER_CLEARING } from '../kinds/roster-clearing.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { reminderText } from '../reminder-text.ts';
import { CampaignBadge } from '../ui/badges.tsx';
import { BoardActs } from '../ui/board-acts.tsx';
import { ApprovalScans, LeftUndoneList } from '../ui/approval-result.tsx';
import { BoardStats, FigureSummary, RegionProgress } from '../ui/board-head.tsx';
import { BoardTable } from '../ui/board-table.tsx';
import { CampaignHistory } from '../ui/history.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.board.campaign.title ?? '填报进度'} · 执法学堂` },
];

export const loader = door('campaign.read', async ({ ctx, params, request }) => {
  const url = new URL(request.url);
  if (!isId(params.campaign)) throw new Response(null, { status: 404 });
  const query = parseTableQuery(url.searchParams, BOARD_TABLE);
  const board = await viewBoard(ctx, params.campaign, query);
  if (!board.ok) throw new Response(null, { status: board.code === 'FORBIDDEN' ? 403 : 404 });
  const { campaign, counts, owing, today, may } = board.value;
  const isDecided = campaign.state === 'approved' || campaign.state === 'announced';
  const draft = isDecided && may.issue ? await draftAnnouncement(ctx, campaign.id) : null;
  return {
    board: board.value,
    announcement: draft?.ok
      ? { label: draft.value.label, text: draft.value.text, rows: draft.value.rows }
      : null,
    reminder: reminderText({
      title: campaign.title,
      dueDay: campaign.dueDay,
      today,
      url: publicLink(ctx, `/coordinate/campaigns/${campaign.id}`),
      total: counts.total,
      owing,
    }),
    isClearing: campaign.kind === ROSTER_CLEARING.code && may.issue,
    papers: await papersOfCampaign(ctx, campaign, may.issue),
    paperCommandId: newId(),
    pageSize: query.size,
    sort: query.sort,
    search: url.search,
    commandId: newId(),
  };
});

export const action = door('campaign.issue', async ({ ctx, params, request }) => {
  if (!isId(params.campaign)) throw new Response(null, { status: 404 });
  const answer = await actOnBoard(ctx, params.campaign, await request.formData());
  return 'to' in answer ? redirect(answer.to) : data(answer.posted, { status: answer.status });
});

export default function CampaignBoard() {
  const { board, isClearing, papers, paperCommandId, pageSize, sort, search, ...rest } =
    useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>() ?? null;
  const { campaign, counts } = board;
  return (
    <>
      <PageHead
        title={campaign.title}
        action={
          isClearing ? (
            <LinkButton to={`/bureau/certificates/clearance?from=${campaign.issuedDay}`}>
              证件清理公告
            </LinkButton>
          ) : undefined
        }
        breadcrumb={[{ label: '任务下发', to: '/bureau/campaigns' }, { label: campaign.title }]}
        meta={
          <>
            <CampaignBadge state={campaign.state} />
            {`，${campaign.regionName}，${formatDay(campaign.issuedDay)}下发，${formatDay(campaign.dueDay)}截止（${campaign.workdays} 个工作日）`}
            {campaign.documentNo === null ? '' : `，${campaign.documentNo}`}
          </>
        }
      />
      <div className="space-y-8">
        {posted?.refusal ? (
          <div role="alert">
            <Callout tone="danger" title={posted.refusal} />
          </div>
        ) : null}
        <BoardStats counts={counts} />
        <BoardActs {...board} {...rest} posted={posted} />
        <LeftUndoneList rows={board.leftUndone} />
        <ApprovalScans scans={board.scans} />
        <PapersCard action={`${boardPath(campaign.id)}/papers`} commandId={paperCommandId} {...papers} />
        <FigureSummary figures={board.figures} />
        <RegionProgress regions={board.regions} />
        <BoardTable
          campaignId={campaign.id}
          rows={board.rows}
          total={board.total}
          page={board.page}
          counts={counts}
          regions={board.regions}
          fields={board.fields}
          sameLabel={board.sameLabel}
          {...{ pageSize, sort, search }}
        />
        <section aria-labelledby="campaign-history" className="space-y-3">
          <h2 id="campaign-history" className="text-lg font-semibold">
            办理记录
          </h2>
          <CampaignHistory label="办理记录" events={board.events} />
        </section>
      </div>
    </>
  );
}
