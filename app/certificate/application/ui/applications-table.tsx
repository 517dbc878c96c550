import type { ReactNode } from 'react';
import { formatInstant } from '#app/platform/time/day.ts';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import type { Sort } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { ApplicationState } from '../application.ts';
import { APPLICATION_WORDS } from '../application.ts';
import { ApplicationBadge } from './application-badge.tsx';

interface Row {
  readonly id: string;
  readonly personName: string;
  readonly unitName: string;
  readonly fieldName: string;
  readonly state: ApplicationState;
  readonly filedByName: string;
  readonly filedAt: Date;
}

export interface ApplicationsTableProps {
  rows: readonly Row[];
  total: number;
  page: number;
  pageSize: number;
  sort: Sort;
  counts: readonly { readonly state: ApplicationState; readonly count: number }[];
  /** `/coordinate/applications` or `/bureau/applications` */
  base: string;
  emptyAction?: ReactNode;
}

/** Applications with their state; the filter by state says how many there are of each. */
export function ApplicationsTable(props: ApplicationsTableProps) {
  const { rows, total, page, pageSize, sort, counts, base, emptyAction } = props;
  const states = counts
    .filter(({ state, count }) => count > 0 || state !== 'draft')
    .map(({ state, count }) => ({
      value: state,
      label: `${APPLICATION_WORDS[state]}（${formatCount(count)}）`,
    }));
  const columns: readonly Column<Row>[] = [
    {
      id: 'name',
      header: '姓名',
      sortable: true,
      cell: (row) => <span className="whitespace-nowrap">{row.personName}</span>,
    },
    { id: 'unit', header: '单位', sortable: true, hideable: true, cell: (row) => row.unitName },
    { id: 'field', header: '执法领域', hideable: true, cell: (row) => row.fieldName },
    {
      id: 'state',
      header: '进度',
      filter: { kind: 'select', options: states },
      cell: (row) => <ApplicationBadge state={row.state} />,
    },
    { id: 'filedBy', header: '申报人', hideable: true, cell: (row) => row.filedByName },
    {
      id: 'filed',
      header: '申报时间',
      sortable: true,
      hideable: true,
      cell: (row) => formatInstant(row.filedAt),
    },
  ];
  return (
    <DataTable
      caption="证件申领"
      rows={rows}
      columns={columns}
      total={total}
      page={page}
      pageSize={pageSize}
      sort={sort}
      rowKey={(row) => row.id}
      rowHref={(row) => `${base}/${row.id}`}
      searchHint="姓名或拼音"
      empty={<EmptyState title="暂无申领" text="单位申报后会显示在这里。" action={emptyAction} />}
    />
  );
}
