import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Board } from '../board-view.server.ts';
import { holdOrder } from '../tile.ts';
import type { Tile } from '../tile.ts';
import { CandidateTile } from './candidate-tile.tsx';

interface SeatGridProps {
  readonly board: Board;
  readonly sittingId: string;
  readonly formId: string;
  readonly chosen: ReadonlySet<string>;
  onChoose(chosen: ReadonlySet<string>): void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** Arrow keys walk from seat to seat; space ticks, as in any list of boxes. */
function walk(event: KeyboardEvent<HTMLUListElement>): void {
  const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input[name="ids"]')];
  const at = boxes.findIndex((box) => box === document.activeElement);
  if (at < 0) return;
  const columns = columnsOf(boxes);
  const step = STEPS[event.key] ?? { ArrowUp: -columns, ArrowDown: columns }[event.key];
  const next = step === undefined ? undefined : boxes[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** How many seats stand in the first row. */
function columnsOf(boxes: readonly HTMLInputElement[]): number {
  const top = boxes[0]?.getBoundingClientRect().top;
  const inFirstRow = boxes.filter((box) => box.getBoundingClientRect().top === top);
  return Math.max(1, inFirstRow.length);
}

/**
 * The tiles, worst first. While somebody points at them, works among them by keyboard or has ticked some, they stay
 * where they are and only their contents change.
 */
export function SeatGrid({ board, sittingId, formId, chosen, onChoose }: SeatGridProps) {
  const list = useRef<HTMLUListElement>(null);
  const [isTouched, setIsTouched] = useState(false);
  const shown = useHeldOrder(board.tiles, isTouched || chosen.size > 0);
  const readChosen = (): void => {
    const boxes = list.current?.querySelectorAll<HTMLInputElement>('input[name="ids"]:checked') ?? [];
    onChoose(new Set([...boxes].map((box) => box.value)));
  };
  const moment = { nowMs: board.nowMs, latestEntryAtMs: board.latestEntryAtMs };
  return (
    <ul
      ref={list}
      aria-label="考生"
      className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,14.5rem),1fr))] gap-2"
      onChange={readChosen}
      onKeyDown={walk}
      onPointerEnter={() => setIsTouched(true)}
      onPointerLeave={() => setIsTouched(false)}
      onFocus={() => setIsTouched(true)}
      onBlur={() => setIsTouched(false)}
    >
      {shown.map((tile) => (
        <CandidateTile
          key={tile.registrationId}
          tile={tile}
          moment={moment}
          formId={formId}
          isChosen={chosen.has(tile.registrationId)}
          to={`/invigilate/${sittingId}/${tile.registrationId}`}
        />
      ))}
    </ul>
  );
}

function useHeldOrder(tiles: readonly Tile[], isHeld: boolean): readonly Tile[] {
  const order = useRef<readonly string[]>([]);
  const shown = isHeld ? holdOrder(order.current, tiles) : tiles;
  order.current = shown.map((tile) => tile.registrationId);
  return shown;
}
