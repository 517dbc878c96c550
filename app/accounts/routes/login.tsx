import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { publicDoor } from '#app/accounts/door.server.ts';
import { TICKET_LOGIN } from '#app/accounts/permission.ts';
import { SIGN_IN_REFUSALS } from '#app/accounts/refusals.ts';
import { installationStanding, openSession } from '#app/accounts/sign-in-page.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { safeReturnPath } from '#app/platform/http/return-path.ts';
import { newId } from '#app/platform/ids/id.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';

const formSchema = z.object({
  login: z.string().max(100),
  password: z.string().max(256),
  to: z.string().max(2000),
});

export const meta: MetaFunction = () => [
  { title: '登录 · 执法学堂' },
  { name: 'robots', content: 'noindex' },
];

export const loader = publicDoor('account.sign_in', async ({ ctx, request }) => {
  const search = new URL(request.url).searchParams;
  const to = safeReturnPath(search.get('to'));
  if (ctx.actor) throw redirect(to);
  return {
    to,
    standing: await installationStanding(ctx),
    isActivated: search.has('activated'),
    commandId: newId(),
  };
});

export const action = publicDoor('account.sign_in', async ({ ctx, request, context }) => {
  const parsed = formSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success) throw new Response(null, { status: 400 });
  const form = parsed.data;
  const outcome = await openSession(ctx, context.sessions, form);
  if (outcome.ok)
    return redirect(safeReturnPath(form.to), { headers: { 'Set-Cookie': outcome.value.setCookie } });
  const answer = answerFor(outcome, SIGN_IN_REFUSALS);
  return data({ refusal: answer.text, login: form.login }, { status: answer.status });
});

const HELP = {
  demo: '演示环境：账号 applicant、liaison、bureau、bureau2、supervisor 等，密码均为 Zhifa@2026demo。',
  real: '首次登录请打开发给您的启用链接设置密码。忘记密码的，请联系本单位联络员或司法局重新发放启用链接；系统、安全、审计管理员请联系安全管理员，或由服务器运维人员重新发放。',
  not_set_up: '平台尚未初始设置，暂时无人可以登录。请服务器运维人员运行 npm run setup。',
} as const;

export default function Login() {
  const { to, standing, isActivated, commandId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <div className="mx-auto max-w-md">
      <h1 className="mb-8 text-2xl font-semibold">登录</h1>
      {isActivated ? (
        <div className="mb-6">
          <Callout tone="success" title="账号已启用，请登录" />
        </div>
      ) : null}
      <FormShell id="login" commandId={commandId}>
        {answer ? (
          <div role="alert">
            <Callout tone="danger" title={answer.refusal} />
          </div>
        ) : null}
        <input type="hidden" name="to" value={to} />
        <TextField
          label="账号"
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          required
          defaultValue={answer?.login}
        />
        <TextField label="密码" name="password" type="password" autoComplete="current-password" required />
        <SubmitButton tone="primary" busyText="正在登录">
          登录
        </SubmitButton>
      </FormShell>
      <p className="mt-6">
        <a href={TICKET_LOGIN} className="text-accent underline underline-offset-4">
          凭准考证登录考试
        </a>
      </p>
      <p className="mt-8 border-t border-line pt-4 text-sm text-ink-muted">{HELP[standing]}</p>
    </div>
  );
}
