import type { SecondPersonWay } from '#app/office/approval/second-person.ts';
import { WAY_LABELS } from '#app/office/approval/second-person.ts';
import { scanPath } from '#app/office/approval/scan.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { PAPER_MODE_LABELS } from '../paper-mode.ts';
import type { PaperMode } from '../paper-mode.ts';

interface Both {
  readonly filedByName: string | null;
  readonly confirmedByName: string | null;
  readonly confirmedWay: SecondPersonWay | null;
  readonly confirmedScanId: string | null;
  readonly signerName: string | null;
  readonly occurredAt: Date;
}

export interface SealHistoryProps {
  seals: readonly (Both & {
    readonly id: string;
    readonly sealNo: number;
    readonly paperMode: PaperMode;
    readonly added: number;
    readonly paperCount: number;
    readonly setHash: string;
    readonly neighbours: {
      readonly pairs: number;
      readonly pairsAlike: number;
      readonly samePlacesWorst: number;
      readonly sharedMeanTenths: number;
    };
    readonly release: (Both & { readonly reason: string | null }) | null;
  })[];
  isIntact: boolean | null;
}

function People(both: Both) {
  if (both.confirmedWay === null) return <>系统封存（演示数据）</>;
  const { filedByName, confirmedByName, confirmedWay, confirmedScanId, signerName } = both;
  if (confirmedWay !== 'signed_form')
    return <>{`经办 ${filedByName ?? ''}，复核 ${confirmedByName ?? ''}（${WAY_LABELS[confirmedWay]}）`}</>;
  return (
    <>
      {`经办 ${filedByName ?? ''}，审批 ${signerName ?? ''}，`}
      {confirmedScanId === null ? null : (
        <a href={scanPath(confirmedScanId)} download className="text-accent underline underline-offset-2">
          签字的审批单
        </a>
      )}
    </>
  );
}

function neighbourText({
  pairs,
  pairsAlike,
  samePlacesWorst,
  sharedMeanTenths,
}: SealHistoryProps['seals'][number]['neighbours']) {
  if (pairs === 0) return '未编排座位，未作相邻比对';
  const alike =
    pairsAlike === 0
      ? '同一题号均不同题'
      : `${formatCount(pairsAlike)} 对有同题号同题，最多 ${samePlacesWorst} 题`;
  return `相邻 ${formatCount(pairs)} 对，${alike}；平均共有 ${sharedMeanTenths / 10} 题（题号不同）`;
}

/** Every seal of the sitting with both people, its set and how alike neighbours' papers are. */
export function SealHistory({ seals, isIntact }: SealHistoryProps) {
  if (seals.length === 0)
    return (
      <Card title="封卷记录">
        <p className="text-ink-muted">尚未封卷。不封卷的，考生开始作答时当场组卷。</p>
      </Card>
    );
  return (
    <Card title="封卷记录">
      <ol className="divide-y divide-line">
        {seals.map((seal, index) => (
          <li key={seal.id} className="py-4 first:pt-0 last:pb-0">
            <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
              <h3 className="font-semibold">{`第 ${seal.sealNo} 次封卷`}</h3>
              {index === 0 ? (
                <StateBadge
                  shape={seal.release ? 'half' : 'solid'}
                  tone={isIntact === false ? 'danger' : seal.release ? 'caution' : 'positive'}
                >
                  {isIntact === false ? '与记录不符' : seal.release ? '已启封' : '封存中'}
                </StateBadge>
              ) : null}
            </div>
            <DefinitionList
              items={[
                { term: '时间', value: formatInstant(seal.occurredAt) },
                { term: '人员', value: <People {...seal} /> },
                {
                  term: '试卷',
                  value: `${PAPER_MODE_LABELS[seal.paperMode]}，新封 ${formatCount(seal.added)} 份，累计 ${formatCount(seal.paperCount)} 份`,
                },
                { term: '相邻试卷', value: neighbourText(seal.neighbours) },
                {
                  term: '整套摘要',
                  value: <code className="break-all text-sm">{seal.setHash}</code>,
                },
                ...(seal.release
                  ? [
                      {
                        term: '启封',
                        value: (
                          <>
                            {`${formatInstant(seal.release.occurredAt)}，`}
                            <People {...seal.release} />
                            {seal.release.reason === null ? null : `（重新启封：${seal.release.reason}）`}
                          </>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          </li>
        ))}
      </ol>
    </Card>
  );
}
