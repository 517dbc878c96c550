import { door } from '#app/accounts/door.server.ts';
import { downloadOf } from '../../document/serve-file.server.ts';
import { serveApprovalScan } from '../serve-scan.server.ts';

/** The scan of a 批文 or a signed 审批单, always as a download and under the type its bytes have. */
export const loader = door('approval.read_scan', async ({ ctx, params }) => {
  const scan = await serveApprovalScan(ctx, params.scan ?? '');
  if (!scan.ok) throw new Response(null, { status: scan.code === 'FORBIDDEN' ? 403 : 404 });
  return downloadOf(scan.value);
});
