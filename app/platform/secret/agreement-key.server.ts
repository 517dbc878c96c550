import { webcrypto } from 'node:crypto';
import { z } from 'zod';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { invariant } from '#app/platform/result/invariant.ts';

/** ECDH over P-256: what every browser of the baseline can do (design.md §6). */
const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;

/** To this key outsiders encrypt what only the installation can open. */
export interface AgreementKey {
  readonly id: string;
  /** The point in raw form (65 bytes), base64url. */
  readonly publicKey: string;
}

type KeyCtx = Pick<Ctx, 'db' | 'pool' | 'secrets' | 'clock' | 'log'>;
const contextOf = (keyId: string): string => `agreement_key:${keyId}`;
const publicRow = z.object({ id: z.string(), publicKey: z.instanceof(Buffer) });

async function findCurrent(pool: Pool, purpose: string): Promise<AgreementKey | null> {
  const { rows } = await pool.query({
    name: 'platform-agreement-key-current',
    text: `select id, public_key as "publicKey" from agreement_key where purpose = $1 order by serial desc limit 1`,
    values: [purpose],
  });
  const [row] = z.array(publicRow).parse(rows);
  return row ? { id: row.id, publicKey: row.publicKey.toString('base64url') } : null;
}

/** Of two processes at once the second keeps nothing and reads the first one's key. */
async function makeFirst(ctx: KeyCtx, purpose: string): Promise<void> {
  const pair = await webcrypto.subtle.generateKey(CURVE, true, ['deriveBits']);
  const publicKey = new Uint8Array(await webcrypto.subtle.exportKey('raw', pair.publicKey));
  const plain = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', pair.privateKey));
  const id = newId<'AgreementKey'>();
  const sealed = ctx.secrets.encrypt('agreement_key', plain, contextOf(id));
  await inTransaction(ctx, 'make-agreement-key', async (tx) => {
    const { count } = await tx.agreementKey.createMany({
      data: { id, purpose, serial: 1, publicKey, createdAt: ctx.clock.now() },
      skipDuplicates: true,
    });
    if (count === 1)
      await tx.agreementKeySecret.create({ data: { keyId: id, privateCipher: new Uint8Array(sealed) } });
  });
}

/** The installation's present key for a purpose (snake_case, named by the slice); made when first asked for. */
export async function currentAgreementKey(ctx: KeyCtx, purpose: string): Promise<AgreementKey> {
  const known = await findCurrent(ctx.pool, purpose);
  if (known) return known;
  await makeFirst(ctx, purpose);
  const made = await findCurrent(ctx.pool, purpose);
  invariant(made, 'an agreement key is there once it was made');
  return made;
}

/** The private part of one of our keys, however old, for deriving only; null for a key that is not ours. */
export async function privateAgreementKey(
  ctx: Pick<Ctx, 'pool' | 'secrets'>,
  keyId: string,
  purpose: string,
): Promise<CryptoKey | null> {
  const { rows } = await ctx.pool.query(
    `select s.private_cipher as cipher from agreement_key k join agreement_key_secret s on s.key_id = k.id
     where k.id = $1 and k.purpose = $2`,
    [keyId, purpose],
  );
  const [row] = z.array(z.object({ cipher: z.instanceof(Buffer) })).parse(rows);
  if (!row) return null;
  const plain = ctx.secrets.decrypt('agreement_key', row.cipher, contextOf(keyId));
  return webcrypto.subtle.importKey('pkcs8', new Uint8Array(plain), CURVE, false, ['deriveBits']);
}
