import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { publicLink } from '#app/platform/http/public-address.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { TableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { BoardAnswer } from './board-action.server.ts';
import { actOnBoard } from './board-action.server.ts';
import { closingReach } from './closing-scope.server.ts';
import type { BoardSort } from './year-board.ts';
import type { YearBoard } from './year-board-view.server.ts';
import { viewYearBoard, yearAsked } from './year-board-view.server.ts';

/** Plain text with a link, for the work group of the region. */
function reminderText(board: YearBoard, link: string): string {
  const { counts, units, year } = board;
  const owing = counts.not_published + counts.notice + counts.objected + counts.to_confirm;
  return [
    `【学时确认】${year}年度学时确认进度：应办 ${formatCount(units)} 个单位，未确认 ${formatCount(owing)} 个（未公示 ${formatCount(counts.not_published)}、公示中 ${formatCount(counts.notice)}、有异议 ${formatCount(counts.objected)}、待单位确认 ${formatCount(counts.to_confirm)}）。`,
    '请尚未确认的单位尽快公示名单、答复异议，由单位负责人确认。',
    `办理：${link}`,
  ].join('\n');
}

/** The bureau's board with the text for the work group. Refusal: FORBIDDEN. */
export async function bureauYears(
  ctx: ActorCtx,
  asked: { readonly year: string | null; readonly query: TableQuery<BoardSort, 'standing'> },
): Promise<Outcome<{ readonly board: YearBoard; readonly reminder: string }, 'FORBIDDEN'>> {
  const board = await viewYearBoard(ctx, 'hours.close', asked);
  if (!board.ok) return board;
  const link = publicLink(ctx, `/coordinate/years?year=${board.value.year}`);
  return done({ board: board.value, reminder: reminderText(board.value, link) });
}

/** One post of the board, for the year it shows. */
export async function actOnYearBoard(
  ctx: ActorCtx,
  year: string | null,
  formData: FormData,
): Promise<BoardAnswer> {
  const asked = yearAsked(year, dayOf(ctx.clock.now()));
  const { units } = await closingReach(ctx, 'hours.close', asked);
  return actOnBoard(ctx, asked, formData, (unitId) => units.get(unitId)?.shownName ?? '该单位');
}
