import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData, useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { ProgressBar } from '#app/platform/ui/feedback/progress.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { useHydrated } from '#app/platform/ui/hydrated.ts';
import { batchView } from '../batch-view.server.ts';
import { cancelBatch, continueBatch } from '../draw-batch.server.ts';
import { DOCUMENTS_PATH, batchPath, documentPath } from '../paths.ts';
import { DOCUMENT_REFUSALS } from '../refusals.ts';
import { BatchFinished } from '../ui/batch-finished.tsx';
import { BATCH_STATE_LABELS, continueText, progressDetail, whereDrawn } from '../ui/batch-words.ts';

export const meta: MetaFunction = () => [{ title: '批量出具文书 · 执法学堂' }];

const ASK_EVERY_MS = 1_000;

export const loader = door('document.draw', async ({ ctx, params }) => {
  if (!isId(params.batch)) throw new Response(null, { status: 404 });
  const outcome = await batchView(ctx, params.batch);
  if (!outcome.ok) throw new Response(null, { status: 404 });
  return { page: outcome.value, commandId: newId() };
});

export const action = door('document.draw', async ({ ctx, params, request }) => {
  if (!isId(params.batch)) throw new Response(null, { status: 404 });
  const isContinued = (await request.formData()).get('intent') === 'continue';
  const outcome = await (isContinued ? continueBatch : cancelBatch)(ctx, params.batch);
  if (outcome.ok) return redirect(`${batchPath(params.batch)}${isContinued ? '' : '?notice=withdrawn'}`);
  const { status, text } = answerFor(outcome, DOCUMENT_REFUSALS);
  return data({ text }, { status });
});

/** A batch on its way or done; may be left and found again on the documents page. */
export default function Batch() {
  const { page, commandId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { batch, failures } = page;
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
        {batch.state === 'finished' || batch.state === 'expired' ? <BatchFinished page={page} /> : null}
        {batch.state === 'cancelled' || batch.state === 'stopped' ? <CutShort page={page} /> : null}
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
        {page.left > 0 ? (
          <FormShell id="continue" commandId={commandId}>
            <SubmitButton name="intent" value="continue" busyText="正在继续…">
              {continueText(batch.drawn, page.left)}
            </SubmitButton>
          </FormShell>
        ) : null}
        <Unnumbered page={page} />
      </div>
    </>
  );
}

type BatchPage = ReturnType<typeof useLoaderData<typeof loader>>['page'];

/** Cancelled by its person, or given up by the queue: what there is, and how to get the rest. */
function CutShort({ page }: { page: BatchPage }) {
  const { batch } = page;
  const isStopped = batch.state === 'stopped';
  return (
    <Callout
      tone={isStopped ? 'warning' : 'info'}
      title={
        isStopped
          ? `出具中断，已出具 ${batch.drawn}/${batch.total} 份`
          : `已取消，取消前出具了 ${batch.drawn} 份`
      }
      action={
        page.file === 'ready' ? (
          <LinkButton to={`${batchPath(batch.id)}/file`} reloadDocument>
            下载已出具的（.zip）
          </LinkButton>
        ) : undefined
      }
    >
      {isStopped ? (
        <p>系统多次重试未成功。已出具的文书保留；可以继续出具其余的，仍不成功请联系系统管理员。</p>
      ) : null}
      {batch.drawn > 0 ? <p>{whereDrawn(page)}</p> : null}
    </Callout>
  );
}

/** Papers of the batch that wait for their number, each one link away. */
function Unnumbered({ page }: { page: BatchPage }) {
  const { count, first } = page.unnumbered;
  if (count === 0) return null;
  return (
    <Card title={`${count} 份待登记文号`}>
      <ul className="space-y-1">
        {first.map(({ id, title }) => (
          <li key={id}>
            <TextLink to={documentPath(id)}>{title}</TextLink>
          </li>
        ))}
      </ul>
      {count > first.length ? (
        <p className="mt-2 text-sm text-ink-muted">{`另有 ${count - first.length} 份，登记后依次列出。`}</p>
      ) : null}
    </Card>
  );
}

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
      <p className="text-sm text-ink-muted">可以离开这个页面，在“待办任务”或“文书”里找到进度和结果。</p>
      <div className="flex flex-wrap gap-3">
        {isHydrated ? null : (
          <LinkButton to="" reloadDocument>
            刷新进度
          </LinkButton>
        )}
        <FormShell id="cancel" commandId={commandId}>
          <SubmitButton
            name="intent"
            value="cancel"
            tone="secondary"
          >{`取消，其余 ${batch.total - done} 份不再出具`}</SubmitButton>
        </FormShell>
      </div>
    </div>
  );
}
