import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { BadgeShape, BadgeTone } from '#app/platform/ui/feedback/state-badge.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import type { SheetLine, SheetState } from '../key-in.store.server.ts';

type Row = Omit<SheetLine, 'total'>;

const STATE_WORDS: Readonly<Record<SheetState, { label: string; shape: BadgeShape; tone: BadgeTone }>> = {
  none: { label: '未录入', shape: 'hollow', tone: 'neutral' },
  one: { label: '已录一遍', shape: 'half', tone: 'pending' },
  differ: { label: '不一致，待核定', shape: 'dot', tone: 'caution' },
  landed: { label: '已入库评分', shape: 'solid', tone: 'positive' },
  on_screen: { label: '已机考', shape: 'hollow', tone: 'neutral' },
  sealed: { label: '未启封', shape: 'hollow', tone: 'neutral' },
};

/** Columns of the list of answer sheets. */
export const SHEET_COLUMNS: readonly Column<Row>[] = [
  {
    id: 'seat',
    header: '考场座位',
    sortable: true,
    cell: (row) => (
      <span className="whitespace-nowrap">
        {row.roomName === null ? '未编排' : `${row.roomName} ${row.seatNo ?? ''} 号`}
      </span>
    ),
  },
  { id: 'name', header: '姓名', cell: (row) => <span className="whitespace-nowrap">{row.name}</span> },
  {
    id: 'state',
    header: '状态',
    filter: {
      kind: 'select',
      options: Object.entries(STATE_WORDS).map(([value, { label }]) => ({ value, label })),
    },
    cell: (row) => {
      const { label, shape, tone } = STATE_WORDS[row.state];
      return (
        <StateBadge shape={shape} tone={tone}>
          {row.isMine && row.state === 'one' ? `${label}（本人）` : label}
        </StateBadge>
      );
    },
  },
  { id: 'ticket', header: '准考证号', cell: (row) => <span className="tabular-nums">{row.ticketNo}</span> },
  {
    id: 'unit',
    header: '单位',
    hideable: true,
    cell: (row) => <span className="block min-w-40">{row.unitName}</span>,
  },
  { id: 'variant', header: '卷别', hideable: true, cell: (row) => row.variant ?? '–' },
  {
    id: 'readers',
    header: '录入人',
    hideable: true,
    cell: (row) => (row.readers.length === 0 ? '–' : row.readers.join('、')),
  },
];
