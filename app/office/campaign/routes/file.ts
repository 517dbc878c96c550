import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { serveCampaignFile } from '../keep-files.server.ts';

/** A stamped form or a proof, always as a download and under the type its bytes have. */
export const loader = door('campaign.read_file', async ({ ctx, params }) => {
  if (!isId(params.file)) throw new Response(null, { status: 404 });
  const file = await serveCampaignFile(ctx, params.file);
  if (!file.ok) throw new Response(null, { status: file.code === 'FORBIDDEN' ? 403 : 404 });
  const { fileName, mediaType, bytes } = file.value;
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': mediaType,
      'Content-Disposition': `attachment; filename="file"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  });
});
