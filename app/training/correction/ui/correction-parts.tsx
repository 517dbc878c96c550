import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { HistoryCard } from '#app/platform/ui/data/history-card.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { formatHours } from '#app/platform/ui/text/format.ts';
import type { CorrectionState } from '../correction.ts';
import {
  CORRECTION_ORIGIN_LABELS,
  CORRECTION_REASON_LABELS,
  CORRECTION_STATE_LABELS,
} from '../correction.ts';
import type { CorrectionEvent, HourCorrection } from '../correction.store.server.ts';

const BADGES = {
  objected: { shape: 'dot', tone: 'pending' },
  filed: { shape: 'dot', tone: 'pending' },
  applied: { shape: 'solid', tone: 'positive' },
  declined: { shape: 'hollow', tone: 'neutral' },
  withdrawn: { shape: 'hollow', tone: 'neutral' },
} as const;

export function CorrectionBadge({ state }: { state: CorrectionState }) {
  return <StateBadge {...BADGES[state]}>{CORRECTION_STATE_LABELS[state]}</StateBadge>;
}

/** `16 学时 → 8 学时`; an objection has no figure of its own yet. */
export function changeText({ entrySeconds, wantedSeconds }: HourCorrection): string {
  if (wantedSeconds === null) return formatHours(entrySeconds);
  return `${formatHours(entrySeconds)} → ${wantedSeconds === 0 ? '作废' : formatHours(wantedSeconds)}`;
}

export function CorrectionFacts({ correction, unitName }: { correction: HourCorrection; unitName: string }) {
  const { objection, reasonCode, reason, note } = correction;
  return (
    <Card title="更正内容" action={<CorrectionBadge state={correction.state} />}>
      <DefinitionList
        columns={2}
        items={[
          { term: '姓名', value: correction.personName },
          { term: '单位', value: unitName },
          { term: '学时记录', value: correction.entryTitle },
          { term: '记入日期', value: formatDay(correction.entryDay) },
          { term: '学时', value: changeText(correction) },
          { term: '来源', value: CORRECTION_ORIGIN_LABELS[correction.origin] },
          ...(objection === null ? [] : [{ term: '本人异议', value: objection }]),
          ...(reasonCode === null
            ? []
            : [{ term: '更正原因', value: `${CORRECTION_REASON_LABELS[reasonCode]}：${reason ?? ''}` }]),
          ...(note === null ? [] : [{ term: '办理意见', value: note }]),
        ]}
      />
    </Card>
  );
}

const EVENT_LABELS: Readonly<Record<CorrectionEvent['kind'], string>> = {
  objected: '提出异议',
  filed: '提出更正申请',
  applied: '审核同意，已更正',
  declined: '未更正',
  withdrawn: '撤回',
  moved: '转由承接单位办理',
};

export function CorrectionHistory({ events }: { events: readonly CorrectionEvent[] }) {
  return <HistoryCard lines={events.map((event) => ({ ...event, title: EVENT_LABELS[event.kind] }))} />;
}
