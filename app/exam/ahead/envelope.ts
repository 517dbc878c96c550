import { fromBase64url, toBase64url } from '#app/platform/text/base64url.ts';

/** First member of every envelope; a later shape gets another number. */
export const ENVELOPE_FORMAT = 'zhifa-paper-ahead/1';
/** PBKDF2-HMAC-SHA-256: what OWASP asks for passwords, though a code is no password but 66 random bits. */
export const LOCK_ITERATIONS = 600_000;
const NONCE_BYTES = 12;
const KEY_BITS = 256;

/** The content key under the 开卷口令 of a room. */
export interface EnvelopeLock {
  /** Which release and room the code belongs to; stands on the code's sheet as well. */
  readonly no: string;
  readonly salt: string;
  readonly iterations: number;
  readonly nonce: string;
  readonly wrapped: string;
}

/** One candidate's paper as it lies on a machine before the bell; binary members in base64url. */
export interface Envelope {
  readonly format: typeof ENVELOPE_FORMAT;
  readonly attemptId: string;
  readonly epoch: number;
  readonly nonce: string;
  readonly data: string;
  /** Null where no room's code opens it (an exam without rooms): then only the server's key does. */
  readonly lock: EnvelopeLock | null;
}

/** What the server knows of the code that locks an envelope. */
export interface LockKey {
  readonly no: string;
  readonly salt: string;
  readonly key: Bytes;
}

export type Bytes = Uint8Array<ArrayBuffer>;

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

/** Bound to every ciphertext: an envelope opens nothing for another attempt, device or part. */
const boundTo = (envelope: { attemptId: string; epoch: number }, part: 'paper' | 'key'): Bytes =>
  utf8(`${ENVELOPE_FORMAT}\n${envelope.attemptId}\n${envelope.epoch}\n${part}`);

const aesKey = (bytes: Bytes, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> =>
  globalThis.crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, [usage]);

interface Part {
  readonly nonce: string;
  readonly data: string;
}

async function encrypt(keyBytes: Bytes, plain: Bytes, additionalData: Bytes): Promise<Part> {
  const { crypto } = globalThis;
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const key = await aesKey(keyBytes, 'encrypt');
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain);
  return { nonce: toBase64url(iv), data: toBase64url(new Uint8Array(data)) };
}

/** Null when the key does not fit or a bit was changed. */
async function decrypt(keyBytes: Bytes, part: Part, additionalData: Bytes): Promise<Bytes | null> {
  try {
    const algorithm = { name: 'AES-GCM', iv: fromBase64url(part.nonce), additionalData };
    const key = await aesKey(keyBytes, 'decrypt');
    const plain = await globalThis.crypto.subtle.decrypt(algorithm, key, fromBase64url(part.data));
    return new Uint8Array(plain);
  } catch {
    // Everything that goes wrong here is the key's or the envelope's doing: no base64, no matching tag.
    return null;
  }
}

/** The key that a typed code stands for: deliberately slow. */
export async function lockKeyOf(code: string, salt: string, iterations: number): Promise<Bytes> {
  const { subtle } = globalThis.crypto;
  const base = await subtle.importKey('raw', utf8(code), 'PBKDF2', false, ['deriveBits']);
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: fromBase64url(salt), iterations };
  return new Uint8Array(await subtle.deriveBits(algorithm, base, KEY_BITS));
}

/** Null for a lock that is none: a salt or a number of rounds that cannot be read. */
async function readableLockKey(code: string, lock: EnvelopeLock): Promise<Bytes | null> {
  try {
    return await lockKeyOf(code, lock.salt, lock.iterations);
  } catch {
    // The code is digits alone, so whatever fails here is the lock's doing.
    return null;
  }
}

/** Puts a text into an envelope. @param contentKey 32 bytes  @param lock the room's code as a key; null: none */
export async function sealEnvelope(
  owner: { readonly attemptId: string; readonly epoch: number },
  text: string,
  contentKey: Bytes,
  lock: LockKey | null,
): Promise<Envelope> {
  const paper = await encrypt(contentKey, utf8(text), boundTo(owner, 'paper'));
  const wrapped = lock && (await encrypt(lock.key, contentKey, boundTo(owner, 'key')));
  return {
    format: ENVELOPE_FORMAT,
    attemptId: owner.attemptId,
    epoch: owner.epoch,
    ...paper,
    lock: lock &&
      wrapped && {
        ...{ no: lock.no, salt: lock.salt, iterations: LOCK_ITERATIONS },
        ...{ nonce: wrapped.nonce, wrapped: wrapped.data },
      },
  };
}

/** The text inside, by the content key; null when the envelope was changed or is not this key's. */
export async function openEnvelope(envelope: Envelope, contentKey: string): Promise<string | null> {
  const plain = await decrypt(keyBytes(contentKey), envelope, boundTo(envelope, 'paper'));
  return plain && new TextDecoder().decode(plain);
}

function keyBytes(text: string): Bytes {
  try {
    return fromBase64url(text);
  } catch {
    // No base64url is no key; a key of no bytes opens nothing.
    return new Uint8Array(0);
  }
}

/**
 * The content key as the code of the room gives it out; null for a wrong code, and for a lock whose sealed part was
 * changed, which cannot be told apart; `damaged` when the lock cannot be read at all.
 */
export async function unlockEnvelope(envelope: Envelope, code: string): Promise<string | 'damaged' | null> {
  const { lock } = envelope;
  if (lock === null) return null;
  const key = await readableLockKey(code, lock);
  if (key === null) return 'damaged';
  const part = { nonce: lock.nonce, data: lock.wrapped };
  const contentKey = await decrypt(key, part, boundTo(envelope, 'key'));
  return contentKey && toBase64url(contentKey);
}
