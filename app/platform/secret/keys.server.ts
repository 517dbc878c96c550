import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { invariant } from '#app/platform/result/invariant.ts';

/** One key per purpose, derived from APP_SECRET (HKDF-SHA-256): a leak of one use does not open another. */
export type KeyPurpose =
  | 'field_encryption'
  | 'id_number_lookup'
  | 'key_check'
  | 'form_token'
  | 'device_token'
  | 'agreement_key'
  | 'import_file'
  | 'mail_confirmation'
  | 'access_code'
  | 'opening_code'
  | 'paper_ahead'
  | 'signing_key';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CURRENT_KEY_ID = 'k1';

export interface Secrets {
  /** Keyed hash (HMAC-SHA-256) for looking up a value that itself is kept only as ciphertext. */
  lookupHash(purpose: KeyPurpose, value: string): Buffer;
  /** AES-256-GCM; `context` is bound to the ciphertext, so that it cannot be moved to another row. */
  encrypt(purpose: KeyPurpose, plain: Buffer, context: string): Buffer;
  /** Throws when the ciphertext was altered, moved or made with another secret. */
  decrypt(purpose: KeyPurpose, sealed: Buffer, context: string): Buffer;
  readonly keyId: string;
  /** A value that differs for every secret and reveals nothing: compared with the database's own at start. */
  readonly keyCheck: string;
}

/** @param secret APP_SECRET, at least 32 characters (checked where the environment is parsed) */
export function createSecrets(secret: string): Secrets {
  invariant(secret.length >= 32, 'APP_SECRET must have at least 32 characters');
  const keys = new Map<KeyPurpose, Buffer>();
  const keyFor = (purpose: KeyPurpose): Buffer => {
    const known = keys.get(purpose);
    if (known) return known;
    const made = Buffer.from(hkdfSync('sha256', secret, 'zhifa-academy', purpose, KEY_BYTES));
    keys.set(purpose, made);
    return made;
  };
  return {
    keyId: CURRENT_KEY_ID,
    keyCheck: createHmac('sha256', keyFor('key_check')).update('zhifa-academy').digest('hex').slice(0, 32),
    lookupHash: (purpose, value) => createHmac('sha256', keyFor(purpose)).update(value, 'utf8').digest(),
    encrypt: (purpose, plain, context) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), nonce);
      cipher.setAAD(Buffer.from(context, 'utf8'));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    decrypt: (purpose, sealed, context) => {
      const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), sealed.subarray(0, NONCE_BYTES));
      decipher.setAAD(Buffer.from(context, 'utf8'));
      decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    },
  };
}

/** SHA-256 of text or bytes. */
export function sha256(value: string | Uint8Array): Buffer {
  return createHash('sha256').update(value).digest();
}

/** Random text of 26 characters from a 32-letter alphabet without look-alikes: 130 bits. */
export function randomToken(): string {
  const alphabet = '23456789abcdefghjkmnpqrstuvwxyz0';
  return [...randomBytes(26)].map((byte) => alphabet[byte & 31]).join('');
}
