import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { formatHoursFigure } from '#app/platform/ui/text/format.ts';
import type { TargetLine } from '../hours-view.server.ts';

const NAMES = { yearly: '年度学时', key_field: '其中专业法律知识（重点领域）' } as const;

/** Target, done, owed, each with the document behind it. */
export function TargetTable({ targets }: { targets: readonly TargetLine[] }) {
  return (
    <SimpleTable
      caption="年度目标"
      hideCaption
      head={[
        '目标',
        { label: '应达', unit: '学时', align: 'end' },
        { label: '已有', unit: '学时', align: 'end' },
        { label: '尚欠', unit: '学时', align: 'end' },
        '状态',
        '依据',
      ]}
      rows={targets.map((target) => ({
        key: target.kind,
        cells: [
          NAMES[target.kind],
          formatHoursFigure(target.targetSeconds),
          formatHoursFigure(target.doneSeconds),
          formatOwed(target),
          target.isMet ? (
            <StateBadge shape="solid" tone="positive">
              已达到
            </StateBadge>
          ) : (
            <StateBadge shape="hollow" tone="caution">
              未达到
            </StateBadge>
          ),
          <span className="text-ink-muted">
            {target.source}
            {target.isLapsed ? '（依据已到期，以本级通知为准）' : null}
          </span>,
        ],
      }))}
    />
  );
}

/** Rounded up to 0.01, as what is done is rounded down: the two add up to the target, and 0.00 owes nothing. */
function formatOwed(target: TargetLine): string {
  const hundredths = Math.ceil(target.owedSeconds / 27);
  return formatHoursFigure(hundredths * 27);
}
