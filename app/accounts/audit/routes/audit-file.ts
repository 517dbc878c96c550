import { dayOf } from '#app/platform/time/day.ts';
import { door } from '../../door.server.ts';
import { parseAskedAudit } from '../asked-audit.ts';
import { exportAudit } from '../read-audit.server.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What the page shows, as a workbook: same days, same filters, all pages. */
export const loader = door('audit.read', async ({ ctx, request }) => {
  const asked = parseAskedAudit(new URL(request.url).searchParams, dayOf(ctx.clock.now()));
  const file = await exportAudit(ctx, asked);
  if (!file.ok) throw new Response(null, { status: file.code === 'FORBIDDEN' ? 403 : 413 });
  const { fileName, content } = file.value;
  return new Response(new Uint8Array(content), {
    headers: {
      'Content-Type': XLSX,
      'Content-Disposition': `attachment; filename="audit.xlsx"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'Cache-Control': 'no-store',
    },
  });
});
