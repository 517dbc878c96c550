import { formatDays } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { HistoryCard } from '#app/platform/ui/data/history-card.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { formatBytes, formatHours } from '#app/platform/ui/text/format.ts';
import { CATEGORY_LABELS } from '../../ledger/hours.ts';
import type { Claim, ClaimEvent, ClaimEventKind } from '../claim.store.server.ts';
import type { ClaimState } from '../claim.ts';
import { CLAIM_FORM_LABELS, CLAIM_KIND_LABELS, CLAIM_STATE_LABELS } from '../claim.ts';
import type { ProofLine } from '../proof.store.server.ts';

const BADGES = {
  filed: { shape: 'dot', tone: 'pending' },
  returned: { shape: 'half', tone: 'caution' },
  approved: { shape: 'solid', tone: 'positive' },
  withdrawn: { shape: 'hollow', tone: 'neutral' },
} as const;

export function ClaimBadge({ state }: { state: ClaimState }) {
  return <StateBadge {...BADGES[state]}>{CLAIM_STATE_LABELS[state]}</StateBadge>;
}

const EVENT_LABELS: Readonly<Record<ClaimEventKind, string>> = {
  filed: '提交申请',
  resubmitted: '补正后重新提交',
  returned: '退回',
  approved: '认定',
  withdrawn: '撤回',
  moved: '转由承接单位办理',
};

/** `2026年3月1日` or `2026年3月1日至3日` */
export function claimDays({ fromDay, toDay }: Pick<Claim, 'fromDay' | 'toDay'>): string {
  return formatDays(fromDay, toDay);
}

function statedText({ stated }: Pick<Claim, 'stated'>): string {
  return stated.kind === 'hours' ? `${stated.amount / 100} 学时` : `${stated.amount} 分钟`;
}

/** The statement as it stands, what it asks for and what was decided. */
export function ClaimFacts({ claim, unitName }: { claim: Claim; unitName: string }) {
  return (
    <Card title="申请内容" action={<ClaimBadge state={claim.state} />}>
      <DefinitionList
        columns={2}
        items={[
          { term: '姓名', value: claim.personName },
          { term: '单位', value: unitName },
          { term: '培训名称', value: claim.title },
          { term: '主办单位', value: claim.organiser },
          { term: '培训日期', value: claimDays(claim) },
          { term: '种类', value: CLAIM_KIND_LABELS[claim.kind] },
          { term: '培训形式', value: CLAIM_FORM_LABELS[claim.form] },
          { term: '培训类别', value: CATEGORY_LABELS[claim.category] },
          { term: '地点', value: claim.place ?? '–' },
          { term: '考核结果', value: claim.result ?? '–' },
          { term: '规定学时/分钟', value: statedText(claim) },
          { term: '申请计入', value: formatHours(claim.creditSeconds) },
          ...(claim.approvedSeconds === null
            ? []
            : [{ term: '认定计入', value: formatHours(claim.approvedSeconds) }]),
          { term: '提交人', value: claim.filedAs === 'self' ? '本人' : '单位联络员' },
        ]}
      />
    </Card>
  );
}

/** Files as downloads; those of an earlier round stay readable. */
export function ProofList({ proofs }: { proofs: readonly ProofLine[] }) {
  return (
    <Card title="证明材料">
      {proofs.length === 0 ? (
        <p className="text-ink-muted">没有上传材料</p>
      ) : (
        <ul className="space-y-2">
          {proofs.map(({ id, fileName, byteCount, isRemoved }) => (
            <li key={id}>
              <TextLink to={`/claims/proofs/${id}`} className="break-all" reloadDocument>
                {fileName}
              </TextLink>
              <span className="ml-2 whitespace-nowrap text-sm text-ink-muted">
                {formatBytes(byteCount)}
                {isRemoved ? ' · 补正时已替换' : null}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

export function ClaimHistory({ events }: { events: readonly ClaimEvent[] }) {
  return <HistoryCard lines={events.map((event) => ({ ...event, title: EVENT_LABELS[event.kind] }))} />;
}
