import { door } from '#app/accounts/door.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { parseAskedScope } from '../asked.ts';
import { exportCompletion } from '../export-completion.server.ts';
import { parsePersonQuery, wholeListOfQuery } from '../person-query.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What the page shows, as a workbook: same scope, same day, same filters, all pages of the list of persons. */
export const loader = door('figures.read', async ({ ctx, request }) => {
  const params = new URL(request.url).searchParams;
  const { place, day } = parseAskedScope(params, dayOf(ctx.clock.now()));
  const persons = wholeListOfQuery(parsePersonQuery(params));
  const file = await exportCompletion(ctx, { place, day, persons });
  if (!file.ok) throw new Response(null, { status: file.code === 'FORBIDDEN' ? 403 : 404 });
  const { fileName, content } = file.value;
  return new Response(new Uint8Array(content), {
    headers: {
      'Content-Type': XLSX,
      'Content-Disposition': `attachment; filename="completion.xlsx"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'Cache-Control': 'no-store',
    },
  });
});
