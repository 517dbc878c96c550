import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import {
  CHANGE_KINDS,
  CHANGE_LABELS,
  CHANGE_STATES,
  CHANGE_STATE_LABELS,
} from '#app/organization/change/change-kind.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import type { ChangeLine } from '../changes-view.server.ts';
import { viewChanges } from '../changes-view.server.ts';
import { CHANGES_TABLE } from '../change-tables.ts';
import { KIND_WORDS } from '../plan-words.ts';
import { ChangeBadge } from '../ui/change-badge.tsx';

export const meta: MetaFunction = () => [{ title: '机构变更 · 执法学堂' }];

export const loader = door('organization.change', async ({ ctx, request }) => {
  const query = parseTableQuery(new URL(request.url).searchParams, CHANGES_TABLE);
  const outcome = await viewChanges(ctx, query);
  if (!outcome.ok) throw new Response(null, { status: 403 });
  return { ...outcome.value, pageSize: query.size, sort: query.sort };
});

const COLUMNS: readonly Column<ChangeLine>[] = [
  { id: 'title', header: '事项', cell: (row) => row.title },
  {
    id: 'kind',
    header: '类型',
    hideable: true,
    filter: {
      kind: 'select',
      options: CHANGE_KINDS.map((kind) => ({ value: kind, label: CHANGE_LABELS[kind] })),
    },
    cell: (row) => CHANGE_LABELS[row.kind],
  },
  {
    id: 'state',
    header: '状态',
    filter: {
      kind: 'select',
      options: CHANGE_STATES.map((state) => ({ value: state, label: CHANGE_STATE_LABELS[state] })),
    },
    cell: (row) => <ChangeBadge state={row.state} />,
  },
  { id: 'day', header: '生效日期', sortable: true, cell: (row) => formatDay(row.effectiveDay) },
  { id: 'document', header: '批文号', hideable: true, cell: (row) => row.documentNo },
  { id: 'filed', header: '经办', sortable: true, hideable: true, cell: (row) => row.filedByName ?? '–' },
];

/** Every act with its state, and the choice of a new one. */
export default function Changes() {
  const table = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="机构变更" breadcrumb={[{ label: '机构与人员' }, { label: '机构变更' }]} />
      <section aria-labelledby="new-change" className="mb-8">
        <h2 id="new-change" className="mb-3 text-lg font-semibold">
          办理新事项
        </h2>
        <ul className="grid gap-x-8 gap-y-3 md:grid-cols-2 xl:grid-cols-3">
          {CHANGE_KINDS.map((kind) => (
            <li key={kind}>
              <TextLink to={`/bureau/organisation/changes/new/${kind}`}>{CHANGE_LABELS[kind]}</TextLink>
              <p className="text-sm text-ink-muted">{KIND_WORDS[kind].purpose}</p>
            </li>
          ))}
        </ul>
      </section>
      <DataTable
        caption="机构变更事项"
        columns={COLUMNS}
        {...table}
        rowKey={(row) => row.id}
        rowHref={(row) => `/bureau/organisation/changes/${row.id}`}
        searchHint="单位名称或批文号"
        empty={<EmptyState title="还没有机构变更" text="在上方选择要办理的事项。" />}
      />
    </>
  );
}
