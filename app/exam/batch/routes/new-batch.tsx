import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { newId } from '#app/platform/ids/id.ts';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { batchPath } from '../batch.ts';
import { batchFormSchema } from '../batch.schema.ts';
import { createBatch } from '../create-batch.server.ts';
import { viewNewBatch } from '../new-batch-view.server.ts';
import { BATCH_REFUSALS } from '../refusals.ts';
import { BatchForm } from '../ui/batch-form.tsx';

export const meta: MetaFunction = () => [{ title: '新建考试批次 · 执法学堂' }];

export const loader = door('exam.manage', async ({ ctx }) => {
  const page = await viewNewBatch(ctx);
  if (!page.ok) throw new Response(null, { status: 403 });
  return { page: page.value, commandId: newId() };
});

export const action = door('exam.manage', async ({ ctx, request }) => {
  const submission = parseForm(await request.formData(), batchFormSchema);
  if (submission.status !== 'success')
    return data({ lastResult: submission.reply(), refusal: null }, { status: 422 });
  const { lateUntil, preconditionCourse, ...asked } = submission.value;
  const outcome = await createBatch(ctx, {
    ...asked,
    lateUntil: lateUntil ?? null,
    preconditionCourse: preconditionCourse ?? null,
  });
  if (outcome.ok) return redirect(`${batchPath(outcome.value.batchId)}?notice=created`);
  const { text, status } = answerFor(outcome, BATCH_REFUSALS);
  return data({ lastResult: submission.reply(), refusal: text }, { status });
});

export default function NewBatch() {
  const { page, commandId } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title="新建考试批次"
        breadcrumb={[{ label: '考试批次', to: '/bureau/exams/batches' }]}
        meta="建立后为草稿，开放报名前各单位看不到"
      />
      <Refusal text={answered?.refusal ?? null} />
      <BatchForm page={page} commandId={commandId} lastResult={answered?.lastResult ?? null} />
    </>
  );
}
