import { door } from '#app/accounts/door.server.ts';
import { fileAnswer } from '#app/office/roster/file-answer.ts';
import { readExemptionScan } from '../exemption-views.server.ts';

export const loader = door('exemption.read', async ({ ctx, params }) => {
  const scan = await readExemptionScan(ctx, params.exemption ?? '');
  if (!scan.ok) throw new Response(null, { status: scan.code === 'FORBIDDEN' ? 403 : 404 });
  return fileAnswer(scan.value);
});
