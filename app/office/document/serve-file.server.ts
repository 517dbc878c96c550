import type { ServedFile } from './document-view.server.ts';

/** A file to be saved, never to be shown inside our own origin: named, sniffing off, nothing in it may run. */
export function downloadOf({ fileName, type, bytes }: ServedFile): Response {
  const ending = /\.[a-z]+$/.exec(fileName)?.[0] ?? '';
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="document${ending}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'Content-Length': String(bytes.length),
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
    },
  });
}
