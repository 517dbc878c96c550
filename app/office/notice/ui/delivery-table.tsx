import { formatInstant } from '#app/platform/time/day.ts';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { ResendOne } from './resend-forms.tsx';
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

const EVENT_WORDS = {
  delivered: '已投递',
  tried: '未成功，将重试',
  failed: '投递失败',
  resent: '再次投递',
} as const;

/** @param commandId null where nothing may be sent again */
const columnsFor = (commandId: string | null): readonly Column<DeliveryLine>[] => [
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
    cell: ({ lastStatus, log }) => <Answers last={statusWord(lastStatus)} log={log} />,
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
  ...(commandId === null
    ? []
    : [
        {
          id: 'act',
          header: '办理',
          cell: (line: DeliveryLine) =>
            line.state === 'failed' ? <ResendOne deliveryId={line.id} commandId={commandId} /> : '',
        },
      ]),
];

const statusWord = (status: string | null): string =>
  status === null ? '' : (STATUS_WORDS[status] ?? status);

/** The last answer, and behind it every try. */
function Answers({ last, log }: { last: string; log: DeliveryLine['log'] }) {
  if (log.length < 2) return last;
  return (
    <details>
      <summary className="cursor-pointer whitespace-nowrap">{`${last}（记录 ${log.length} 条）`}</summary>
      <ol className="mt-1 space-y-1 text-sm text-ink-muted">
        {log.map((line) => (
          <li key={line.id} className="whitespace-nowrap tabular-nums">
            {[formatInstant(line.at), EVENT_WORDS[line.kind], statusWord(line.status), line.actorName ?? '']
              .filter((word) => word !== '')
              .join(' ')}
          </li>
        ))}
      </ol>
    </details>
  );
}

/** Messages on their way out, with tries and answers; what they say is not shown. */
export function DeliveryTable({
  rows,
  total,
  page,
  pageSize,
  commandId,
}: Pick<DeliveriesPage, 'rows' | 'total' | 'page'> & { pageSize: number; commandId: string | null }) {
  return (
    <DataTable
      caption="投递记录"
      rows={rows}
      columns={columnsFor(commandId)}
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
