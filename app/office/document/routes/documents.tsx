import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Card } from '#app/platform/ui/data/card.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { DOCUMENT_SORTS } from '../document-sorts.ts';
import type { DocumentLine } from '../documents-view.server.ts';
import { documentsView } from '../documents-view.server.ts';
import { batchPath, documentPath } from '../paths.ts';
import { BATCH_STATE_LABELS } from '../ui/batch-words.ts';
import { NumberState } from '../ui/document-list.tsx';

export const meta: MetaFunction = () => [{ title: '文书 · 执法学堂' }];

export const loader = door('document.read', async ({ ctx, request }) => {
  const query = parseTableQuery(new URL(request.url).searchParams, {
    sorts: DOCUMENT_SORTS,
    defaultSort: { field: 'drawnAt', direction: 'desc' },
    filters: ['paper', 'numbered'],
  });
  const outcome = await documentsView(ctx, query);
  if (!outcome.ok) throw new Response(null, { status: 403 });
  return { ...outcome.value, size: query.size, sort: query.sort };
});

function columnsFor(papers: readonly { value: string; label: string }[]): readonly Column<DocumentLine>[] {
  return [
    {
      id: 'title',
      header: '标题',
      sortable: true,
      cell: (row) => <span className="block min-w-48">{row.title}</span>,
    },
    {
      id: 'paper',
      header: '文书',
      hideable: true,
      filter: { kind: 'select', options: papers },
      cell: (row) => row.paperTitle,
    },
    {
      id: 'numbered',
      header: '文号',
      filter: {
        kind: 'select',
        options: [
          { value: 'no', label: '未登记' },
          { value: 'yes', label: '已登记' },
        ],
      },
      cell: (row) => <NumberState {...row} />,
    },
    {
      id: 'drawnAt',
      header: '出具',
      sortable: true,
      hideable: true,
      cell: (row) => (
        <span className="whitespace-nowrap">
          {formatInstant(row.drawnAt)}
          <br />
          {row.drawerName}
        </span>
      ),
    },
  ];
}

export default function Documents() {
  const { rows, total, page, size, sort, papers, batches } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="文书" meta="已出具的文书；签发后在这里登记文号、附上盖章扫描件" />
      {batches.length > 0 ? (
        <Card title="我批量出具的文书" className="mb-6">
          <ul className="divide-y divide-line">
            {batches.map((batch) => (
              <li
                key={batch.id}
                className="flex flex-wrap items-baseline justify-between gap-x-4 py-2 first:pt-0 last:pb-0"
              >
                <TextLink to={batchPath(batch.id)}>{batch.title}</TextLink>
                <span className="text-sm tabular-nums text-ink-muted">
                  {`${BATCH_STATE_LABELS[batch.state]} ${batch.drawn}/${batch.total} 份 · ${formatInstant(batch.startedAt)}`}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      <DataTable
        caption="文书"
        columns={columnsFor(papers)}
        rows={rows}
        total={total}
        page={page}
        pageSize={size}
        sort={sort}
        rowKey={(row) => row.id}
        rowHref={(row) => documentPath(row.id)}
        searchHint="标题或文号"
        empty={
          <EmptyState title="还没有文书" text="在证件、申领、培训班等页面点“出具文书”，文书会列在这里。" />
        }
      />
    </>
  );
}
