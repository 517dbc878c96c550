import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { formatTime } from '#app/platform/time/day.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import type { TileFilter } from '../tile.ts';
import { ConditionFigures, PausedRooms } from './board-head.tsx';
import { SeatGrid } from './seat-grid.tsx';
import type { LiveBoard } from './use-board.ts';

const NOBODY: ReadonlySet<string> = new Set();
const ignore = (): void => undefined;

/** The board of the same room in letters that are read across it. */
export const wallPath = (sittingId: string, roomId: string | null): string =>
  `/invigilate/${sittingId}?wall=on${roomId === null ? '' : `&room=${roomId}`}`;

interface WallBoardProps {
  readonly live: LiveBoard;
  readonly sitting: { readonly id: string; readonly title: string };
  readonly filter: TileFilter;
}

/**
 * 大屏: figures and seats at twice their size, for a screen on the wall of a hall or an invigilator three metres away.
 * Worst first as on the desk, and nothing to tick or to fill in.
 */
export function WallBoard({ live, sitting, filter }: WallBoardProps) {
  const { board, isStale } = live;
  return (
    <div className="lg:[zoom:2]">
      <header className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h1 tabIndex={-1} className="text-base font-semibold">
          {sitting.title}
        </h1>
        <p className="flex items-baseline gap-3 tabular-nums">
          <span role="status">{formatTime(new Date(board.nowMs))}</span>
          <LinkButton to={`/invigilate/${sitting.id}`} size="small">
            退出大屏
          </LinkButton>
        </p>
      </header>
      {isStale ? (
        <div className="mb-3" role="alert">
          <Callout tone="danger" title="连接中断，显示的是以前的情况，正在重连" />
        </div>
      ) : null}
      <PausedRooms board={board} />
      <ConditionFigures board={board} filter={filter} isWall />
      <div className="[&_input]:hidden">
        <SeatGrid board={board} sittingId={sitting.id} formId="" chosen={NOBODY} onChoose={ignore} />
      </div>
    </div>
  );
}
