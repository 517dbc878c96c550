import { z } from 'zod';
import type { JsonInput, Pool, Tx } from '#app/platform/db/db.server.ts';

/** A public key of the installation as a JWK (RFC 7517), P-256. Unknown members are dropped: nothing private slips in. */
export const publicJwkSchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  kid: z.string(),
  alg: z.literal('ES256'),
  use: z.literal('sig'),
});
export type PublicJwk = z.infer<typeof publicJwkSchema>;

const keyRow = z.object({
  id: z.string(),
  purpose: z.string(),
  publicJwk: publicJwkSchema,
  createdAt: z.date(),
});
export type SigningKeyRecord = z.infer<typeof keyRow>;

const COLUMNS = `k.id, k.purpose, k.public_jwk as "publicJwk", k.created_at as "createdAt"`;

/** The newest key of a purpose with its sealed private part; null before the first was made. */
export async function findCurrentKey(
  pool: Pool,
  purpose: string,
): Promise<(SigningKeyRecord & { readonly privateCipher: Buffer }) | null> {
  const { rows } = await pool.query({
    name: 'platform-signing-key-current',
    text: `select ${COLUMNS}, s.private_cipher as "privateCipher"
           from signing_key k join signing_key_secret s on s.key_id = k.id
           where k.purpose = $1 order by k.serial desc limit 1`,
    values: [purpose],
  });
  return z.array(keyRow.extend({ privateCipher: z.instanceof(Buffer) })).parse(rows)[0] ?? null;
}

/** A key by its id, however old. */
export async function findPublicKey(pool: Pool, keyId: string): Promise<SigningKeyRecord | null> {
  const { rows } = await pool.query({
    name: 'platform-signing-key',
    text: `select ${COLUMNS} from signing_key k where k.id = $1`,
    values: [keyId],
  });
  return z.array(keyRow).parse(rows)[0] ?? null;
}

/** Every public key ever used, oldest first. */
export async function listPublicKeys(pool: Pool): Promise<SigningKeyRecord[]> {
  const { rows } = await pool.query(`select ${COLUMNS} from signing_key k order by k.created_at, k.id`);
  return z.array(keyRow).parse(rows);
}

export interface NewSigningKey {
  readonly id: string;
  readonly purpose: string;
  readonly serial: number;
  readonly publicJwk: PublicJwk;
  readonly privateCipher: Uint8Array<ArrayBuffer>;
  readonly createdAt: Date;
}

/** @returns whether it became the key of this serial; of two processes at once one is told false */
export async function insertKey(tx: Tx, key: NewSigningKey): Promise<boolean> {
  const { privateCipher, publicJwk, ...row } = key;
  const jwk: JsonInput = publicJwk;
  const { count } = await tx.signingKey.createMany({
    data: { ...row, algorithm: 'ES256', publicJwk: jwk },
    skipDuplicates: true,
  });
  if (count === 1) await tx.signingKeySecret.create({ data: { keyId: key.id, privateCipher } });
  return count === 1;
}
