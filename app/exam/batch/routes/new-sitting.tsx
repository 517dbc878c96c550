import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { readIpRanges } from '../../seating/ip-range.ts';
import { addSitting } from '../add-sitting.server.ts';
import { batchPath } from '../batch.ts';
import { sittingFormSchema } from '../batch.schema.ts';
import { viewNewSitting } from '../new-sitting-view.server.ts';
import { BATCH_REFUSALS } from '../refusals.ts';
import { SittingForm } from '../ui/sitting-form.tsx';

export const meta: MetaFunction = () => [{ title: '增加场次 · 执法学堂' }];

export const loader = door('exam.manage', async ({ ctx, params }) => {
  if (!isId(params.batch)) throw new Response(null, { status: 404 });
  const page = await viewNewSitting(ctx, params.batch);
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  return { page: page.value, commandId: newId() };
});

export const action = door('exam.manage', async ({ ctx, params, request }) => {
  if (!isId(params.batch)) throw new Response(null, { status: 404 });
  const submission = parseForm(await request.formData(), sittingFormSchema);
  if (submission.status !== 'success')
    return data({ lastResult: submission.reply(), refusal: null }, { status: 422 });
  const { durationMinutes, earliestHandInMinutes, ipRanges, checkInFrom, focusLimit, ...asked } =
    submission.value;
  const outcome = await addSitting(ctx, {
    ...asked,
    batchId: params.batch,
    durationSeconds: durationMinutes * 60,
    earliestHandInSeconds: earliestHandInMinutes * 60,
    ipRanges: readIpRanges(ipRanges ?? '').ranges,
    checkInFrom: checkInFrom ?? null,
    focusLimit: focusLimit ?? null,
  });
  if (outcome.ok) return redirect(`${batchPath(params.batch)}?notice=created`);
  const { text, status } = answerFor(outcome, BATCH_REFUSALS);
  return data({ lastResult: submission.reply(), refusal: text }, { status });
});

export default function NewSitting() {
  const { page, commandId } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title="增加场次"
        breadcrumb={[
          { label: '考试批次', to: '/bureau/exams/batches' },
          { label: page.title, to: batchPath(page.batchId) },
        ]}
        meta={`${page.blueprintTitle}；到时后仍接收在途答案的时间按本地区规则`}
      />
      <Refusal text={answered?.refusal ?? null} />
      <SittingForm
        title={page.suggestedTitle}
        durationMinutes={page.durationMinutes}
        commandId={commandId}
        lastResult={answered?.lastResult ?? null}
      />
    </>
  );
}
