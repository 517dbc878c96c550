import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import type { Sort } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { STANDINGS, STANDING_LABELS } from '../board-table-spec.ts';
import type { TargetState } from '../campaign.ts';
import { TARGET_STATES, TARGET_STATE_LABELS, reviewPath } from '../campaign.ts';
import { TargetBadge } from './badges.tsx';

interface Row {
  readonly unitId: string;
  readonly unitName: string;
  readonly regionName: string;
  readonly state: TargetState;
  readonly dueDay: string;
  readonly isLate: boolean;
  readonly isOverdue: boolean;
  readonly answerNo: number;
  readonly fieldCodes: readonly string[];
  readonly exceptionCount: number;
  readonly answeredAt: Date | null;
  readonly answeredByName: string | null;
}

export interface BoardTableProps {
  campaignId: string;
  rows: readonly Row[];
  total: number;
  page: number;
  pageSize: number;
  sort: Sort;
  counts: Readonly<Record<TargetState, number>>;
  regions: readonly { readonly regionId: string; readonly regionName: string }[];
  fields: readonly { readonly code: string; readonly name: string }[];
  sameLabel: string;
  /** search text of the page, for the export */
  search: string;
}

function columnsFor(props: BoardTableProps): readonly Column<Row>[] {
  const { counts, regions, fields, sameLabel } = props;
  const changeText = (row: Row): string => {
    if (row.answerNo === 0) return '–';
    return row.exceptionCount === 0 ? sameLabel : `${row.exceptionCount} 处变化`;
  };
  return [
    { id: 'unit', header: '单位', sortable: true, cell: (row) => row.unitName },
    {
      id: 'region',
      header: '地区',
      hideable: true,
      filter: {
        kind: 'select',
        options: regions.map((one) => ({ value: one.regionId, label: one.regionName })),
      },
      cell: (row) => <span className="whitespace-nowrap">{row.regionName}</span>,
    },
    {
      id: 'state',
      header: '状态',
      sortable: true,
      filter: {
        kind: 'select',
        options: TARGET_STATES.map((state) => ({
          value: state,
          label: `${TARGET_STATE_LABELS[state]}（${formatCount(counts[state])}）`,
        })),
      },
      cell: (row) => <TargetBadge {...row} />,
    },
    {
      id: 'standing',
      header: '情况',
      filter: {
        kind: 'select',
        options: STANDINGS.map((standing) => ({ value: standing, label: STANDING_LABELS[standing] })),
      },
      cell: changeText,
    },
    {
      id: 'field',
      header: '领域',
      hideable: true,
      filter: { kind: 'select', options: fields.map(({ code, name }) => ({ value: code, label: name })) },
      cell: (row) =>
        row.fieldCodes.map((code) => fields.find((one) => one.code === code)?.name ?? code).join('、'),
    },
    { id: 'due', header: '截止', sortable: true, hideable: true, cell: (row) => formatDay(row.dueDay) },
    {
      id: 'answered',
      header: '填报',
      sortable: true,
      cell: (row) => (row.answeredAt === null ? '–' : formatInstant(row.answeredAt)),
    },
    { id: 'by', header: '填报人', hideable: true, cell: (row) => row.answeredByName ?? '–' },
  ];
}

/** Every unit asked, those who owe an answer first. */
export function BoardTable(props: BoardTableProps) {
  const { campaignId, rows, total, page, pageSize, sort, search } = props;
  return (
    <DataTable
      caption="各单位填报情况"
      {...{ rows, total, page, pageSize, sort }}
      columns={columnsFor(props)}
      rowKey={(row) => row.unitId}
      rowHref={(row) => reviewPath(campaignId, row.unitId)}
      searchHint="单位名称"
      tools={
        <LinkButton size="small" to={`/bureau/campaigns/${campaignId}/progress.xlsx${search}`} reloadDocument>
          导出 Excel
        </LinkButton>
      }
      empty={<EmptyState title="没有单位" text="这项任务没有下发到您管辖的单位。" />}
    />
  );
}
