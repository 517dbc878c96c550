import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { CopyText } from '#app/platform/ui/data/copy-text.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatShare } from '#app/platform/ui/text/format.ts';
import { viewSentNotice } from '../sent-view.server.ts';
import { NoticeText } from '../ui/notice-text.tsx';
import { ReadingTable } from '../ui/sent-table.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.title ?? '发出的通知'} · 执法学堂` },
];

export const loader = door('notice.send', async ({ ctx, params, request }) => {
  const id = params.notice ?? '';
  const { page, size } = parseTableQuery(new URL(request.url).searchParams, {
    sorts: ['read'],
    defaultSort: { field: 'read', direction: 'asc' },
    filters: [],
  });
  const outcome = isId(id) ? await viewSentNotice(ctx, id, { page, size }) : null;
  if (!outcome?.ok) throw new Response(null, { status: outcome?.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...outcome.value, pageSize: size };
});

export default function SentNotice() {
  const notice = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={notice.title}
        breadcrumb={[
          { label: '收件箱', to: '/inbox' },
          { label: '我发出的', to: '/inbox/sent' },
          { label: notice.kindLabel },
        ]}
        meta={`${formatInstant(notice.occurredAt)}发出 · 已读 ${formatShare(notice.read, notice.addressed)}`}
      />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card title="内容">
          <NoticeText body={notice.body} />
        </Card>
        <Card title="转发到工作群">
          <CopyText
            label="文字"
            text={notice.groupText}
            hint="含标题、内容、链接和尚未阅读的单位；收到的人点开链接，登录后直接到达"
          />
        </Card>
      </div>
      <h2 className="mb-3 mt-10 text-lg font-semibold">阅读情况</h2>
      <ReadingTable
        units={notice.units}
        unitTotal={notice.unitTotal}
        page={notice.page}
        pageSize={notice.pageSize}
      />
    </>
  );
}
