import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { firstErrors, typedTexts } from '#app/platform/ui/form/form-texts.ts';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { handOver } from '../hand-over.server.ts';
import { handoverFormSchema } from '../handover.schema.ts';
import { viewNewHandover } from '../handover-views.server.ts';
import { HANDOVER_REFUSALS } from '../refusals.ts';
import { FromForm, HandoverForm } from '../ui/handover-form.tsx';
import { ItemGroups } from '../ui/item-groups.tsx';

export const meta: MetaFunction = () => [{ title: '办理工作交接 · 执法学堂' }];

export const loader = door('handover.file', async ({ ctx, request }) => {
  const from = new URL(request.url).searchParams.get('from');
  const view = await viewNewHandover(ctx, isId(from ?? '') ? from : null);
  if (!view.ok) throw new Response(null, { status: view.code === 'FORBIDDEN' ? 403 : 404 });
  return { view: view.value, commandId: newId() };
});

export const action = door('handover.file', async ({ ctx, request }) => {
  const formData = await request.formData();
  const submission = parseForm(formData, handoverFormSchema);
  if (submission.status !== 'success') {
    const errors = firstErrors(submission.error);
    return data({ values: typedTexts(formData), errors, refusal: null }, { status: 422 });
  }
  const outcome = await handOver(ctx, submission.value);
  if (outcome.ok) throw redirect(`/tasks/handovers/${outcome.value.handoverId}?notice=saved`);
  const refusal = answerFor(outcome, HANDOVER_REFUSALS);
  return data({ values: typedTexts(formData), errors: {}, refusal }, { status: refusal.status });
});

export default function NewHandover() {
  const { view, commandId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { fromAccountId } = view;
  return (
    <>
      <PageHead
        title="办理工作交接"
        breadcrumb={[
          { label: '待办任务', to: '/tasks' },
          { label: '工作交接', to: '/tasks/handovers' },
          { label: '办理' },
        ]}
        meta="岗位职责、待办任务和在办事项一次移交；历史记录仍记在原经办人名下"
      />
      {answer?.refusal ? <Callout tone="danger" title={answer.refusal.text} /> : null}
      {view.from.length === 0 ? (
        <EmptyState
          title="没有可以交接的岗位"
          text="管辖单位内还没有担任单位联络员、单位负责人等岗位的在岗人员。"
        />
      ) : (
        <FromForm view={view} />
      )}
      {fromAccountId === null ? null : view.itemCount === 0 ? (
        <EmptyState title="没有需要交接的事项" text="所选移交人名下没有岗位职责、待办任务和在办事项。" />
      ) : (
        <div className="space-y-10">
          <ItemGroups groups={view.groups} />
          <HandoverForm
            commandId={commandId}
            view={{ ...view, fromAccountId }}
            values={answer?.values ?? {}}
            errors={answer?.errors ?? {}}
          />
        </div>
      )}
    </>
  );
}
