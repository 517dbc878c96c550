import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { answerFor } from '#app/platform/http/answer.ts';
import { newId } from '#app/platform/ids/id.ts';
import { addDays } from '#app/platform/time/day.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { firstErrors, typedTexts } from '#app/platform/ui/form/form-texts.ts';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { door } from '../../door.server.ts';
import { delegate, endDelegation } from '../delegate.server.ts';
import { delegationsFormSchema } from '../delegation.schema.ts';
import { viewDelegations } from '../delegations-view.server.ts';
import { DELEGATION_REFUSALS } from '../refusals.ts';
import { DelegationForm } from '../ui/delegation-form.tsx';
import { DelegationList } from '../ui/delegation-list.tsx';

const PATH = '/tasks/delegations';

export const meta: MetaFunction = () => [{ title: '代办与 AB 岗 · 执法学堂' }];

export const loader = door('delegation.manage', async ({ ctx }) => {
  const page = await viewDelegations(ctx);
  if (!page.ok) throw new Response(null, { status: 403 });
  return { ...page.value, commandId: newId() };
});

export const action = door('delegation.manage', async ({ ctx, request }) => {
  const formData = await request.formData();
  const submission = parseForm(formData, delegationsFormSchema);
  if (submission.status !== 'success') {
    const errors = firstErrors(submission.error);
    return data({ values: typedTexts(formData), errors, refusal: null }, { status: 422 });
  }
  const form = submission.value;
  const outcome =
    form.intent === 'end'
      ? await endDelegation(ctx, form)
      : await delegate(ctx, {
          kind: form.kind,
          deputyAccountId: form.deputyAccountId,
          fromDay: form.fromDay,
          untilDay: form.lastDay === undefined ? null : addDays(form.lastDay, 1),
          reason: form.reason,
          commandId: form.commandId,
        });
  if (outcome.ok) throw redirect(`${PATH}?notice=${form.intent === 'end' ? 'withdrawn' : 'saved'}`);
  const refusal = answerFor(outcome, DELEGATION_REFUSALS);
  return data({ values: typedTexts(formData), errors: {}, refusal }, { status: refusal.status });
});

export default function Delegations() {
  const { given, taken, candidates, today, commandId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title="代办与 AB 岗"
        breadcrumb={[{ label: '待办任务', to: '/tasks' }, { label: '代办与 AB 岗' }]}
        meta="离岗期间由同事代办，到期自动收回；办理记录仍记在实际办理人名下"
      />
      {answer?.refusal ? <Callout tone="danger" title={answer.refusal.text} /> : null}
      <div className="grid gap-10 lg:grid-cols-2">
        <section aria-labelledby="delegation-new">
          <h2 id="delegation-new" className="mb-4 text-lg font-semibold">
            请人代办
          </h2>
          {candidates.length === 0 ? (
            <EmptyState title="没有可选的同事" text="代办人须是您管辖单位的在岗人员，并已开通账号。" />
          ) : (
            <DelegationForm
              commandId={commandId}
              today={today}
              candidates={candidates}
              values={answer?.values ?? {}}
              errors={answer?.errors ?? {}}
            />
          )}
        </section>
        <div className="space-y-8">
          <section aria-labelledby="delegation-given">
            <h2 id="delegation-given" className="text-lg font-semibold">
              我委托的
            </h2>
            <DelegationList lines={given} empty="目前没有委托他人代办。" endLabel="收回" />
          </section>
          <section aria-labelledby="delegation-taken">
            <h2 id="delegation-taken" className="text-lg font-semibold">
              我代办的
            </h2>
            <DelegationList lines={taken} empty="目前没有代他人办理。" endLabel="交回" />
          </section>
        </div>
      </div>
    </>
  );
}
