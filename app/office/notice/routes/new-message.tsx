import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { newId } from '#app/platform/ids/id.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { messageFormSchema } from '../message.schema.ts';
import { messageScope } from '../message-scope.server.ts';
import { NOTICE_REFUSALS } from '../refusals.ts';
import { sendMessage } from '../send-message.server.ts';
import type { MessageValues } from '../ui/message-form.tsx';
import { MessageForm } from '../ui/message-form.tsx';

export const meta: MetaFunction = () => [{ title: '发工作消息 · 执法学堂' }];

export const loader = door('notice.send', async ({ ctx }) => ({
  scope: await messageScope(ctx),
  commandId: newId(),
}));

const texts = (values: readonly FormDataEntryValue[]): string[] =>
  values.flatMap((value) => (typeof value === 'string' ? [value] : []));

/** Everything that was typed and ticked, to be shown again beside what is wrong with it. */
const typedOf = (form: FormData): MessageValues => ({
  title: texts(form.getAll('title'))[0] ?? '',
  body: texts(form.getAll('body'))[0] ?? '',
  units: texts(form.getAll('units')),
  regions: texts(form.getAll('regions')),
});

export const action = door('notice.send', async ({ ctx, request }) => {
  const formData = await request.formData();
  const values = typedOf(formData);
  const submission = parseForm(formData, messageFormSchema);
  if (submission.status !== 'success') {
    const errors = Object.fromEntries(
      Object.entries(submission.error ?? {}).map(([name, messages]) => [name, messages?.[0]]),
    );
    return data({ values, errors, refusal: null }, { status: 422 });
  }
  const outcome = await sendMessage(ctx, submission.value);
  if (outcome.ok) throw redirect(`/inbox/sent/${outcome.value.noticeId}?notice=sent`);
  const refusal = answerFor(outcome, NOTICE_REFUSALS);
  // What is wrong with the choice of units stands at the choice.
  const isAboutUnits = outcome.code === 'NO_UNIT_CHOSEN' || outcome.code === 'NOBODY_ADDRESSED';
  const errors: Record<string, string | undefined> = isAboutUnits ? { units: refusal.text } : {};
  return data({ values, errors, refusal: isAboutUnits ? null : refusal }, { status: refusal.status });
});

const EMPTY: MessageValues = { title: '', body: '', units: [], regions: [] };

export default function NewMessage() {
  const { scope, commandId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title="发工作消息"
        breadcrumb={[
          { label: '收件箱', to: '/inbox' },
          { label: '我发出的', to: '/inbox/sent' },
          { label: '发工作消息' },
        ]}
        meta="送达所选单位的联络员；没有联络员的单位，由上级单位的联络员接收"
      />
      {answer?.refusal ? (
        <div className="mb-6">
          <Callout tone="danger" title={answer.refusal.text} />
        </div>
      ) : null}
      {scope.length === 0 ? (
        <EmptyState title="没有可以发送的单位" text="您的管辖范围内目前没有单位。" />
      ) : (
        <MessageForm
          commandId={commandId}
          scope={scope}
          values={answer?.values ?? EMPTY}
          errors={answer?.errors ?? {}}
        />
      )}
    </>
  );
}
