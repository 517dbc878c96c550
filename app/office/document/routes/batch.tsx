import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData, useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { ProgressBar } from '#app/platform/ui/feedback/progress.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { useHydrated } from '#app/platform/ui/hydrated.ts';
import { batchView } from '../batch-view.server.ts';
import { cancelBatch } from '../draw-batch.server.ts';
import { DOCUMENTS_PATH, batchPath } from '../paths.ts';
import { DOCUMENT_REFUSALS } from '../refusals.ts';
import { BATCH_STATE_LABELS, progressDetail } from '../ui/batch-words.ts';

export const meta: MetaFunction = () => [{ title: '批量出具文书 · 执法学堂' }];

const ASK_EVERY_MS = 1_000;

export const loader = door('document.draw', async ({ ctx, params }) => {
  if (!isId(params.batch)) throw new Response(null, { status: 404 });
  const outcome = await batchView(ctx, params.batch);
  if (!outcome.ok) throw new Response(null, { status: 404 });
  return { page: outcome.value, commandId: newId() };
});

export const action = door('document.draw', async ({ ctx, params }) => {
  if (!isId(params.batch)) throw new Response(null, { status: 404 });
  const outcome = await cancelBatch(ctx, params.batch);
  if (outcome.ok) return redirect(`${batchPath(params.batch)}?notice=withdrawn`);
  const { status, text } = answerFor(outcome, DOCUMENT_REFUSALS);
  return data({ text }, { status });
});

/** A batch on its way or done; may be left and found again on the documents page. */
export default function Batch() {
  const { page, commandId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { batch, failures, lastDay } = page;
  const isRunning = batch.state === 'waiting' || batch.state === 'drawing';
  return (
    <>
      <PageHead
        title={batch.title}
        breadcrumb={[{ label: '文书', to: DOCUMENTS_PATH }, { label: '批量出具' }]}
        meta={`${formatInstant(batch.startedAt)} 开始 · ${BATCH_STATE_LABELS[batch.state]}`}
      />
      {answer ? (
        <div className="mb-6" role="alert">
          <Callout tone="danger" title={answer.text} />
        </div>
      ) : null}
      <div className="max-w-2xl space-y-6">
        {isRunning ? <Running page={page} commandId={commandId} /> : null}
        {batch.state === 'finished' ? (
          <Callout
            tone="success"
            title={`已出具 ${batch.drawn} 份，打成一个压缩包`}
            action={
              <LinkButton to={`${batchPath(batch.id)}/file`} tone="primary" reloadDocument>
                下载压缩包（.zip）
              </LinkButton>
            }
          >
            <p>{`可下载至 ${formatDay(lastDay)}；各份文书一直保留在“文书”里。`}</p>
          </Callout>
        ) : null}
        {batch.state === 'cancelled' ? (
          <Callout tone="info" title={`已取消，取消前出具了 ${batch.drawn} 份`}>
            <p>已出具的文书仍可在“文书”里查看和下载。</p>
          </Callout>
        ) : null}
        {batch.state === 'expired' ? (
          <Callout tone="info" title="压缩包已过保存期">
            <p>各份文书仍可在“文书”里查看和下载。</p>
          </Callout>
        ) : null}
        {failures.length > 0 ? (
          <Card title={`${batch.failed} 份没有出具`}>
            <ul className="space-y-2">
              {failures.map(({ title, failure }) => (
                <li key={title}>
                  <span className="font-semibold">{title}</span>
                  <span className="block text-sm text-ink-muted">{failure}</span>
                </li>
              ))}
            </ul>
          </Card>
        ) : null}
      </div>
    </>
  );
}

type BatchPage = ReturnType<typeof useLoaderData<typeof loader>>['page'];

function Running({ page, commandId }: { page: BatchPage; commandId: string }) {
  const { batch, now } = page;
  const isHydrated = useHydrated();
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (state !== 'idle') return;
    const timer = setTimeout(revalidate, ASK_EVERY_MS);
    return () => clearTimeout(timer);
  }, [revalidate, state]);
  const done = batch.drawn + batch.failed;
  return (
    <div className="space-y-4">
      <div role="status">
        <ProgressBar
          value={done}
          max={batch.total}
          label={BATCH_STATE_LABELS[batch.state]}
          detail={progressDetail(done, batch.total, now.getTime() - batch.startedAt.getTime())}
        />
      </div>
      <p className="text-sm text-ink-muted">可以离开这个页面，完成后在“文书”里找到。</p>
      <div className="flex flex-wrap gap-3">
        {isHydrated ? null : (
          <LinkButton to="" reloadDocument>
            刷新进度
          </LinkButton>
        )}
        <FormShell id="cancel" commandId={commandId}>
          <SubmitButton tone="secondary">{`取消，其余 ${batch.total - done} 份不再出具`}</SubmitButton>
        </FormShell>
      </div>
    </div>
  );
}
