import type { MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { CopyText } from '#app/platform/ui/data/copy-text.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { viewNotice } from '../inbox-view.server.ts';
import { markRead } from '../mark-read.server.ts';
import { MarkReadForm } from '../ui/mark-read-form.tsx';
import { NoticeText } from '../ui/notice-text.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.title ?? '通知'} · 执法学堂` },
];

export const loader = door('inbox.read', async ({ ctx, params }) => {
  const id = params.notice ?? '';
  const outcome = isId(id) ? await viewNotice(ctx, id) : null;
  if (!outcome?.ok) throw new Response(null, { status: 404 });
  return outcome.value;
});

const formSchema = z.object({ intent: z.enum(['read', 'open']) });

/** `read` notes the reading; `open` notes it and leads to the thing itself. */
export const action = door('inbox.read', async ({ ctx, params, request }) => {
  const id = params.notice ?? '';
  const form = formSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) throw new Response(null, { status: 400 });
  const outcome = isId(id) ? await markRead(ctx, id) : null;
  if (!outcome?.ok) throw new Response(null, { status: 404 });
  const { path } = outcome.value;
  if (form.data.intent === 'open' && path !== null) return redirect(path);
  return { read: true };
});

export default function Notice() {
  const { title, kindLabel, sender, sentAt, readAt, body, path, groupText } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={title}
        breadcrumb={[{ label: '收件箱', to: '/inbox' }, { label: kindLabel }]}
        meta={[kindLabel, sender, formatInstant(sentAt)].filter(Boolean).join(' · ')}
      />
      <div className="space-y-8">
        <NoticeText body={body} />
        {path === null ? null : (
          <Form method="post">
            <SubmitButton name="intent" value="open" busyText="正在打开…">
              前往办理
            </SubmitButton>
          </Form>
        )}
        <MarkReadForm readAt={readAt} />
        <details className="max-w-xl">
          <summary className="cursor-pointer text-accent underline underline-offset-4">复制文字</summary>
          <div className="mt-3">
            <CopyText
              label="转发到工作群的文字"
              text={groupText}
              hint="含标题、内容和链接；收到的人点开链接，登录后直接到达"
            />
          </div>
        </details>
      </div>
    </>
  );
}
