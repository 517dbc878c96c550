import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatHoursFigure } from '#app/platform/ui/text/format.ts';
import { CONCLUSION_LABELS } from '../../target/year-standing.ts';
import type { Finding } from '../verify-snapshot.server.ts';
import type { SealedPerson } from '../seal-view.server.ts';

const FINDING_WORDS: Readonly<Record<Finding['what'], string>> = {
  signature: '签名与封账内容相符',
  content: '封账内容与摘要、编号相符',
  figures: '每人的封账数与封账内容相符',
  entries: '封账数所依据的台账记录都在，且合计一致',
};

/** What was looked at, one by one. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul className="space-y-1">
      {findings.map(({ what, isSound }) => (
        <li key={what}>
          <StateBadge shape={isSound ? 'solid' : 'hollow'} tone={isSound ? 'positive' : 'danger'}>
            {isSound ? '相符' : '不符'}
          </StateBadge>
          <span className="ml-3">{FINDING_WORDS[what]}</span>
        </li>
      ))}
    </ul>
  );
}

const signed = (seconds: number): string =>
  seconds > 0 ? `+${formatHoursFigure(seconds)}` : formatHoursFigure(seconds);

function Adjustments({ adjustments }: Pick<SealedPerson, 'adjustments'>) {
  if (adjustments.length === 0) return <>–</>;
  return (
    <ul className="space-y-2">
      {adjustments.map((one) => (
        <li key={one.entryId}>
          <span className="tabular-nums">{`${signed(one.creditSeconds)} 学时`}</span>
          {`，${one.title}（${formatDay(one.day)}）`}
          <span className="block text-sm text-ink-muted">
            {[
              one.reason,
              `${formatInstant(one.recordedAt)}记入`,
              one.recordedByName === null ? null : `经办：${one.recordedByName}`,
              one.approvedByName === null ? null : `批准：${one.approvedByName}`,
            ]
              .filter((part) => part !== null)
              .join('，')}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The sealed figures with what came after them beside, never inside. */
export function SealedPeople({ people }: { people: readonly SealedPerson[] }) {
  return (
    <div className="rounded-md border border-line bg-surface-raised px-5 py-2">
      <SimpleTable
        caption="封账名单"
        hideCaption
        head={[
          '姓名',
          { label: '公共法律', unit: '学时', align: 'end' },
          { label: '业务知识', unit: '学时', align: 'end' },
          { label: '其中专业法律', unit: '学时', align: 'end' },
          { label: '执法技能', unit: '学时', align: 'end' },
          { label: '封账数', unit: '学时', align: 'end' },
          '结论',
          '封账后调整',
        ]}
        rows={people.map((person) => ({
          key: person.personId,
          cells: [
            person.name,
            formatHoursFigure(person.seconds.public_law),
            formatHoursFigure(person.seconds.business + person.seconds.specialised_law),
            formatHoursFigure(person.seconds.specialised_law),
            formatHoursFigure(person.seconds.skill),
            <strong key="total">{formatHoursFigure(person.totalSeconds)}</strong>,
            CONCLUSION_LABELS[person.conclusion],
            <Adjustments key="adjustments" adjustments={person.adjustments} />,
          ],
        }))}
      />
    </div>
  );
}
