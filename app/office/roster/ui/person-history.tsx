import { ESTABLISHMENT_LABELS } from '#app/organization/person/person.ts';
import type { EndReason, HomeStretch } from '#app/organization/person/home-timeline.ts';
import { addDays, formatDay, formatInstant } from '#app/platform/time/day.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Timeline } from '#app/platform/ui/data/timeline.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { CorrectionState, FieldChange } from '#app/organization/register/correction.ts';
import { CORRECTABLE_LABELS, CORRECTION_STATE_LABELS } from '#app/organization/register/correction.ts';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import type { CorrectionLine, PersonPage } from '../person-view.server.ts';
import { correctionPath } from '../roster-tasks.ts';

const END_LABELS: Readonly<Record<EndReason, string>> = {
  transferred: '调动',
  post_changed: '岗位变动',
  retired: '退休',
  dismissed: '辞退',
  resigned: '辞职',
  expelled: '开除',
  deceased: '死亡',
  unit_abolished: '机构撤并',
  other: '其他原因',
};

type NamedStretch = HomeStretch & { readonly unitName: string };

/** 履历: every home, newest first, with what it was and how it ended. */
export function CareerList({ homes, postings }: Pick<PersonPage, 'homes' | 'postings'>) {
  const item = (stretch: NamedStretch, kind: string) => ({
    key: stretch.linkId,
    at: `${formatDay(stretch.validFrom)} 至 ${stretch.validTo === null ? '今' : formatDay(addDays(stretch.validTo, -1))}`,
    title: `${stretch.unitName}${kind}`,
    body: [
      ESTABLISHMENT_LABELS[stretch.establishment],
      stretch.department,
      stretch.position,
      stretch.isEnforcementPost ? '执法岗位' : '非执法岗位',
      stretch.endReason === null ? null : `因${END_LABELS[stretch.endReason]}结束`,
    ]
      .filter((part) => part !== null)
      .join('，'),
    isCurrent: stretch.validTo === null,
  });
  return (
    <Timeline
      label="任职履历"
      items={[
        ...postings.map((stretch) => item(stretch, '（派驻、借调）')),
        ...homes.map((stretch) => item(stretch, '')),
      ]}
    />
  );
}

const STATE_LOOKS = {
  filed: { shape: 'dot', tone: 'pending' },
  applied: { shape: 'solid', tone: 'positive' },
  declined: { shape: 'hollow', tone: 'danger' },
  withdrawn: { shape: 'hollow', tone: 'neutral' },
} as const;

export function CorrectionBadge({ state }: { state: CorrectionState }) {
  return <StateBadge {...STATE_LOOKS[state]}>{CORRECTION_STATE_LABELS[state]}</StateBadge>;
}

/** Before and after, field by field. */
export function ChangeTable({ changes }: { changes: readonly FieldChange[] }) {
  return (
    <SimpleTable
      caption="更正前后"
      hideCaption
      head={['项目', '更正前', '更正后']}
      rows={changes.map(({ field, before, after }) => ({
        key: field,
        cells: [CORRECTABLE_LABELS[field], before, after],
      }))}
    />
  );
}

/** 更正记录: what was put right, by whom, with which proof. */
export function CorrectionList({ corrections }: { corrections: readonly CorrectionLine[] }) {
  if (corrections.length === 0)
    return <EmptyState title="没有更正记录" text="信息更正后，更正前后的内容和依据会列在这里。" />;
  return (
    <ul className="space-y-6">
      {corrections.map((one) => (
        <li key={one.id} className="rounded-md border border-line p-4">
          <div className="mb-3 flex flex-wrap items-baseline justify-between gap-2">
            <span className="text-sm tabular-nums text-ink-muted">
              {formatInstant(one.filedAt)} {one.filedByName} 提出
              {one.needsSecond && one.decidedAt !== null
                ? `，${formatInstant(one.decidedAt)} ${one.decidedByName ?? ''} 办理`
                : ''}
            </span>
            <CorrectionBadge state={one.state} />
          </div>
          <ChangeTable changes={one.changes} />
          <p className="mt-3 text-sm text-ink-muted">
            依据：{one.proof}
            {one.note === null ? '' : `；意见：${one.note}`}
          </p>
          <p className="mt-2 text-sm">
            <TextLink to={correctionPath(one.id)}>{one.state === 'filed' ? '查看并办理' : '查看'}</TextLink>
          </p>
        </li>
      ))}
    </ul>
  );
}
