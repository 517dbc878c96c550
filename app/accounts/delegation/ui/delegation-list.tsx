import { Form } from '@remix-run/react';
import { formatDay } from '#app/platform/time/day.ts';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { DELEGATION_LABELS } from '../delegation.ts';
import type { DelegationLine } from '../delegations-view.server.ts';

const period = (line: DelegationLine): string =>
  `${formatDay(line.fromDay)}起，${line.lastDay === null ? '长期' : `至${formatDay(line.lastDay)}`}`;

/** Standing arrangements, each with the one thing that can be done about it. */
export function DelegationList({
  lines,
  empty,
  endLabel,
}: {
  lines: readonly DelegationLine[];
  empty: string;
  endLabel: string;
}) {
  if (lines.length === 0) return <p className="mt-2 text-ink-muted">{empty}</p>;
  return (
    <ul className="mt-2 divide-y divide-line border-y border-line">
      {lines.map((line) => (
        <li key={line.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
          <div>
            <p className="flex flex-wrap items-baseline gap-x-3">
              <span className="font-semibold">{line.otherName}</span>
              <span>{DELEGATION_LABELS[line.kind]}</span>
              <StateBadge
                shape={line.holdsToday ? 'solid' : 'hollow'}
                tone={line.holdsToday ? 'positive' : 'neutral'}
              >
                {line.holdsToday ? '生效中' : '未开始'}
              </StateBadge>
            </p>
            <p className="mt-1 text-sm text-ink-muted">
              {period(line)} · {line.reason}
            </p>
          </div>
          <Form method="post">
            <input type="hidden" name="delegationId" value={line.id} />
            <SubmitButton tone="secondary" name="intent" value="end" busyText="正在结束…">
              {endLabel}
            </SubmitButton>
          </Form>
        </li>
      ))}
    </ul>
  );
}
