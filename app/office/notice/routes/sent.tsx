import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { viewSent } from '../sent-view.server.ts';
import { SentTable } from '../ui/sent-table.tsx';

export const meta: MetaFunction = () => [{ title: '我发出的通知 · 执法学堂' }];

export const loader = door('notice.send', async ({ ctx, request }) => {
  const { page, size } = parseTableQuery(new URL(request.url).searchParams, {
    sorts: ['sent'],
    defaultSort: { field: 'sent', direction: 'desc' },
    filters: [],
  });
  const sent = await viewSent(ctx, { page, size });
  if (!sent.ok) throw new Response(null, { status: 403 });
  return { ...sent.value, pageSize: size };
});

export default function Sent() {
  const sent = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="我发出的通知"
        breadcrumb={[{ label: '收件箱', to: '/inbox' }, { label: '我发出的' }]}
        action={
          <LinkButton to="/inbox/sent/new" tone="primary">
            发工作消息
          </LinkButton>
        }
      />
      <SentTable {...sent} />
    </>
  );
}
