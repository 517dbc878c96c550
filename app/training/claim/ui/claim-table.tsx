import type { ReactNode } from 'react';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import type { Sort } from '#app/platform/ui/table/table-query.ts';
import { formatHours, formatHoursFigure } from '#app/platform/ui/text/format.ts';
import { CLAIM_KIND_LABELS, CLAIM_KINDS, CLAIM_STATE_LABELS, CLAIM_STATES } from '../claim.ts';
import { claimPath } from '../claim-tasks.ts';
import type { ClaimLine } from '../claims-view.server.ts';
import { ClaimBadge, claimDays } from './claim-detail.tsx';

export interface ClaimTableProps {
  readonly rows: readonly ClaimLine[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly sort: Sort;
  readonly mayVerify: boolean;
  readonly commandId: string;
  readonly emptyAction: ReactNode;
}

/** Names break after six characters at the earliest, beside dates and states that never do. */
const Words = ({ text }: { text: string }) => <span className="block min-w-[6.5em]">{text}</span>;

const COLUMNS: readonly Column<ClaimLine>[] = [
  {
    id: 'person',
    header: '姓名',
    sortable: true,
    cell: (row) => <span className="whitespace-nowrap">{row.personName}</span>,
  },
  { id: 'unit', header: '单位', hideable: true, cell: (row) => <Words text={row.unitName} /> },
  { id: 'title', header: '培训名称', cell: (row) => <Words text={row.title} /> },
  { id: 'organiser', header: '主办单位', hideable: true, cell: (row) => <Words text={row.organiser} /> },
  {
    id: 'day',
    header: '培训日期',
    sortable: true,
    hideable: true,
    cell: (row) => <span className="whitespace-nowrap tabular-nums">{claimDays(row)}</span>,
  },
  {
    id: 'kind',
    header: '种类',
    hideable: true,
    filter: {
      kind: 'select',
      options: CLAIM_KINDS.map((value) => ({ value, label: CLAIM_KIND_LABELS[value] })),
    },
    cell: (row) => CLAIM_KIND_LABELS[row.kind],
  },
  {
    id: 'hours',
    header: '申请',
    unit: '学时',
    align: 'end',
    sortable: true,
    cell: (row) => formatHoursFigure(row.creditSeconds),
  },
  {
    id: 'overlap',
    header: '同期记录',
    hideable: true,
    cell: (row) =>
      row.hasOverlap ? <span className="whitespace-nowrap text-caution">有，请核对</span> : '–',
  },
  {
    id: 'state',
    header: '状态',
    filter: {
      kind: 'select',
      options: CLAIM_STATES.map((value) => ({ value, label: CLAIM_STATE_LABELS[value] })),
    },
    cell: (row) => <ClaimBadge state={row.state} />,
  },
];

/** Claims of the units in reach; what the viewer may decide can be ticked. */
export function ClaimTable(props: ClaimTableProps) {
  const { mayVerify, commandId, emptyAction, ...table } = props;
  return (
    <DataTable
      {...table}
      caption="学时认定申请"
      columns={COLUMNS}
      rowKey={(row) => row.id}
      rowHref={(row) => claimPath(row.id)}
      searchHint="姓名、培训名称或主办单位"
      empty={
        <EmptyState
          title="还没有学时认定申请"
          text="本单位人员在“我的学时”中申请，或由联络员代为申请后，会显示在这里。"
          action={emptyAction}
        />
      }
      {...(mayVerify
        ? {
            selection: {
              label: (row: ClaimLine) => `${row.personName}，${row.title}`,
              isSelectable: (row: ClaimLine) => row.isMine,
            },
            bulk: {
              commandId,
              actions: [
                {
                  intent: 'preview',
                  text: '核对后批量认定',
                  consequence: (count: number) => `下一步列出这 ${count} 项，确认后记入台账`,
                },
              ],
            },
          }
        : {})}
    />
  );
}

/** What one click will write, before the click. */
export function bulkText(claims: readonly ClaimLine[]): string {
  const seconds = claims.reduce((sum, claim) => sum + claim.creditSeconds, 0);
  const people = new Set(claims.map(({ personId }) => personId)).size;
  return `将为 ${people} 人的 ${claims.length} 项申请记入学时，合计 ${formatHours(seconds)}`;
}
