import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { RequestListener } from 'node:http';

/** Longer than the usual idle time of reverse proxies (60 s), so that they never reuse a connection we just closed. */
const KEEP_ALIVE_MS = 65_000;
const HEADERS_TIMEOUT_MS = 66_000;
const REQUEST_TIMEOUT_MS = 300_000;
const DRAIN_MS = 15_000;

export interface Listening {
  readonly port: number;
  /** Stops accepting, waits for requests under way up to a limit, then closes what is left. */
  close(): Promise<void>;
}

/** Rejects with the system's error (EADDRINUSE, EACCES …); the caller says what a person can do. */
export async function listen(options: {
  listener: RequestListener;
  host: string;
  port: number;
  tls: { certFile: string; keyFile: string } | null;
}): Promise<Listening> {
  const server = options.tls
    ? https.createServer(
        { cert: await readFile(options.tls.certFile), key: await readFile(options.tls.keyFile) },
        options.listener,
      )
    : http.createServer(options.listener);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: options.host, port: options.port, backlog: 4096 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    close: () =>
      new Promise<void>((resolve, reject) => {
        const force = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
        server.close((error) => {
          clearTimeout(force);
          if (error) reject(error);
          else resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
