import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { readTileFilter, viewBoard } from '../board-view.server.ts';
import { tilesShared } from '../shared-tiles.server.ts';

/** The board as JSON, for the page that shows it and asks again every two seconds. */
export const loader = door('exam.invigilate', async ({ ctx, params, request }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const filter = readTileFilter(new URL(request.url).searchParams);
  const page = await viewBoard(ctx, params.sitting, filter, tilesShared);
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  return Response.json(page.value.board, { headers: { 'Cache-Control': 'no-store' } });
});
