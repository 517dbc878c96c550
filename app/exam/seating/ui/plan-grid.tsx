import { cx } from '#app/platform/ui/cx.ts';
import type { PlanPage, PlanSeat } from '../plan-view.server.ts';

/** A room seen from the front: one tile for each desk. */
export function PlanGrid({ grid, caption }: { grid: PlanPage['grid']; caption: string }) {
  return (
    <div role="region" aria-label={caption} tabIndex={0} className="print-flow overflow-x-auto pb-2">
      <p className="mb-3 w-full rounded border border-line bg-surface py-1 text-center text-sm text-ink-muted">
        讲台（前）
      </p>
      <table
        className="w-full table-fixed border-separate border-spacing-2 text-sm"
        style={{ minWidth: `${(grid[0]?.length ?? 1) * 10.5}rem` }}
      >
        <caption className="sr-only">{caption}</caption>
        <tbody>
          {grid.map((row, index) => (
            <tr key={index}>
              {row.map((seat) => (
                <Tile key={seat.seatNo} seat={seat} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Tile({ seat }: { seat: PlanSeat }) {
  const { seatNo, person, isBesideColleague } = seat;
  return (
    <td
      className={cx(
        'rounded border px-2 py-1.5 align-top',
        person === null ? 'border-dashed border-line text-ink-muted' : 'border-line bg-surface-raised',
        isBesideColleague && 'border-caution',
      )}
    >
      <span className="block text-xs tabular-nums text-ink-muted">{String(seatNo).padStart(2, '0')}</span>
      {person === null ? (
        <span>空座</span>
      ) : (
        <>
          <span className="block font-semibold">{person.name}</span>
          <span className="block text-xs text-ink-muted">{person.unitName}</span>
          <span className="block text-xs tabular-nums text-ink-muted">{person.ticketNo}</span>
          {isBesideColleague ? <span className="block text-xs text-caution">邻座同单位</span> : null}
        </>
      )}
    </td>
  );
}
