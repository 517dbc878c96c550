import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { BoardStats } from '../ui/board-stats.tsx';
import { YearBoardTable } from '../ui/year-board-table.tsx';
import { YearLinks } from '../../target/ui/year-links.tsx';
import { BOARD_TABLE } from '../year-board.ts';
import { viewYearBoard } from '../year-board-view.server.ts';

export const meta: MetaFunction = () => [{ title: '年度学时确认 · 执法学堂' }];

export const loader = door('hours.read_closing', async ({ ctx, request }) => {
  const params = new URL(request.url).searchParams;
  const query = parseTableQuery(params, BOARD_TABLE);
  const board = await viewYearBoard(ctx, 'hours.read_closing', { year: params.get('year'), query });
  if (!board.ok) throw new Response(null, { status: 403 });
  return { ...board.value, pageSize: query.size, sort: query.sort };
});

/** How one's own units stand with the years that are over. */
export default function UnitYears() {
  const { year, years, counts, units, rows, total, page, pageSize, sort } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="年度学时确认"
        meta={`${year}年度：公示、确认、封账`}
        scope={<YearLinks year={year} years={years} />}
      />
      <div className="space-y-8">
        {units > 1 ? <BoardStats counts={counts} units={units} /> : null}
        <YearBoardTable {...{ year, counts, rows, total, page, pageSize, sort }} />
      </div>
    </>
  );
}
