import { formatRange } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { ConfirmDialog } from '#app/platform/ui/feedback/confirm-dialog.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { papersPath, roomsPath, settingsPath } from '../../seating/paths.ts';
import { SITTING_PHASE_WORDS } from '../../sitting/sitting-list.ts';
import type { Batch } from '../batch.store.server.ts';
import type { SittingLine } from '../batch-view.server.ts';
import type { BatchSitting } from '../sittings-of-batch.store.server.ts';
import { AddSittingLink } from './batch-head.tsx';

interface SittingsCardProps {
  readonly batch: Batch;
  readonly sittings: readonly SittingLine[];
  /** Sittings whose results may be released now. */
  readonly releasable: readonly string[];
  /** Approved people without a sitting. */
  readonly unplaced: number;
  readonly commandId: string;
}

function Release({
  sitting,
  mayRelease,
  commandId,
}: {
  sitting: BatchSitting;
  mayRelease: boolean;
  commandId: string;
}) {
  if (sitting.resultRelease === 'at_once') return <>交卷后可见</>;
  if (sitting.resultsReleasedAt !== null) return <>已发布</>;
  if (!mayRelease) return <>待发布</>;
  return (
    <ConfirmDialog
      id={`release-${sitting.sittingId}`}
      title={`发布成绩：${sitting.title}`}
      trigger="发布成绩"
      confirm={`发布 ${formatCount(sitting.graded)} 人的成绩`}
      tone="primary"
      size="small"
      commandId={commandId}
      hidden={{ intent: 'release', sittingId: sitting.sittingId }}
    >
      <p>{`将向 ${formatCount(sitting.graded)} 名考生发布成绩并通知本人；合格的取得执法资格。发布后不能收回。`}</p>
    </ConfirmDialog>
  );
}

/** A remote sitting needs no rooms: everybody who waits gets it and a ticket, but not who watches over it. */
function Assign({
  sitting,
  unplaced,
  commandId,
}: {
  sitting: SittingLine;
  unplaced: number;
  commandId: string;
}) {
  if (unplaced === 0 || sitting.status !== 'published') return null;
  const { sittingId, watching } = sitting;
  return (
    <span className="grid gap-1">
      {unplaced > watching.count ? (
        <FormShell id={`assign-${sittingId}`} commandId={commandId} className="space-y-0">
          <input type="hidden" name="intent" value="assign" />
          <input type="hidden" name="sittingId" value={sittingId} />
          <SubmitButton size="small" tone="secondary" busyText="正在编入…">
            {`编入 ${formatCount(unplaced - watching.count)} 人`}
          </SubmitButton>
        </FormShell>
      ) : null}
      {watching.count === 0 ? null : (
        <span className="text-sm text-ink-muted">
          {`${watching.names}是本场监考人员，不编入本场；请另行安排监考，或编入其他场次。`}
        </span>
      )}
    </span>
  );
}

/** The sittings of a batch with what is next for each. */
export function SittingsCard({ batch, sittings, releasable, unplaced, commandId }: SittingsCardProps) {
  return (
    <Card title="场次" action={<AddSittingLink batch={batch} />}>
      {sittings.length === 0 ? (
        <p className="text-ink-muted">还没有场次。审核通过的人员编入场次后，发给准考证。</p>
      ) : (
        <SimpleTable
          caption="场次"
          hideCaption
          head={[
            '场次',
            '考试时间',
            '状态',
            { label: '已编排', unit: '人', align: 'end' },
            { label: '已评分', unit: '人', align: 'end' },
            '成绩',
            '办理',
          ]}
          rows={sittings.map((sitting) => {
            const { label, shape, tone } = SITTING_PHASE_WORDS[sitting.phase];
            return {
              key: sitting.sittingId,
              cells: [
                <TextLink
                  key="title"
                  to={
                    sitting.placeMode === 'rooms'
                      ? roomsPath(sitting.sittingId)
                      : papersPath(sitting.sittingId)
                  }
                >
                  {sitting.title}
                </TextLink>,
                <span key="time" className="whitespace-nowrap">
                  {formatRange(sitting.opensAt, sitting.hardEndAt)}
                </span>,
                <StateBadge key="state" shape={shape} tone={tone}>
                  {label}
                </StateBadge>,
                formatCount(sitting.seated),
                formatCount(sitting.graded),
                <Release
                  key="release"
                  sitting={sitting}
                  mayRelease={releasable.includes(sitting.sittingId)}
                  commandId={commandId}
                />,
                <span key="links" className="flex flex-wrap gap-x-4">
                  {sitting.placeMode === 'rooms' ? (
                    <TextLink to={roomsPath(sitting.sittingId)}>考场编排</TextLink>
                  ) : (
                    <Assign sitting={sitting} unplaced={unplaced} commandId={commandId} />
                  )}
                  <TextLink to={settingsPath(sitting.sittingId)}>设置</TextLink>
                  <TextLink to={papersPath(sitting.sittingId)}>文书</TextLink>
                </span>,
              ],
            };
          })}
        />
      )}
    </Card>
  );
}
