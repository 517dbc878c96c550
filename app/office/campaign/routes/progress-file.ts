import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { BOARD_TABLE } from '../board-table-spec.ts';
import { exportProgress } from '../progress-workbook.server.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What the board shows, as a workbook: same filters, same order, all pages. */
export const loader = door('campaign.read', async ({ ctx, params, request }) => {
  if (!isId(params.campaign)) throw new Response(null, { status: 404 });
  const query = parseTableQuery(new URL(request.url).searchParams, BOARD_TABLE);
  const file = await exportProgress(ctx, params.campaign, query);
  if (!file.ok) throw new Response(null, { status: file.code === 'FORBIDDEN' ? 403 : 404 });
  const { fileName, content } = file.value;
  return new Response(new Uint8Array(content), {
    headers: {
      'Content-Type': XLSX,
      'Content-Disposition': `attachment; filename="progress.xlsx"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'Cache-Control': 'no-store',
    },
  });
});
