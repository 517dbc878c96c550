import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { ErrorPanel } from '#app/platform/ui/feedback/error-panel.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { confirmMail, viewConfirmation } from '../contact/confirm-mail.server.ts';
import { NOTICE_REFUSALS } from '../refusals.ts';

export const meta: MetaFunction = () => [
  { title: '验证邮箱 · 执法学堂' },
  { name: 'robots', content: 'noindex' },
  { name: 'referrer', content: 'no-referrer' },
];

export const loader = door('inbox.read', async ({ ctx, params }) => ({
  confirmation: await viewConfirmation(ctx, params.token ?? ''),
}));

/** A press, not the opening of the link, confirms: mail scanners open links. */
export const action = door('inbox.read', async ({ ctx, params }) => {
  const outcome = await confirmMail(ctx, params.token ?? '');
  if (outcome.ok) throw redirect('/inbox/preferences?notice=saved');
  const refusal = answerFor(outcome, NOTICE_REFUSALS);
  return data({ refusal }, { status: refusal.status });
});

export default function ConfirmMail() {
  const { confirmation } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (confirmation === null || answer?.refusal)
    return (
      <ErrorPanel
        status="expired"
        title="验证链接已失效"
        text="链接 24 小时内有效，只能使用一次，且须由填写该邮箱的账号登录后打开。"
        next={
          <LinkButton to="/inbox/preferences" tone="primary">
            前往提醒设置
          </LinkButton>
        }
      />
    );
  return (
    <>
      <PageHead
        title="验证邮箱"
        breadcrumb={[
          { label: '收件箱', to: '/inbox' },
          { label: '提醒设置', to: '/inbox/preferences' },
          { label: '验证邮箱' },
        ]}
      />
      <p className="max-w-measure">
        确认后，提醒将发送到 <span className="break-all font-semibold">{confirmation.mail}</span>。
      </p>
      <Form method="post" className="mt-6">
        <SubmitButton busyText="正在确认…">确认这是我的邮箱</SubmitButton>
      </Form>
    </>
  );
}
