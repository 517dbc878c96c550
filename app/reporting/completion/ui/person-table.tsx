import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import type { TableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatHoursFigure } from '#app/platform/ui/text/format.ts';
import { shortfallText } from '../shortfall.ts';
import type { PersonSort } from '../completion.store.server.ts';
import type { PersonRow } from '../unit-completion-view.server.ts';

const hours = (id: string, header: string, secondsOf: (row: PersonRow) => number): Column<PersonRow> => ({
  id,
  header,
  align: 'end',
  hideable: true,
  cell: (row) => formatHoursFigure(secondsOf(row)),
});

function columnsFor(hasSubUnits: boolean, year: number | null): Column<PersonRow>[] {
  const unit: Column<PersonRow> = { id: 'unit', header: '单位', hideable: true, cell: (row) => row.unitName };
  return [
    {
      id: 'name',
      header: '姓名',
      sortable: true,
      cell: (row) => <Name row={row} year={year} />,
    },
    ...(hasSubUnits ? [unit] : []),
    { id: 'position', header: '职务', hideable: true, cell: (row) => row.position ?? '–' },
    { id: 'field', header: '执法领域', hideable: true, cell: (row) => row.fieldName ?? '–' },
    {
      id: 'met',
      header: '达标情况',
      filter: {
        kind: 'select',
        options: [
          { value: 'no', label: '未达标' },
          { value: 'yes', label: '达标' },
        ],
      },
      cell: (row) => <Standing row={row} />,
    },
    hours('target', '年度目标', (row) => row.ownTargetSeconds),
    { ...hours('total', '本年学时', (row) => row.totalSeconds), sortable: true, hideable: false },
    hours('public', '公共法律', (row) => row.publicLawSeconds),
    hours('specialised', '专业法律', (row) => row.specialisedLawSeconds),
    hours('business', '业务知识', (row) => row.businessSeconds),
    hours('skill', '执法技能', (row) => row.skillSeconds),
    { id: 'shortfall', header: '欠缺', sortable: true, cell: (row) => shortfallText(row) ?? '–' },
  ];
}

/** The name leads to how the person's figures came about, for whoever may see that. */
function Name({ row, year }: { row: PersonRow; year: number | null }) {
  if (year === null) return <span className="whitespace-nowrap">{row.name}</span>;
  return (
    <TextLink to={`/coordinate/hours/${row.personId}?year=${year}`} className="whitespace-nowrap">
      {row.name}
    </TextLink>
  );
}

function Standing({ row }: { row: PersonRow }) {
  return row.isMet ? (
    <StateBadge shape="solid" tone="positive">
      达标
    </StateBadge>
  ) : (
    <StateBadge shape="hollow" tone="caution">
      未达标
    </StateBadge>
  );
}

export interface PersonTableProps {
  readonly rows: readonly PersonRow[];
  readonly total: number;
  readonly query: TableQuery<PersonSort, 'met'>;
  readonly hasSubUnits: boolean;
  readonly unitName: string;
  /** Year whose figures the names explain; null for viewers who may not look into single persons. */
  readonly explainedYear: number | null;
}

/** Who stands behind the figures of a unit: those who still owe most first. */
export function PersonTable(props: PersonTableProps) {
  const { rows, total, query, hasSubUnits, unitName, explainedYear } = props;
  return (
    <DataTable
      caption={`${unitName}应训人员`}
      rows={rows}
      columns={columnsFor(hasSubUnits, explainedYear)}
      total={total}
      page={query.page}
      pageSize={query.size}
      sort={query.sort}
      rowKey={(row) => row.personId}
      searchHint="姓名或拼音"
      empty={<EmptyState title="没有应训人员" text="截至该日，本单位没有持有效或暂扣行政执法证的人员。" />}
    />
  );
}
