import { buttonClass } from '../data/button-class.ts';
import { HoursText } from '../data/hours-text.tsx';
import { StateBadge } from '../feedback/state-badge.tsx';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/data-table.tsx';
import type { TableQuery } from '../table/table-query.ts';
import { formatCount, formatHoursFigure, groupDigits } from '../text/format.ts';
import { SAMPLE_STATES, SAMPLE_UNITS } from './sample-officers.ts';
import type { SampleOfficer, SampleState } from './sample-officers.ts';
import { Section } from './section.tsx';

const STATES = {
  valid: { shape: 'solid', tone: 'positive', word: '有效' },
  suspended: { shape: 'half', tone: 'caution', word: '暂扣' },
  expired: { shape: 'hollow', tone: 'neutral', word: '过期' },
} as const;

function SampleBadge({ state }: { state: SampleState }) {
  const { shape, tone, word } = STATES[state];
  return (
    <StateBadge shape={shape} tone={tone}>
      {word}
    </StateBadge>
  );
}

const COLUMNS: readonly Column<SampleOfficer>[] = [
  { id: 'name', header: '姓名', sortable: true, filter: { kind: 'text' }, cell: (row) => row.name },
  {
    id: 'unit',
    header: '单位',
    sortable: true,
    hideable: true,
    filter: { kind: 'select', options: SAMPLE_UNITS.map((unit) => ({ value: unit, label: unit })) },
    cell: (row) => row.unit,
  },
  {
    id: 'certificateNo',
    header: '证件号码',
    hideable: true,
    cell: (row) => <span className="whitespace-nowrap">{groupDigits(row.certificateNo)}</span>,
  },
  {
    id: 'state',
    header: '状态',
    hideable: true,
    filter: { kind: 'select', options: SAMPLE_STATES },
    cell: (row) => <SampleBadge state={row.state} />,
  },
  {
    id: 'hours',
    header: '本年学时',
    unit: '学时',
    align: 'end',
    sortable: true,
    hideable: true,
    cell: (row) => formatHoursFigure(row.creditSeconds),
  },
  { id: 'exams', header: '考试', unit: '次', align: 'end', hideable: true, cell: (row) => row.exams },
  { id: 'validUntil', header: '有效期至', sortable: true, hideable: true, cell: (row) => row.validUntil },
];

export interface TableSectionProps {
  query: TableQuery;
  rows: readonly SampleOfficer[];
  total: number;
  commandId: string;
}

export function TableSection({ query, rows, total, commandId }: TableSectionProps) {
  return (
    <Section
      id="table"
      title="表格"
      note="分页、排序、筛选、列的取舍都在网址里，刷新、后退、转发不丢。按 / 搜索，方向键移动，回车打开。"
    >
      <DataTable
        caption="持证人员"
        columns={COLUMNS}
        rows={rows}
        total={total}
        page={query.page}
        pageSize={query.size}
        sort={query.sort}
        rowKey={(row) => row.id}
        rowHref={(row) => `#${row.id}`}
        searchHint="姓名或证件号码"
        selection={{
          label: (row) => `${row.name}，${row.unit}`,
          isSelectable: (row) => row.state !== 'expired',
        }}
        bulk={{
          commandId,
          allowMatching: true,
          hidden: { form: 'bulk' },
          actions: [
            {
              intent: 'remind',
              text: '发送提醒',
              consequence: (count) => `将向 ${formatCount(count)} 人的收件箱各发送 1 条学时提醒`,
            },
          ],
        }}
        tools={
          <button type="button" className={buttonClass('secondary', 'small')}>
            导出
          </button>
        }
      />
      <p className="text-sm">
        本页合计 <HoursText creditSeconds={rows.reduce((sum, row) => sum + row.creditSeconds, 0)} />
      </p>
    </Section>
  );
}
