import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { formatHoursFigure } from '#app/platform/ui/text/format.ts';
import type { ExplainedTarget } from '../hours-view.server.ts';

export const TARGET_NAMES = { yearly: '年度学时', key_field: '其中专业法律知识' } as const;

/** Target, done, owed; below them why the target is what it is, and the documents it rests on. */
export function TargetTable({ targets }: { targets: readonly ExplainedTarget[] }) {
  return (
    <>
      <SimpleTable
        caption="年度目标，单位学时"
        hideCaption
        head={[
          '目标',
          { label: '应达', align: 'end' },
          { label: '已有', align: 'end' },
          { label: '尚欠', align: 'end' },
        ]}
        rows={targets.map((target) => ({
          key: target.kind,
          cells: [
            <span key="name" className="flex flex-wrap gap-x-4">
              <span>{TARGET_NAMES[target.kind]}</span>
              <TargetBadge isMet={target.isMet} />
            </span>,
            formatHoursFigure(target.targetSeconds),
            formatHoursFigure(target.doneSeconds),
            formatOwed(target),
          ],
        }))}
      />
      <ul className="space-y-1 py-3 text-sm text-ink-muted">
        {targets.flatMap((target) =>
          target.reasons.map((reason) => (
            <li key={`${target.kind}-${reason}`} className="text-ink">
              {`${TARGET_NAMES[target.kind]}：${reason}`}
            </li>
          )),
        )}
        {targets.map((target) => (
          <li key={target.kind}>
            {`${TARGET_NAMES[target.kind]}的依据：${target.source}`}
            {target.isLapsed ? '（依据已到期，以本级通知为准）' : null}
          </li>
        ))}
      </ul>
    </>
  );
}

function TargetBadge({ isMet }: { isMet: boolean }) {
  return (
    <StateBadge shape={isMet ? 'solid' : 'hollow'} tone={isMet ? 'positive' : 'caution'}>
      {isMet ? '已达到' : '未达到'}
    </StateBadge>
  );
}

/** Rounded up to 0.01, as what is done is rounded down: the two add up to the target, and 0.00 owes nothing. */
function formatOwed(target: ExplainedTarget): string {
  const hundredths = Math.ceil(target.owedSeconds / 27);
  return formatHoursFigure(hundredths * 27);
}
