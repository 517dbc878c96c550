import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { expect, it } from 'vitest';
import { downloadOfZip } from '#app/office/document/serve-file.server.ts';

const PIECE = new Uint8Array(64);

/** Three pieces, with how many were made. */
function threePieces() {
  const made = { count: 0 };
  async function* pieces() {
    for (; made.count < 3;) {
      made.count += 1;
      yield await Promise.resolve(PIECE);
    }
  }
  return { made, zip: { fileName: '考务文书.zip', pieces: pieces() } };
}

it('a zip is sent piece by piece as a download', async () => {
  const { zip } = threePieces();
  const answer = downloadOfZip(zip, undefined);
  expect(answer.headers.get('Content-Disposition')).toContain('filename="document.zip"');
  expect((await answer.arrayBuffer()).byteLength).toBe(3 * PIECE.length);
});

it('no more of a zip is made for somebody who is gone', async () => {
  const { made, zip } = threePieces();
  const reader = downloadOfZip(zip, undefined).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect(made.count).toBe(1);
});

it('a connection that takes nothing is waited for, and a broken one ends the zip', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const browser = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  const [socket] = await accepted;
  // More than the system's own buffers hold.
  socket.write(Buffer.alloc(32 * 1024 * 1024));
  const { made, zip } = threePieces();
  const reader = downloadOfZip(zip, socket).body?.getReader();
  const first = reader?.read();
  expect(made.count).toBe(0);
  browser.resume();
  expect(await first).toMatchObject({ done: false });
  browser.destroy();
  socket.destroy();
  expect(await reader?.read()).toMatchObject({ done: true });
  expect(made.count).toBe(1);
  server.close();
});
