import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { newId } from '#app/platform/ids/id.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { filterOf, viewDeliveries } from '../delivery/deliveries-view.server.ts';
import { DELIVERED_KEPT_DAYS } from '../delivery/purge-delivered.server.ts';
import { resendDeliveries } from '../delivery/resend-deliveries.server.ts';
import { resendSchema } from '../delivery/resend.schema.ts';
import { NOTICE_REFUSALS } from '../refusals.ts';
import { ResendDay } from '../ui/resend-forms.tsx';
import { ChannelTable, DeliveryTable } from '../ui/delivery-table.tsx';

export const meta: MetaFunction = () => [{ title: '投递记录 · 执法学堂' }];

export const loader = door('delivery.read', async ({ ctx, request }) => {
  const { filters, page, size } = parseTableQuery(new URL(request.url).searchParams, {
    sorts: ['created'],
    defaultSort: { field: 'created', direction: 'desc' },
    filters: ['channel', 'state'],
    defaultSize: 50,
  });
  const log = await viewDeliveries(ctx, filterOf(filters), { page, size });
  if (!log.ok) throw new Response(null, { status: 403 });
  return { ...log.value, pageSize: size, keptDays: DELIVERED_KEPT_DAYS, commandId: newId() };
});

export const action = door('delivery.resend', async ({ ctx, request }) => {
  const submission = parseForm(await request.formData(), resendSchema);
  if (submission.status !== 'success') return data({ text: '请选择要再次投递的记录。' }, { status: 422 });
  const outcome = await resendDeliveries(ctx, submission.value);
  if (outcome.ok) {
    // Back to the same filter and page: the form was sent from there.
    const { search } = new URL(request.url);
    const asked = new URLSearchParams(search);
    asked.set('notice', 'resent');
    return redirect(`/admin/deliveries?${asked.toString()}`);
  }
  const { text, status } = answerFor(outcome, NOTICE_REFUSALS);
  return data({ text }, { status });
});

export default function Deliveries() {
  const { channels, failedDays, mayResend, keptDays, commandId, ...log } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title="投递记录"
        breadcrumb={[{ label: '平台' }, { label: '投递记录' }]}
        meta={`通知经邮件和网关发出的情况；失败后自动重试，最多 8 次，不显示通知内容；已投递的列出 ${keptDays} 天，投递日志一直保留`}
      />
      <div className="space-y-10">
        {refusal ? (
          <div role="alert">
            <Callout tone="danger" title={refusal.text} />
          </div>
        ) : null}
        <div className="max-w-3xl">
          <ChannelTable channels={channels} />
        </div>
        {mayResend ? <ResendDay days={failedDays} commandId={commandId} /> : null}
        <DeliveryTable {...log} commandId={mayResend ? commandId : null} />
      </div>
    </>
  );
}
