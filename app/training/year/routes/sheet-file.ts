import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { serveSheet } from '../closing-view.server.ts';

/** A scan of a signed list, always as a download and under the type its bytes have. */
export const loader = door('hours.read_closing', async ({ ctx, params }) => {
  if (!isId(params.sheet)) throw new Response(null, { status: 404 });
  const sheet = await serveSheet(ctx, params.sheet);
  if (!sheet.ok) throw new Response(null, { status: sheet.code === 'FORBIDDEN' ? 403 : 404 });
  const { fileName, mediaType, bytes } = sheet.value;
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': mediaType,
      'Content-Disposition': `attachment; filename="sheet"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'private, no-store',
    },
  });
});
