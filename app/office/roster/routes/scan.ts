import { door } from '#app/accounts/door.server.ts';
import { readCorrectionScan } from '../correction-view.server.ts';
import { fileAnswer } from '../file-answer.ts';

export const loader = door('roster.read_correction', async ({ ctx, params }) => {
  const scan = await readCorrectionScan(ctx, params.correction ?? '');
  if (!scan.ok) throw new Response(null, { status: scan.code === 'FORBIDDEN' ? 403 : 404 });
  return fileAnswer(scan.value);
});
