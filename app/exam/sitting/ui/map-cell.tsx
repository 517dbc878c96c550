import { cx } from '#app/platform/ui/cx.ts';
import { questionId } from './paper-parts.ts';

export interface CellLook {
  position: number;
  isAnswered: boolean;
  isFlagged: boolean;
  isCurrent: boolean;
}

export interface MapCellProps extends CellLook {
  onGo: (position: number) => void;
}

function stateText({ position, isAnswered, isFlagged }: CellLook): string {
  return `第 ${position} 题，${isAnswered ? '已作答' : '未作答'}${isFlagged ? '，已标记' : ''}`;
}

/** One question of the map. */
export function MapCell({ onGo, ...look }: MapCellProps) {
  const { position, isAnswered, isFlagged, isCurrent } = look;
  return (
    <li>
      <a
        href={`#${questionId(position)}`}
        aria-label={stateText(look)}
        aria-current={isCurrent ? 'true' : undefined}
        onClick={(event) => {
          event.preventDefault();
          onGo(position);
        }}
        className={cx(
          'map-cell',
          isAnswered && 'map-cell-answered',
          isCurrent && 'outline outline-2 outline-offset-2 outline-ink',
        )}
      >
        {position}
        {isFlagged ? <FlagMark /> : null}
      </a>
    </li>
  );
}

/** A corner that is told by its shape, not by its colour. */
export function FlagMark() {
  return (
    <svg viewBox="0 0 10 10" aria-hidden="true" className="absolute right-0 top-0 h-3.5 w-3.5">
      <path d="M0 0h10v10z" className="fill-caution stroke-surface-raised" strokeWidth="1" />
    </svg>
  );
}
