import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { serveProof } from '../serve-proof.server.ts';

/** A proof, always as a download and under the type its bytes have. */
export const loader = door('claim.read_proof', async ({ ctx, params }) => {
  if (!isId(params.proof)) throw new Response(null, { status: 404 });
  const file = await serveProof(ctx, params.proof);
  if (!file.ok) throw new Response(null, { status: file.code === 'FORBIDDEN' ? 403 : 404 });
  const { fileName, mediaType, bytes } = file.value;
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': mediaType,
      'Content-Disposition': `attachment; filename="file"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'private, no-store',
    },
  });
});
