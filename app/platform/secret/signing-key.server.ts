import {
  FlattenedSign,
  calculateJwkThumbprint,
  exportJWK,
  flattenedVerify,
  generateKeyPair,
  importJWK,
} from 'jose';
import { z } from 'zod';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { findCurrentKey, findPublicKey, insertKey, publicJwkSchema } from './signing-key.store.server.ts';

/** A detached ES256 signature (JWS flattened, RFC 7515): header and signature; the content stands elsewhere. */
export interface DetachedSignature {
  readonly keyId: string;
  readonly protectedHeader: string;
  readonly signature: string;
}

export interface SigningKey {
  readonly keyId: string;
  /** Signs the UTF-8 bytes of the content. */
  sign(content: string): Promise<DetachedSignature>;
}

const ALGORITHM = 'ES256';
const privateJwkSchema = publicJwkSchema.extend({ d: z.string() });

const utf8 = (content: string): Uint8Array => new TextEncoder().encode(content);
const contextOf = (keyId: string): string => `signing_key:${keyId}`;

/**
 * The installation's present key for a purpose (`year_closing`; snake_case, named by the slice). The first one is made
 * when it is first asked for; the private part is kept sealed with APP_SECRET and leaves this file only as a signature.
 */
export async function currentSigningKey(
  ctx: Pick<Ctx, 'db' | 'pool' | 'secrets' | 'clock' | 'log'>,
  purpose: string,
): Promise<SigningKey> {
  const known = await findCurrentKey(ctx.pool, purpose);
  if (known === null) await makeFirstKey(ctx, purpose);
  const record = known ?? (await findCurrentKey(ctx.pool, purpose));
  invariant(record !== null, 'a signing key is there once it was made');
  const opened = ctx.secrets.decrypt('signing_key', record.privateCipher, contextOf(record.id));
  const jwk = privateJwkSchema.parse(JSON.parse(opened.toString('utf8')));
  const key = await importJWK(jwk, ALGORITHM);
  return {
    keyId: record.id,
    sign: async (content) => {
      const jws = await new FlattenedSign(utf8(content))
        .setProtectedHeader({ alg: ALGORITHM, kid: record.id })
        .sign(key);
      invariant(jws.protected !== undefined, 'a signature carries its header');
      return { keyId: record.id, protectedHeader: jws.protected, signature: jws.signature };
    },
  };
}

/** Of two processes at once the second keeps nothing and reads the first one's key. */
async function makeFirstKey(
  ctx: Pick<Ctx, 'db' | 'secrets' | 'clock' | 'log'>,
  purpose: string,
): Promise<void> {
  const pair = await generateKeyPair(ALGORITHM, { extractable: true });
  const made = await exportJWK(pair.privateKey);
  const keyId = await calculateJwkThumbprint(made);
  const privateJwk = privateJwkSchema.parse({ ...made, kid: keyId, alg: ALGORITHM, use: 'sig' });
  const plain = Buffer.from(JSON.stringify(privateJwk), 'utf8');
  const sealed = ctx.secrets.encrypt('signing_key', plain, contextOf(keyId));
  await inTransaction(ctx, 'make-signing-key', (tx) =>
    insertKey(tx, {
      id: keyId,
      purpose,
      serial: 1,
      publicJwk: publicJwkSchema.parse(privateJwk),
      privateCipher: new Uint8Array(sealed),
      createdAt: ctx.clock.now(),
    }),
  );
}

/** Whether the content is still what was signed with that key of ours. An unknown key or a mangled header is a no. */
export async function isSignatureValid(
  ctx: Pick<Ctx, 'pool'>,
  content: string,
  { keyId, protectedHeader, signature }: DetachedSignature,
): Promise<boolean> {
  const record = await findPublicKey(ctx.pool, keyId);
  if (record === null) return false;
  const key = await importJWK(record.publicJwk, ALGORITHM);
  const payload = Buffer.from(content, 'utf8').toString('base64url');
  return flattenedVerify({ protected: protectedHeader, payload, signature }, key, {
    algorithms: [ALGORITHM],
  }).then(
    ({ protectedHeader: header }) => header?.kid === keyId,
    () => false,
  );
}
