import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatInstant } from '#app/platform/time/day.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { ImportListItem } from '../import-pages.ts';
import { STATE_LOOKS } from './import-words.ts';

export interface ImportHistoryProps {
  readonly runs: readonly ImportListItem[];
  readonly rowWord: string;
  readonly runPath: (runId: string) => string;
}

/** The last files of this place, each with its state and figures. */
export function ImportHistory({ runs, rowWord, runPath }: ImportHistoryProps) {
  if (runs.length === 0) {
    return <EmptyState title="还没有导入过文件" text="上传的文件和核对结果会列在这里。" />;
  }
  return (
    <SimpleTable
      caption="最近的导入"
      head={[
        '文件',
        '上传时间',
        '状态',
        { label: '新增', unit: rowWord, align: 'end' },
        { label: '变更', unit: rowWord, align: 'end' },
        { label: '退回', unit: rowWord, align: 'end' },
      ]}
      rows={runs.map((run) => ({ key: run.id, cells: cellsOf(run, runPath) }))}
    />
  );
}

function cellsOf(run: ImportListItem, runPath: (runId: string) => string) {
  const look = STATE_LOOKS[run.state];
  const isCounted = ['checked', 'applying', 'applied'].includes(run.state);
  const figure = (count: number): string => (isCounted ? formatCount(count) : '–');
  return [
    <TextLink key="file" to={runPath(run.id)}>
      {run.fileName}
    </TextLink>,
    <span key="time" className="whitespace-nowrap">
      {formatInstant(run.startedAt)}
    </span>,
    <StateBadge key="state" shape={look.shape} tone={look.tone}>
      {look.word}
    </StateBadge>,
    figure(run.counts.new),
    figure(run.counts.change),
    figure(run.counts.refused),
  ];
}
