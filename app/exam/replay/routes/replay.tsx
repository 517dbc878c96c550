import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { dayOf, formatDay, formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { PrintSheet } from '#app/platform/ui/print/print-sheet.tsx';
import { openReplay } from '../open-replay.server.ts';
import { viewReplay } from '../replay-view.server.ts';
import { timelineOf } from '../timeline.ts';
import { ReplayDesk } from '../ui/replay-desk.tsx';
import { ReplayTimeline } from '../ui/replay-timeline.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `作答回放：${page?.subject?.personName ?? ''} · 执法学堂` },
];

const MAX_REASON = 500;

const OWN_EXAM =
  '您是本批考试的考生：不能查看本人的作答回放；本批考试全部结束、您本人不再待考之前，也不能查看其他考生的。请由其他工作人员办理。';

/** The moment in the URL: an instant (`at`), or seconds from the start (`second`, the slider). The start otherwise. */
function momentOf(search: URLSearchParams, startMs: number, endMs: number): number {
  const second = search.get('second');
  const asked = second === null ? Date.parse(search.get('at') ?? '') : startMs + Number(second) * 1000;
  return Number.isFinite(asked) ? Math.min(endMs, Math.max(startMs, asked)) : endMs;
}

export const loader = door('exam.replay', async ({ ctx, params, request }) => {
  if (!isId(params.attempt)) throw new Response(null, { status: 404 });
  const { searchParams } = new URL(request.url);
  const visit = searchParams.get('visit');
  const page = await viewReplay(ctx, params.attempt, visit !== null && isId(visit) ? visit : null);
  if (!page.ok && page.code === 'OWN_EXAM')
    return data({ subject: null, open: null, at: null }, { status: 403 });
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  const { subject, open } = page.value;
  if (!open || visit === null) return { subject, open: null, at: searchParams.get('at') };
  const entries = timelineOf(open.story);
  const startMs = subject.startedAt.getTime();
  const lastMs = entries[entries.length - 1]?.atMs ?? startMs;
  const endMs = Math.max(lastMs, (subject.finalisedAt ?? ctx.clock.now()).getTime());
  const atMs = momentOf(searchParams, startMs, endMs);
  return { subject, open: { ...open, visit, entries, startMs, endMs, atMs }, at: null };
});

export const action = door('exam.replay', async ({ ctx, params, request }) => {
  if (!isId(params.attempt)) throw new Response(null, { status: 404 });
  const form = await request.formData();
  const typed = String(form.get('reason') ?? '');
  if (typed.length > MAX_REASON)
    return data({ typed, text: `事由不超过 ${MAX_REASON} 字。` }, { status: 422 });
  const outcome = await openReplay(ctx, { attemptId: params.attempt, reason: typed });
  if (!outcome.ok) {
    if (outcome.code === 'REASON_REQUIRED')
      return data({ typed, text: '请填写查看回放的事由。' }, { status: 422 });
    if (outcome.code === 'OWN_EXAM') return data({ typed, text: OWN_EXAM }, { status: 403 });
    throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  }
  const at = form.get('at');
  const moment = typeof at === 'string' && at !== '' ? `&at=${encodeURIComponent(at)}` : '';
  return redirect(`/bureau/exams/replay/${params.attempt}?visit=${outcome.value.visitId}${moment}`);
});

/** An attempt at any second, for an appeal. */
export default function Replay() {
  const { subject, open, at } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (!subject)
    return (
      <>
        <PageHead title="作答回放" breadcrumb={[{ label: '监考', to: '/invigilate' }]} />
        <Callout tone="warning" title={OWN_EXAM} />
      </>
    );
  const head = (
    <PageHead
      title={`作答回放：${subject.personName}`}
      breadcrumb={[
        { label: '监考', to: '/invigilate' },
        { label: subject.title, to: `/invigilate/${subject.sittingId}` },
        { label: subject.personName, to: `/invigilate/${subject.sittingId}/${subject.registrationId}` },
      ]}
      meta={`${subject.unitName} · 准考证号 ${subject.ticketNo} · ${formatInstant(subject.startedAt)} 开始作答 · 试卷 ${subject.contentHash.slice(0, 16)}`}
    />
  );
  if (!open)
    return (
      <>
        {head}
        <Card title="查看事由" className="max-w-2xl">
          <Form method="post" noValidate className="grid gap-4">
            {at === null ? null : <input type="hidden" name="at" value={at} />}
            <TextArea
              label="事由"
              name="reason"
              id="reason"
              required
              rows={3}
              hint="例如：考生 11 月 24 日书面申请复核。事由、查看人和时间记入审计日志。"
              defaultValue={answer?.typed}
              error={answer?.text}
            />
            <div>
              <SubmitButton busyText="正在打开…">查看回放</SubmitButton>
            </div>
          </Form>
        </Card>
      </>
    );
  return (
    <PrintSheet unit={subject.officeName} date={formatDay(dayOf(open.openedAt))}>
      {/* One column that may be narrower than its contents: the sheet is a table, which would grow with them. */}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        {head}
        <Callout tone="info" title="由作答记录和试卷重新还原，不含标准答案">
          {`查看事由：${open.reason}（${open.viewerName}，${formatInstant(open.openedAt)}）。屏幕显示的时刻按设备时间推算，服务器收到的时刻为准。`}
        </Callout>
        <ReplayDesk
          key={`${open.visit}-${open.atMs}`}
          story={open.story}
          entries={open.entries}
          visitId={open.visit}
          startMs={open.startMs}
          endMs={open.endMs}
          atMs={open.atMs}
        />
        <Card title="作答过程">
          <ReplayTimeline entries={open.entries} visitId={open.visit} />
        </Card>
      </div>
    </PrintSheet>
  );
}
