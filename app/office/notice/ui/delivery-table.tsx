import { formatInstant } from '#app/platform/time/day.ts';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { ChannelState, DeliveriesPage, DeliveryLine } from '../delivery/deliveries-view.server.ts';

const CHANNEL_LABELS = { mail: '邮件', webhook: '短信或政务微信网关' } as const;
const STATE_LOOKS = {
  waiting: { word: '待投递', shape: 'dot', tone: 'pending' },
  delivered: { word: '已投递', shape: 'solid', tone: 'positive' },
  failed: { word: '投递失败', shape: 'hollow', tone: 'danger' },
} as const;

/** Codes of ours among the answers of the other side. */
const STATUS_WORDS: Readonly<Record<string, string>> = {
  no_address: '邮箱已删除',
  interrupted: '投递中断',
};

const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

const COLUMNS: readonly Column<DeliveryLine>[] = [
  { id: 'created', header: '生成时间', cell: (line) => formatInstant(line.createdAt) },
  {
    id: 'channel',
    header: '渠道',
    filter: { kind: 'select', options: optionsOf(CHANNEL_LABELS) },
    cell: (line) => CHANNEL_LABELS[line.channel],
  },
  { id: 'kind', header: '通知类别', hideable: true, cell: (line) => line.kindLabel },
  { id: 'login', header: '收件账号', hideable: true, cell: (line) => line.login ?? '全部收件人' },
  {
    id: 'state',
    header: '状态',
    filter: {
      kind: 'select',
      options: Object.entries(STATE_LOOKS).map(([value, { word }]) => ({ value, label: word })),
    },
    cell: ({ state }) => (
      <StateBadge shape={STATE_LOOKS[state].shape} tone={STATE_LOOKS[state].tone}>
        {STATE_LOOKS[state].word}
      </StateBadge>
    ),
  },
  { id: 'tries', header: '已试', unit: '次', align: 'end', cell: (line) => line.tries },
  {
    id: 'status',
    header: '最近应答',
    cell: ({ lastStatus }) => (lastStatus === null ? '' : (STATUS_WORDS[lastStatus] ?? lastStatus)),
  },
  {
    id: 'next',
    header: '下次投递',
    hideable: true,
    cell: (line) => (line.nextTryAt === null ? '' : formatInstant(line.nextTryAt)),
  },
  {
    id: 'delivered',
    header: '投递时间',
    hideable: true,
    cell: (line) => (line.deliveredAt === null ? '' : formatInstant(line.deliveredAt)),
  },
];

/** Messages on their way out, with tries and answers; what they say is not shown. */
export function DeliveryTable({
  rows,
  total,
  page,
  pageSize,
}: Omit<DeliveriesPage, 'channels'> & { pageSize: number }) {
  return (
    <DataTable
      caption="投递记录"
      rows={rows}
      columns={COLUMNS}
      total={total}
      page={page}
      pageSize={pageSize}
      sort={{ field: 'created', direction: 'desc' }}
      rowKey={(line) => line.id}
      searchHint={null}
      empty={<EmptyState title="还没有投递记录" text="通知经邮件或网关发出时，每一封的投递情况列在这里。" />}
    />
  );
}

/** Which ways out there are, and how they fare. */
export function ChannelTable({ channels }: { channels: readonly ChannelState[] }) {
  return (
    <SimpleTable
      caption="渠道"
      head={[
        '渠道',
        '去向',
        { label: '待投递', align: 'end' },
        { label: '已投递', align: 'end' },
        { label: '失败', align: 'end' },
      ]}
      rows={channels.map(({ channel, target, counts }) => ({
        key: channel,
        cells: [
          CHANNEL_LABELS[channel],
          target ?? '未配置',
          formatCount(counts.waiting),
          formatCount(counts.delivered),
          formatCount(counts.failed),
        ],
      }))}
    />
  );
}
