import { Link } from '@remix-run/react';
import { memo } from 'react';
import { cx } from '#app/platform/ui/cx.ts';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { remainingText } from '../../sitting/client/timing.ts';
import type { Tile, TileMoment } from '../tile.ts';
import { CONDITION_LABELS, conditionOf, seatText, timeLeftMs } from '../tile.ts';
import { CONDITION_LOOK, agoText, signTexts } from './board-words.ts';

interface CandidateTileProps {
  readonly tile: Tile;
  readonly moment: TileMoment;
  readonly to: string;
  readonly formId: string;
  readonly isChosen: boolean;
}

/** One seat: who, how they stand, how far, how long, and what was noticed. Ticked for an act on several. */
export const CandidateTile = memo(function CandidateTile(props: CandidateTileProps) {
  const { tile, moment, to, formId, isChosen } = props;
  const condition = conditionOf(tile, moment);
  const look = CONDITION_LOOK[condition];
  const seat = seatText(tile);
  const signs = signTexts(tile);
  return (
    <li
      data-condition={condition}
      className={cx(
        'flex min-w-0 gap-3 rounded-md border border-l-4 border-line bg-surface-raised py-2.5 pl-3 pr-3',
        look.edge,
      )}
    >
      <input
        type="checkbox"
        name="ids"
        value={tile.registrationId}
        form={formId}
        defaultChecked={isChosen}
        aria-label={`选择 ${seat} ${tile.name}`}
        className="tick mt-1 shrink-0"
      />
      <div className="min-w-0 flex-1 text-sm tabular-nums">
        <p className="flex items-baseline justify-between gap-2">
          <Link
            to={to}
            className="min-w-0 truncate text-base font-semibold hover:text-accent hover:underline"
          >
            {seat === '' ? null : <span className="mr-2 font-normal text-ink-muted">{seat}</span>}
            {tile.name}
          </Link>
          <StateBadge shape={look.shape} tone={look.tone}>
            {CONDITION_LABELS[condition]}
          </StateBadge>
        </p>
        {tile.state === 'none' || condition === 'waiting' ? (
          <p className="truncate text-ink-muted">{tile.unitName}</p>
        ) : (
          <Progress tile={tile} moment={moment} />
        )}
        {signs.length > 0 ? <p className="text-caution">{signs.join(' · ')}</p> : null}
      </div>
    </li>
  );
});

function Progress({ tile, moment }: { tile: Tile; moment: TileMoment }) {
  const left = timeLeftMs(tile, moment.nowMs);
  return (
    <>
      <p className="flex items-baseline justify-between gap-2">
        <span>
          已答 {tile.answered}/{tile.itemCount}
        </span>
        {left === null ? (
          <span className="text-ink-muted">{tile.isHandedIn ? '本人交卷' : '系统收卷'}</span>
        ) : (
          <span>剩 {remainingText(left)}</span>
        )}
      </p>
      <div aria-hidden="true" className="my-1 h-1 rounded-full bg-chart-track">
        <div
          className="h-1 rounded-full bg-chart-bar"
          style={{ width: `${tile.itemCount > 0 ? Math.floor((tile.answered * 100) / tile.itemCount) : 0}%` }}
        />
      </div>
      {tile.state === 'in_progress' && tile.heardAtMs !== null ? (
        <p className="text-ink-muted">最近联系 {agoText(moment.nowMs - tile.heardAtMs)}</p>
      ) : null}
    </>
  );
}
