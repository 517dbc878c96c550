import { Form, Link } from '@remix-run/react';
import { formatTime } from '#app/platform/time/day.ts';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { cx } from '#app/platform/ui/cx.ts';
import { Options } from '#app/platform/ui/form/select-field.tsx';
import type { Board } from '../board-view.server.ts';
import type { TileFilter } from '../tile.ts';
import { CONDITIONS, CONDITION_LABELS } from '../tile.ts';
import { agoText } from './board-words.ts';

/** How many stand how; each figure narrows the board to them. */
export function ConditionFigures({
  board,
  filter,
  isWall = false,
}: {
  board: Board;
  filter: TileFilter;
  isWall?: boolean;
}) {
  const to = (state: string | null): string => {
    const search = new URLSearchParams();
    if (isWall) search.set('wall', 'on');
    if (filter.roomId !== null) search.set('room', filter.roomId);
    if (state !== null) search.set('state', state);
    return `?${search.toString()}`;
  };
  const figures = CONDITIONS.filter((one) => board.counts[one] > 0 || one === 'silent' || one === 'running');
  return (
    <ul aria-label="按状态" className="mb-4 flex flex-wrap gap-2">
      <Figure to={to(null)} label="全部" value={board.total} isChosen={filter.condition === null} />
      {figures.map((one) => (
        <Figure
          key={one}
          to={to(one)}
          label={CONDITION_LABELS[one]}
          value={board.counts[one]}
          isChosen={filter.condition === one}
          isAlarm={one === 'silent' && board.counts[one] > 0}
        />
      ))}
    </ul>
  );
}

interface FigureProps {
  readonly to: string;
  readonly label: string;
  readonly value: number;
  readonly isChosen: boolean;
  readonly isAlarm?: boolean | undefined;
}

function Figure({ to, label, value, isChosen, isAlarm = false }: FigureProps) {
  return (
    <li>
      <Link
        to={to}
        preventScrollReset
        aria-current={isChosen ? 'true' : undefined}
        className={cx(
          'flex items-baseline gap-2 rounded-md border bg-surface-raised px-3 py-1.5 hover:border-accent',
          isChosen ? 'border-accent' : 'border-line',
        )}
      >
        <span className="text-sm text-ink-muted">{label}</span>
        <span className={cx('text-lg font-semibold tabular-nums', isAlarm && 'text-danger')}>{value}</span>
      </Link>
    </li>
  );
}

/** Rooms that rest, or the whole of a remote sitting, said above everything else. */
export function PausedRooms({ board }: { board: Board }) {
  const whole = { id: 'sitting', name: '全场', pausedAtMs: board.pausedAtMs };
  const paused = [whole, ...board.rooms].flatMap(({ id, name, pausedAtMs }) =>
    pausedAtMs === null ? [] : [{ id, name, pausedAtMs }],
  );
  if (paused.length === 0) return null;
  return (
    <div className="mb-4">
      <Callout tone="warning" title={board.pausedAtMs === null ? '考场暂停中' : '全场暂停中'}>
        {paused.map(({ id, name, pausedAtMs }) => (
          <p key={id} className="tabular-nums">
            {`${name}：${formatTime(new Date(pausedAtMs))} 起暂停（${agoText(board.nowMs - pausedAtMs)}），此间开始作答的考生同样暂停；恢复后补回全部时间。`}
          </p>
        ))}
      </Callout>
    </div>
  );
}

/** Room, state and words; sent as an ordinary GET form. */
export function BoardFilter({ board, filter }: { board: Board; filter: TileFilter }) {
  return (
    <Form method="get" role="search" aria-label="筛选考生" className="no-print mb-3 flex flex-wrap gap-2">
      {board.rooms.length > 1 ? (
        <select name="room" aria-label="考场" defaultValue={filter.roomId ?? ''} className="control w-auto">
          <option value="">全部考场</option>
          <Options options={board.rooms.map((room) => ({ value: room.id, label: room.name }))} />
        </select>
      ) : null}
      <select name="state" aria-label="状态" defaultValue={filter.condition ?? ''} className="control w-auto">
        <option value="">全部状态</option>
        <Options options={CONDITIONS.map((value) => ({ value, label: CONDITION_LABELS[value] }))} />
      </select>
      <input
        type="search"
        name="q"
        defaultValue={filter.q}
        aria-label="姓名、单位、准考证号或座位"
        placeholder="姓名、单位、准考证号或座位"
        className="control w-64 max-w-full"
      />
      <button type="submit" className={buttonClass('secondary')}>
        筛选
      </button>
    </Form>
  );
}
