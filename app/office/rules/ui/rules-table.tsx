import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { BadgeShape, BadgeTone } from '#app/platform/ui/feedback/state-badge.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatDay } from '#app/platform/time/day.ts';
import type { Basis, RuleStanding } from '#app/organization/rules/rule-basis.ts';
import { BASES } from '#app/organization/rules/rule-basis.ts';
import type { RuleLine } from '../rule-words.ts';
import { BASIS_LABELS, BASIS_MEANINGS, STANDING_LABELS } from '../rule-words.ts';

/** The firmer the basis, the fuller the shape; the word says it all. */
const BASIS_LOOKS: Readonly<Record<Basis, { shape: BadgeShape; tone: BadgeTone }>> = {
  statute: { shape: 'solid', tone: 'positive' },
  policy: { shape: 'solid', tone: 'pending' },
  search: { shape: 'half', tone: 'neutral' },
  proposal: { shape: 'hollow', tone: 'neutral' },
};

const STANDING_LOOKS: Readonly<Record<RuleStanding, { shape: BadgeShape; tone: BadgeTone }>> = {
  in_force: { shape: 'solid', tone: 'positive' },
  lapsing: { shape: 'half', tone: 'caution' },
  lapsed: { shape: 'hollow', tone: 'danger' },
};

export function BasisBadge({ basis }: { basis: Basis }) {
  return <StateBadge {...BASIS_LOOKS[basis]}>{BASIS_LABELS[basis]}</StateBadge>;
}

/** One group of rules: value, what it rests on, and for how long. Fixed widths keep the columns of all groups in line. */
export function RulesTable({ title, lines }: { title: string; lines: readonly RuleLine[] }) {
  return (
    <SimpleTable
      caption={title}
      head={[
        { label: '事项' },
        { label: '现行值', align: 'end' },
        { label: '依据类别' },
        { label: '依据' },
        { label: '适用' },
      ]}
      rows={lines.map((line) => ({
        key: line.key,
        cells: [
          <span key="label" className="block w-36 sm:w-52">
            {line.label}
          </span>,
          <RuleFigure key="value" line={line} />,
          <span key="basis" className="block w-20">
            <BasisBadge basis={line.basis} />
          </span>,
          <span key="source" className="block min-w-64">
            {line.source}
          </span>,
          <Validity key="validity" line={line} />,
        ],
      }))}
    />
  );
}

function RuleFigure({ line }: { line: RuleLine }) {
  return (
    <span className="ml-auto block w-28 sm:w-40 whitespace-normal tabular-nums">
      {line.value}
      {line.unit ? <span className="ml-1 text-ink-muted">{line.unit}</span> : null}
    </span>
  );
}

function Validity({ line }: { line: RuleLine }) {
  return (
    <span className="block w-48 space-y-1">
      <span className="block">
        {line.statedBy === null
          ? '平台默认'
          : `${line.statedBy}，自 ${line.validFrom ? formatDay(line.validFrom) : '–'}`}
      </span>
      {line.until ? <span className="block text-ink-muted">依据有效至 {formatDay(line.until)}</span> : null}
      {line.standing === 'in_force' ? null : (
        <StateBadge {...STANDING_LOOKS[line.standing]}>{STANDING_LABELS[line.standing]}</StateBadge>
      )}
    </span>
  );
}

/** What the four kinds of basis mean. */
export function BasisLegend() {
  return (
    <dl className="mt-8 grid gap-x-6 gap-y-2 text-sm sm:grid-cols-2">
      {BASES.map((basis) => (
        <div key={basis} className="flex gap-3">
          <dt className="shrink-0">
            <BasisBadge basis={basis} />
          </dt>
          <dd className="text-ink-muted">{BASIS_MEANINGS[basis]}</dd>
        </div>
      ))}
    </dl>
  );
}
