import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { ServedZip } from './batch-view.server.ts';
import type { ServedFile } from './document-view.server.ts';

declare module '@remix-run/server-runtime' {
  interface AppLoadContext {
    /** The request as it came in. */
    incoming?: IncomingMessage | undefined;
  }
}

const headersOf = (fileName: string, type: string): Record<string, string> => ({
  'Content-Type': type,
  'Content-Disposition': `attachment; filename="document${/\.[a-z]+$/.exec(fileName)?.[0] ?? ''}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
  'Cache-Control': 'private, no-store',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; sandbox",
});

/** A file to be saved, never to be shown inside our own origin: named, sniffing off, nothing in it may run. */
export function downloadOf({ fileName, type, bytes }: ServedFile): Response {
  return new Response(new Uint8Array(bytes), {
    headers: { ...headersOf(fileName, type), 'Content-Length': String(bytes.length) },
  });
}

/** Bytes that may wait in a connection before more are made. */
const MOST_WAITING = 1024 * 1024;

/** Resolves when the connection has taken what it holds, or is gone. */
async function roomIn(socket: Socket): Promise<void> {
  if (socket.destroyed || socket.writableLength < MOST_WAITING) return;
  const over = new AbortController();
  const events = ['drain', 'close'].map((name) => once(socket, name, { signal: over.signal }));
  await Promise.race(events);
  over.abort();
  await Promise.allSettled(events);
}

/**
 * The same for a zip that is made while it is sent. The framework writes without waiting for a slow connection, so each
 * piece waits for room in it here; when the connection breaks, no more is made.
 */
export function downloadOfZip({ fileName, pieces }: ServedZip, socket: Socket | undefined): Response {
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (out) => {
        if (socket) await roomIn(socket);
        const next = socket?.destroyed ? await pieces.return(undefined) : await pieces.next();
        if (next.done) out.close();
        else out.enqueue(next.value);
      },
      cancel: async () => {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: headersOf(fileName, 'application/zip') });
}
