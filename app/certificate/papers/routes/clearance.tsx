import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { door } from '#app/accounts/door.server.ts';
import { drawnAnswer } from '#app/office/document/drawn-answer.ts';
import type { DrawnAnswer } from '#app/office/document/drawn-answer.ts';
import { DocumentList } from '#app/office/document/ui/document-list.tsx';
import { newId } from '#app/platform/ids/id.ts';
import { dayOf, formatDay, parseDay } from '#app/platform/time/day.ts';
import { Button } from '#app/platform/ui/data/button.tsx';
import { Card } from '#app/platform/ui/data/card.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { DateRangeField } from '#app/platform/ui/form/date-range-field.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatCount, groupDigits } from '#app/platform/ui/text/format.ts';
import { clearancePeriod, drawClearance, viewClearance } from '../clearance.server.ts';

export const meta: MetaFunction = () => [{ title: '证件清理公告 · 执法学堂' }];

const SHOWN = 200;

export const loader = door('certificate.decide', async ({ ctx, request }) => {
  const { searchParams } = new URL(request.url);
  const today = dayOf(ctx.clock.now());
  const period = clearancePeriod(searchParams.get('from'), searchParams.get('until'), today);
  const outcome = await viewClearance(ctx, period);
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return { page: outcome.value, commandId: newId() };
});

const drawSchema = z.object({ from: z.string(), until: z.string(), commandId: z.uuid() });

export const action = door('certificate.decide', async ({ ctx, request }) => {
  const parsed = drawSchema.safeParse(Object.fromEntries(await request.formData()));
  const from = parseDay(parsed.data?.from ?? '');
  const until = parseDay(parsed.data?.until ?? '');
  if (!parsed.success || from === null || until === null) throw new Response(null, { status: 400 });
  const drawn = answerOf(await drawClearance(ctx, { from, until, commandId: parsed.data.commandId }));
  return 'to' in drawn ? redirect(drawn.to) : data({ text: drawn.text }, { status: drawn.status });
});

function answerOf(outcome: Awaited<ReturnType<typeof drawClearance>>): DrawnAnswer {
  if (outcome.ok) return drawnAnswer(outcome);
  const { code } = outcome;
  if (code === 'PERIOD_REVERSED') return { status: 422, text: '开始日期不能晚于结束日期。' };
  if (code === 'PERIOD_IN_FUTURE') return { status: 422, text: '结束日期不能晚于今天。' };
  if (code === 'NOTHING_CLEARED') return { status: 422, text: '这段时间没有收回、注销或吊销的证件。' };
  return drawnAnswer({ ...outcome, code });
}

/** Which cards went out of use in a period, and the announcement that says so. */
export default function Clearance() {
  const { page, commandId } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const { from, until, lines } = page;
  return (
    <>
      <PageHead
        title="证件清理公告"
        breadcrumb={[{ label: '证件登记', to: '/bureau/certificates' }, { label: '证件清理公告' }]}
        meta={`${formatDay(from)}至${formatDay(until)}，收回、注销、吊销 ${formatCount(lines.length)} 件`}
      />
      <div className="space-y-8">
        {refusal ? (
          <div role="alert">
            <Callout tone="danger" title={refusal.text} />
          </div>
        ) : null}
        <Form method="get" className="flex flex-wrap items-end gap-4">
          <DateRangeField
            label="停止使用的日期"
            fromName="from"
            toName="until"
            fromValue={from}
            toValue={until}
            required
          />
          <Button type="submit">查看</Button>
        </Form>
        {lines.length === 0 ? (
          <EmptyState
            title="没有需要公告的证件"
            text="这段时间没有收回、注销或吊销的证件，可以换一段时间查看。"
          />
        ) : (
          <FormShell id="draw" commandId={commandId}>
            <input type="hidden" name="from" value={from} />
            <input type="hidden" name="until" value={until} />
            <SubmitButton busyText="正在出具…">{`出具公告，列明 ${formatCount(lines.length)} 件证件`}</SubmitButton>
          </FormShell>
        )}
        {page.documents.length > 0 ? (
          <Card title="已出具的公告">
            <DocumentList documents={page.documents} />
          </Card>
        ) : null}
        {lines.length > 0 ? <ClearedTable lines={lines} /> : null}
      </div>
    </>
  );
}

type Lines = ReturnType<typeof useLoaderData<typeof loader>>['page']['lines'];

function ClearedTable({ lines }: { lines: Lines }) {
  return (
    <SimpleTable
      caption={
        lines.length > SHOWN
          ? `停止使用的证件（列出前 ${SHOWN} 件，公告列明全部 ${formatCount(lines.length)} 件）`
          : '停止使用的证件'
      }
      head={['姓名', '单位', '证号', '处理方式', '事由', '日期']}
      rows={lines.slice(0, SHOWN).map((line) => ({
        key: line.certificateId,
        cells: [
          line.personName,
          line.unitName,
          <TextLink key="no" to={`/bureau/certificates/${line.certificateId}`}>
            {groupDigits(line.certificateNo)}
          </TextLink>,
          line.word,
          line.reason,
          formatDay(line.sinceDay),
        ],
      }))}
    />
  );
}
