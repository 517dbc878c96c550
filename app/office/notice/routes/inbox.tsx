import type { MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { Form, useLoaderData, useLocation } from '@remix-run/react';
import { z } from 'zod';
import { door } from '#app/accounts/door.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { Pagination } from '#app/platform/ui/table/pagination.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { viewInbox } from '../inbox-view.server.ts';
import { markAllRead } from '../mark-read.server.ts';
import { isNoticeKind } from '../notice-kinds.ts';
import { InboxFilter } from '../ui/inbox-filter.tsx';
import { InboxList } from '../ui/inbox-list.tsx';

export const meta: MetaFunction = () => [{ title: '收件箱 · 执法学堂' }];

function askedOf(request: Request) {
  const { filters, page, size } = parseTableQuery(new URL(request.url).searchParams, {
    sorts: ['sent'],
    defaultSort: { field: 'sent', direction: 'desc' },
    filters: ['kind', 'state'],
  });
  const kind = filters.kind ?? '';
  return { kind: isNoticeKind(kind) ? kind : null, unreadOnly: filters.state === 'unread', page, size };
}

export const loader = door('inbox.read', async ({ ctx, request }) => {
  const asked = askedOf(request);
  const inbox = await viewInbox(ctx, asked);
  return { ...inbox, ...asked, page: inbox.page, maySend: mayDo(ctx, 'notice.send') };
});

const readAllSchema = z.object({ intent: z.literal('read_all'), upTo: z.iso.datetime() });

/** Marks all as read that the page could show, within the kind it was narrowed to. */
export const action = door('inbox.read', async ({ ctx, request }) => {
  const form = readAllSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) throw new Response(null, { status: 400 });
  const { kind } = askedOf(request);
  await markAllRead(ctx, { kind, upTo: new Date(form.data.upTo) });
  return redirect(kind === null ? '/inbox?notice=saved' : `/inbox?f.kind=${kind}&notice=saved`);
});

export default function Inbox() {
  const inbox = useLoaderData<typeof loader>();
  const { search } = useLocation();
  return (
    <>
      <PageHead
        title="收件箱"
        meta={<Waiting unread={inbox.counts.unread} openTasks={inbox.openTasks} />}
        action={inbox.maySend ? <SenderLinks /> : <PreferencesLink />}
      />
      <div className="max-w-4xl space-y-6">
        <InboxFilter
          counts={inbox.counts}
          kinds={inbox.kinds}
          unreadOnly={inbox.unreadOnly}
          kind={inbox.kind}
          search={search}
        />
        {inbox.total === 0 ? (
          <Empty unreadOnly={inbox.unreadOnly} hasAny={inbox.counts.all > 0} />
        ) : (
          <>
            {inbox.counts.unread > 0 ? <ReadAll asOf={inbox.asOf} unread={inbox.counts.unread} /> : null}
            <InboxList days={inbox.days} today={inbox.today} />
            <Pagination total={inbox.total} page={inbox.page} size={inbox.size} search={search} />
          </>
        )}
      </div>
    </>
  );
}

function Waiting({ unread, openTasks }: { unread: number; openTasks: number }) {
  return (
    <>
      {unread === 0 ? '没有未读通知' : `未读 ${formatCount(unread)} 条`}
      {openTasks === 0 ? null : (
        <>
          {'，另有 '}
          <TextLink to="/tasks">{`待办任务 ${formatCount(openTasks)} 项`}</TextLink>
        </>
      )}
    </>
  );
}

function PreferencesLink() {
  return <LinkButton to="/inbox/preferences">提醒设置</LinkButton>;
}

function SenderLinks() {
  return (
    <div className="flex flex-wrap gap-3">
      <PreferencesLink />
      <LinkButton to="/inbox/sent">我发出的</LinkButton>
      <LinkButton to="/inbox/sent/new" tone="primary">
        发工作消息
      </LinkButton>
    </div>
  );
}

function ReadAll({ asOf, unread }: { asOf: Date; unread: number }) {
  return (
    <Form method="post" className="flex justify-end">
      <input type="hidden" name="upTo" value={asOf.toISOString()} />
      <SubmitButton tone="secondary" size="small" name="intent" value="read_all" busyText="正在标记…">
        {`将未读 ${formatCount(unread)} 条全部标为已读`}
      </SubmitButton>
    </Form>
  );
}

function Empty({ unreadOnly, hasAny }: { unreadOnly: boolean; hasAny: boolean }) {
  if (unreadOnly && hasAny)
    return (
      <EmptyState
        title="没有未读通知"
        text="通知都已读过。"
        action={<LinkButton to="/inbox">查看全部</LinkButton>}
      />
    );
  return (
    <EmptyState
      title="收件箱是空的"
      text="下发的通知、办理结果和提醒会出现在这里。"
      action={<LinkButton to="/inbox/preferences">设置邮件提醒</LinkButton>}
    />
  );
}
