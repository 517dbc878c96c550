import { crc32, deflateSync } from 'node:zlib';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { writePhoto } from '#app/organization/register/photo.store.server.ts';
import { readPicture } from '#app/organization/register/picture.ts';
import { sealPhoto } from '#app/organization/register/register-secret.server.ts';

function part(kind: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(kind), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

const WHITE = [255, 255, 255] as const;
const SKIN = [236, 188, 152] as const;

/** A drawn head and shoulders on white, as PNG. @param coat colour by which one portrait is told from another */
export function portraitPng(
  coat: readonly [number, number, number],
  { widthPx = 150, heightPx = 210, hasAlpha = false } = {},
): Uint8Array {
  const colourAt = (x: number, y: number): readonly number[] => {
    const [u, v] = [x / widthPx - 0.5, y / heightPx];
    if ((u / 0.22) ** 2 + ((v - 0.4) / 0.2) ** 2 < 1) return SKIN;
    return (u / 0.42) ** 2 + ((v - 1.02) / 0.36) ** 2 < 1 ? coat : WHITE;
  };
  const rows = Array.from({ length: heightPx }, (_, y) => {
    const pixels = Array.from({ length: widthPx }, (__, x) => [
      ...colourAt(x, y),
      ...(hasAlpha ? [255] : []),
    ]);
    return Buffer.from([0, ...pixels.flat()]);
  });
  const head = Buffer.alloc(13);
  head.writeUInt32BE(widthPx, 0);
  head.writeUInt32BE(heightPx, 4);
  head.set([8, hasAlpha ? 6 : 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [
    part('IHDR', head),
    part('IDAT', deflateSync(Buffer.concat(rows))),
    part('IEND', Buffer.alloc(0)),
  ];
  return new Uint8Array(Buffer.concat([signature, ...parts]));
}

/** Keeps a photo of a person as the import of photos does. */
export async function givePhoto(ctx: Ctx, personId: string, content: Uint8Array): Promise<void> {
  const picture = readPicture(content);
  if (typeof picture === 'string') throw new Error(picture);
  const photo = {
    ...picture,
    personId,
    byteCount: content.length,
    sha256: sha256(content).toString('hex'),
    contentCipher: sealPhoto(ctx, personId, content),
  };
  const source = { sourceKind: 'test', sourceId: null, actorId: null, at: ctx.clock.now() };
  const kept = await inTransaction(ctx, 'give-photo', (tx) => writePhoto(tx, photo, source));
  if (!kept.ok) throw new Error('a photo is kept');
}
