import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { activateAccount, findActivation } from '#app/accounts/activation.server.ts';
import { publicDoor } from '#app/accounts/door.server.ts';
import { PASSWORD_PROBLEM_TEXTS } from '#app/accounts/password-rules.ts';
import { newId } from '#app/platform/ids/id.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { ErrorPanel } from '#app/platform/ui/feedback/error-panel.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';

const paramsSchema = z.object({ token: z.string().min(1).max(64) });
const formSchema = z.object({ password: z.string().max(256), repeated: z.string().max(256) });

export const meta: MetaFunction = () => [
  { title: '启用账号 · 执法学堂' },
  { name: 'robots', content: 'noindex' },
];

export const loader = publicDoor('account.activate', async ({ ctx, params }) => {
  const { token } = paramsSchema.parse(params);
  const activation = await findActivation(ctx, token);
  // Gone for good, whatever the reason: who guesses learns no more than who comes too late.
  return data(
    { login: activation?.login ?? null, commandId: newId() },
    { status: activation === null ? 410 : 200 },
  );
});

export const action = publicDoor('account.activate', async ({ ctx, params, request }) => {
  const { token } = paramsSchema.parse(params);
  const parsed = formSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success) throw new Response(null, { status: 400 });
  const form = parsed.data;
  if (form.password !== form.repeated) return data({ error: '两次输入的密码不一致' }, { status: 422 });
  const outcome = await activateAccount(ctx, { token, password: form.password });
  if (outcome.ok) return redirect('/login?activated=1');
  if (outcome.code === 'LINK_NOT_VALID')
    return data({ error: '链接已失效，请联系管理员重新发放。' }, { status: 410 });
  return data({ error: PASSWORD_PROBLEM_TEXTS[outcome.code] }, { status: 422 });
});

export default function Activate() {
  const { login, commandId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (login === null)
    return (
      <ErrorPanel
        status="expired"
        title="启用链接已失效"
        text="启用链接只能使用一次，且七日内有效。已经启用的，请直接登录；尚未启用的，请联系发放链接的司法局或安全管理员重新发放。"
        next={
          <LinkButton to="/login" tone="primary">
            前往登录
          </LinkButton>
        }
      />
    );
  return (
    <FormShell id="activate" commandId={commandId} className="mx-auto max-w-md">
      <h1 className="text-2xl font-semibold">启用账号 {login}</h1>
      <TextField
        label="新密码"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        hint="至少 10 位，包含大写字母、小写字母、数字、符号中的三类"
        error={answer?.error}
      />
      <TextField label="再次输入" name="repeated" type="password" autoComplete="new-password" required />
      <SubmitButton tone="primary" busyText="正在启用">
        启用账号
      </SubmitButton>
    </FormShell>
  );
}
