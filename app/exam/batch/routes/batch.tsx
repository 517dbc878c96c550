import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { PapersCard } from '#app/office/document/ui/papers-card.tsx';
import { isId, newId } from '#app/platform/ids/id.ts';
import { HistoryCard } from '#app/platform/ui/data/history-card.tsx';
import { Stat, StatRow } from '#app/platform/ui/data/stat.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { BATCH_EVENT_LABELS, batchPath } from '../batch.ts';
import { actOnBatch } from '../batch-action.server.ts';
import { viewBatch } from '../batch-view.server.ts';
import { REGISTRATION_SUMMARY } from '../papers/registration-papers.ts';
import { REGISTRATIONS_TABLE } from '../registration/registrations-table-spec.ts';
import { BatchBadge } from '../ui/badges.tsx';
import { BatchFacts, BatchSteps, ChangeWindows } from '../ui/batch-head.tsx';
import { RegistrationsTable } from '../ui/registrations-table.tsx';
import { RecheckNote } from '../ui/recheck-note.tsx';
import { SittingsCard } from '../ui/sittings-card.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.batch.title ?? '考试批次'} · 执法学堂` },
];

export const loader = door('exam.manage', async ({ ctx, params, request }) => {
  if (!isId(params.batch)) throw new Response(null, { status: 404 });
  const { search, searchParams } = new URL(request.url);
  const query = parseTableQuery(searchParams, REGISTRATIONS_TABLE);
  const page = await viewBatch(ctx, params.batch, query);
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  const commands = {
    step: newId(),
    issue: newId(),
    change: newId(),
    release: newId(),
    bulk: newId(),
    paper: newId(),
  };
  return { ...page.value, size: query.size, sort: query.sort, search, commands };
});

export const action = door('exam.manage', async ({ ctx, params, request }) => {
  if (!isId(params.batch)) throw new Response(null, { status: 404 });
  const acted = await actOnBatch(ctx, params.batch, await request.formData());
  return 'to' in acted ? redirect(acted.to) : data(acted, { status: acted.status });
});

const FIGURES = [
  ['registered', '报名'],
  ['waiting', '待审核'],
  ['asked', '有申请'],
  ['approved', '审核通过'],
  ['returned', '已退回'],
  ['refused', '未通过'],
] as const;

export default function BatchDesk() {
  const page = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { batch, commands, figures } = page;
  const papers = [{ value: 'summary', label: REGISTRATION_SUMMARY.title }];
  return (
    <>
      <PageHead
        title={batch.title}
        breadcrumb={[{ label: '考试批次', to: '/bureau/exams/batches' }]}
        meta={<BatchBadge status={batch.status} phase={page.phase} />}
      />
      <Refusal text={answered?.refusal ?? null} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <StatRow>
          {FIGURES.map(([key, label]) => (
            <Stat key={key} label={label} value={formatCount(figures[key])} unit="人" />
          ))}
          <Stat label="缓考、免考" value={formatCount(figures.deferred + figures.exempt)} unit="人" />
        </StatRow>
        <div className="grid items-start gap-6 xl:grid-cols-[3fr_2fr]">
          <BatchFacts batch={batch} regionName={page.regionName} />
          <BatchSteps batch={batch} reason={answered?.reason ?? ''} commandIds={commands} />
        </div>
        <SittingsCard
          batch={batch}
          sittings={page.sittings}
          releasable={page.releasable}
          unplaced={page.unplaced}
          commandId={commands.release}
        />
        {figures.approved > 0 && (batch.status === 'open' || batch.status === 'closed') ? (
          <RecheckNote batchId={batch.id} recheck={page.recheck} />
        ) : null}
        <section>
          <h2 className="mb-3 text-lg font-semibold">报名名单</h2>
          <RegistrationsTable
            batchId={batch.id}
            rows={page.registrations}
            total={page.total}
            forBulk={page.forBulk}
            page={page.page}
            size={page.size}
            sort={page.sort}
            search={page.search}
            commandId={commands.bulk}
            mayDecide={batch.status === 'open' || batch.status === 'closed'}
          />
        </section>
        <ChangeWindows
          batch={batch}
          stamp={{ commandId: commands.change, lastResult: answered?.lastResult ?? null }}
        />
        <div className="grid items-start gap-6 xl:grid-cols-2">
          <PapersCard
            action={batchPath(batch.id)}
            commandId={commands.paper}
            offered={papers}
            documents={page.documents}
          />
          <HistoryCard
            lines={[...page.events].reverse().map(({ id, kind, at, byName, note }) => ({
              id,
              occurredAt: at,
              title: BATCH_EVENT_LABELS[kind] ?? kind,
              actorName: byName,
              note,
            }))}
          />
        </div>
      </div>
    </>
  );
}
