import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatRange } from '#app/platform/time/day.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { KEY_IN_PATH, keyInPath, sheetPath } from '../../confirmation.ts';
import { importSheets } from '../import-sheets.server.ts';
import { MAX_SHEETS_BYTES } from '../sheet-limits.ts';
import { viewKeyIn } from '../key-in-view.server.ts';
import { KEY_IN_REFUSALS } from '../refusals.ts';
import { SittingSteps } from '../../ui/sitting-steps.tsx';
import { ImportCard } from '../ui/import-card.tsx';
import { ScanForm } from '../ui/scan-form.tsx';
import { SHEET_COLUMNS } from '../ui/sheet-columns.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.sitting.title ?? '考试'}答题卡录入 · 执法学堂` },
];

export const loader = door('exam.key_in', async ({ ctx, params, request }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const search = new URL(request.url).searchParams;
  const query = parseTableQuery(search, {
    sorts: ['seat'],
    defaultSort: { field: 'seat', direction: 'asc' },
    filters: ['state'],
  });
  const outcome = await viewKeyIn(ctx, params.sitting, query);
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return {
    ...outcome.value,
    size: query.size,
    sort: query.sort,
    done: search.get('done'),
    commandId: newId(),
  };
});

export const action = door('exam.key_in', async ({ ctx, params, request }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const form = await request.formData();
  const file = form.get('file');
  const commandId = form.get('commandId');
  if (!isId(commandId) || !(file instanceof File) || file.size === 0)
    return data({ refusal: '请选择要导入的文件。', answer: null }, { status: 422 });
  if (file.size > MAX_SHEETS_BYTES)
    return data({ refusal: '文件过大，请分成几个文件导入。', answer: null }, { status: 422 });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const outcome = await importSheets(ctx, { sittingId: params.sitting, bytes, commandId });
  if (!outcome.ok) {
    const { text, status } = answerFor(outcome, KEY_IN_REFUSALS);
    return data({ refusal: text, answer: null }, { status });
  }
  if (outcome.value.is !== 'taken') return data({ refusal: null, answer: outcome.value }, { status: 422 });
  const { waits, differ, landed } = outcome.value.counts;
  return redirect(`${keyInPath(params.sitting)}?done=${waits}-${differ}-${landed}`);
});

/** What a sheet or an import came to, from the address it led to: figures only. */
function importedText(done: string | null): string | null {
  const counts = /^(\d{1,5})-(\d{1,5})-(\d{1,5})$/.exec(done ?? '');
  if (!counts) return null;
  const [, waits, differ, landed] = counts;
  return `已录入：${waits} 份等待另一人录入，${landed} 份两遍一致已入库评分，${differ} 份不一致待核定。`;
}

/** 答题卡录入: every sheet of a printed sitting, read by two people, one after the other or at once. */
export default function KeyIn() {
  const { sitting, isBureau, obstacle, rows, total, page, size, sort, done, commandId } =
    useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const imported = importedText(done);
  return (
    <>
      <PageHead
        title={sitting.title}
        breadcrumb={[{ label: '答题卡录入', to: KEY_IN_PATH }, { label: sitting.title }]}
        meta={
          <>
            <span className="tabular-nums">{formatRange(sitting.opensAt, sitting.hardEndAt)}</span>
            {' · 每份答题卡由两人独立录入，一致的入库评分，不一致的由第三人对照答题卡核定。'}
          </>
        }
        scope={isBureau ? <SittingSteps sittingId={sitting.id} here="key_in" /> : null}
      />
      {obstacle ? (
        <div className="mb-6">
          <Callout tone="info" title={KEY_IN_REFUSALS[obstacle].text} />
        </div>
      ) : null}
      {imported ? (
        <div className="mb-6" role="status">
          <Callout tone="success" title={imported} />
        </div>
      ) : null}
      <div className="space-y-6">
        {obstacle ? null : <ScanForm sittingId={sitting.id} isGoingOn={imported !== null} />}
        {obstacle ? null : (
          <ImportCard
            commandId={commandId}
            refusal={answered?.refusal ?? null}
            answer={answered?.answer ?? null}
          />
        )}
        {obstacle === 'NOT_PRINTED' || obstacle === 'NOT_HELD' ? null : (
          <DataTable
            caption="答题卡"
            columns={SHEET_COLUMNS}
            rows={rows}
            total={total}
            page={page}
            pageSize={size}
            sort={sort}
            rowKey={(row) => row.registrationId}
            rowHref={(row) => sheetPath(sitting.id, row.ticketNo)}
            searchHint="准考证号、姓名"
            empty={<EmptyState title="没有符合条件的答题卡" text="换一个条件再查。" />}
          />
        )}
      </div>
    </>
  );
}
