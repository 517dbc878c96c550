import { formatDay } from '#app/platform/time/day.ts';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import type { Bulk, Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import type { Sort } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { STANDINGS, STANDING_WORDS } from '../closing.ts';
import { unitYearPath } from '../closing-messages.ts';
import type { BoardLine, StandingCounts } from '../year-board.ts';
import { StandingBadge } from './standing-badge.tsx';

export interface YearBoardTableProps {
  year: number;
  rows: readonly BoardLine[];
  total: number;
  page: number;
  pageSize: number;
  sort: Sort;
  counts: StandingCounts;
  /** the bureau's bulk acts; absent where one only reads */
  bulk?: Bulk | undefined;
}

function columnsFor(counts: StandingCounts): readonly Column<BoardLine>[] {
  return [
    { id: 'unit', header: '单位', sortable: true, cell: (row) => row.unitName },
    { id: 'region', header: '地区', hideable: true, cell: (row) => row.regionName },
    {
      id: 'standing',
      header: '状态',
      sortable: true,
      filter: {
        kind: 'select',
        options: STANDINGS.map((value) => ({
          value,
          label: `${STANDING_WORDS[value]}（${formatCount(counts[value])}）`,
        })),
      },
      cell: (row) => <StandingBadge standing={row.standing} isOverdue={row.isOverdue} />,
    },
    {
      id: 'people',
      header: '人数',
      unit: '人',
      align: 'end',
      sortable: true,
      cell: (row) => formatCount(row.people),
    },
    {
      id: 'notice',
      header: '公示',
      hideable: true,
      cell: (row) =>
        row.publishedDay === null ? (
          '–'
        ) : (
          <span className="whitespace-nowrap tabular-nums">
            {row.objectionsUntilDay === null
              ? `${formatDay(row.publishedDay)}签字`
              : `至${formatDay(row.objectionsUntilDay)}`}
          </span>
        ),
    },
    {
      id: 'objections',
      header: '待答复异议',
      unit: '件',
      align: 'end',
      hideable: true,
      cell: (row) => (row.openObjections === 0 ? '–' : formatCount(row.openObjections)),
    },
    {
      id: 'due',
      header: '封账期限',
      sortable: true,
      hideable: true,
      cell: (row) => (row.dueDay === null ? '–' : formatDay(row.dueDay)),
    },
    { id: 'seal', header: '封账编号', hideable: true, cell: (row) => row.sealNo ?? '–' },
  ];
}

/** Every unit of the reach that had people on the last day of the year. */
export function YearBoardTable({ year, counts, bulk, ...table }: YearBoardTableProps) {
  return (
    <DataTable
      caption={`${year}年度各单位学时确认`}
      {...table}
      columns={columnsFor(counts)}
      rowKey={(row) => row.unitId}
      rowHref={(row) => unitYearPath({ unitId: row.unitId, year })}
      searchHint="单位名称或拼音"
      empty={<EmptyState title="没有单位" text={`您管辖的单位在${year}年末没有在册人员。`} />}
      {...(bulk === undefined
        ? {}
        : {
            bulk,
            selection: {
              label: (row: BoardLine) => row.unitName,
              isSelectable: (row: BoardLine) => row.standing === 'to_freeze',
            },
          })}
    />
  );
}
