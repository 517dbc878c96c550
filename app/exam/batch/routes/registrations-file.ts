import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { REGISTRATIONS_TABLE } from '../registration/registrations-table-spec.ts';
import { exportRegistrations } from '../registration/registrations-workbook.server.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What the batch's list shows, as a workbook: same filters, same order, all pages. */
export const loader = door('exam.manage', async ({ ctx, params, request }) => {
  if (!isId(params.batch)) throw new Response(null, { status: 404 });
  const query = parseTableQuery(new URL(request.url).searchParams, REGISTRATIONS_TABLE);
  const file = await exportRegistrations(ctx, params.batch, query);
  if (!file.ok) throw new Response(null, { status: file.code === 'FORBIDDEN' ? 403 : 404 });
  const { fileName, content } = file.value;
  return new Response(new Uint8Array(content), {
    headers: {
      'Content-Type': XLSX,
      'Content-Disposition': `attachment; filename="registrations.xlsx"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'Cache-Control': 'no-store',
    },
  });
});
