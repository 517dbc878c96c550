import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import type { KnownException, WorkdayDecision } from '../workday-change.ts';
import type { LineProblem, WorkdayEntry } from '../workday-lines.ts';
import { KIND_LABELS, dayWithWeekday } from './workday-words.ts';

export interface PreviewProps {
  problems: readonly LineProblem[];
  decision: WorkdayDecision;
  years: readonly number[];
}

/** Takes the focus when a result appears, so that nobody has to look for it above the form. */
export function ResultHeading() {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    ref.current?.focus();
  }, []);
  return (
    <h3 ref={ref} tabIndex={-1} className="text-lg font-semibold">
      核对结果
    </h3>
  );
}

/** What the lines would change, before anything is changed. */
export function WorkdayPreview({ problems, decision, years }: PreviewProps) {
  const { added, changed, removed, sameCount, idle } = decision;
  return (
    <div className="space-y-6">
      {problems.length > 0 ? <ProblemTable problems={problems} /> : null}
      <p>
        {`涉及 ${years.map((year) => `${year}年`).join('、') || '–'}：`}
        {`新增 ${added.length} 天，更改 ${changed.length} 天，移除 ${removed.length} 天，不变 ${sameCount} 天。`}
      </p>
      {idle.length > 0 ? (
        <Callout tone="warning" title={`有 ${idle.length} 天与星期本来的安排相同，请再核对`}>
          <p>{idle.map((entry) => `${dayWithWeekday(entry.day)}${KIND_LABELS[entry.kind]}`).join('、')}</p>
        </Callout>
      ) : null}
      <ChangeTable decision={decision} />
    </div>
  );
}

function ProblemTable({ problems }: { problems: readonly LineProblem[] }) {
  return (
    <SimpleTable
      caption={`不能识别的 ${problems.length} 行`}
      head={[{ label: '行号', align: 'end' }, '内容', '原因', '改法']}
      rows={problems.map((problem, index) => ({
        key: `${problem.lineNumber}-${index}`,
        cells: [problem.lineNumber, problem.text, problem.reason, problem.fix],
      }))}
    />
  );
}

const words = (entry: WorkdayEntry | KnownException): string => `${KIND_LABELS[entry.kind]}，${entry.name}`;

function ChangeTable({ decision }: { decision: WorkdayDecision }) {
  const lines: { key: string; cells: ReactNode[] }[] = [
    ...decision.added.map((entry) => ({
      key: entry.day,
      cells: [dayWithWeekday(entry.day), '新增', '–', words(entry)],
    })),
    ...decision.changed.map(({ before, after }) => ({
      key: after.day,
      cells: [
        dayWithWeekday(after.day),
        '更改',
        words(before),
        `${words(after)}${before.kind === after.kind && before.name === after.name ? '（依据更换）' : ''}`,
      ],
    })),
    ...decision.removed.map((exception) => ({
      key: exception.day,
      cells: [dayWithWeekday(exception.day), '移除', words(exception), '–'],
    })),
  ].sort((a, b) => (a.key < b.key ? -1 : 1));
  if (lines.length === 0) return null;
  return <SimpleTable caption="将要发生的更改" head={['日期', '更改', '原来', '改为']} rows={lines} />;
}
