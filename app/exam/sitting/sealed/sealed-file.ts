import { fromBase64url, toBase64url } from '#app/platform/text/base64url.ts';
import type { SentAnswer } from '../wire.ts';

/** First member of every sealed file; a later shape gets another number. */
export const SEALED_FORMAT = 'zhifa-sealed-answers/1';
const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const SHARED_BITS = 256;
const NONCE_BYTES = 12;

/** What the exam page carries so that it can seal without asking anybody. */
export interface Sealing {
  readonly keyId: string;
  /** Public key of the installation: a point of P-256 in raw form, base64url. */
  readonly publicKey: string;
  /** Proves that the file comes from a page opened for this attempt and epoch; goes inside the ciphertext. */
  readonly proof: string;
}

/** What only the installation can read. */
export interface SealedContent {
  readonly proof: string;
  readonly epoch: number;
  readonly events: readonly SentAnswer[];
}

/** The file as written to disk, as JSON; binary members in base64url. */
export interface SealedFile {
  readonly format: typeof SEALED_FORMAT;
  readonly keyId: string;
  readonly attemptId: string;
  readonly ephemeralKey: string;
  readonly nonce: string;
  readonly data: string;
}

type Bytes = Uint8Array<ArrayBuffer>;

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

/** Key for one file: ECDH, then HKDF-SHA-256 over both public keys, so that it belongs to this pair and this use. */
async function fileKey(input: {
  privateKey: CryptoKey;
  theirPublicKey: Bytes;
  ephemeralKey: Bytes;
  usage: 'encrypt' | 'decrypt';
}): Promise<CryptoKey> {
  const { subtle } = globalThis.crypto;
  const theirs = await subtle.importKey('raw', input.theirPublicKey, CURVE, false, []);
  const shared = await subtle.deriveBits({ name: 'ECDH', public: theirs }, input.privateKey, SHARED_BITS);
  const base = await subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
  return subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: input.ephemeralKey, info: utf8(SEALED_FORMAT) },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    [input.usage],
  );
}

/** What stands readable in the file is bound to the ciphertext: a file cannot be passed off as another attempt's. */
const boundTo = ({ keyId, attemptId }: { keyId: string; attemptId: string }): Bytes =>
  utf8(`${SEALED_FORMAT}\n${keyId}\n${attemptId}`);

/** Encrypts answers to the installation's key (ECDH P-256, AES-256-GCM). Needs a secure context in a browser. */
export async function sealAnswers(
  attemptId: string,
  sealing: Sealing,
  answers: { readonly epoch: number; readonly events: readonly SentAnswer[] },
): Promise<SealedFile> {
  const { crypto } = globalThis;
  const pair = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
  const ephemeralKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const key = await fileKey({
    privateKey: pair.privateKey,
    theirPublicKey: fromBase64url(sealing.publicKey),
    ephemeralKey,
    usage: 'encrypt',
  });
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const content: SealedContent = { proof: sealing.proof, epoch: answers.epoch, events: answers.events };
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: boundTo({ keyId: sealing.keyId, attemptId }) },
    key,
    utf8(JSON.stringify(content)),
  );
  return {
    format: SEALED_FORMAT,
    keyId: sealing.keyId,
    attemptId,
    ephemeralKey: toBase64url(ephemeralKey),
    nonce: toBase64url(nonce),
    data: toBase64url(new Uint8Array(data)),
  };
}

/** The text inside; null when the file was altered, cut, or made for another key or attempt. */
export async function openSealed(file: SealedFile, privateKey: CryptoKey): Promise<string | null> {
  try {
    const ephemeralKey = fromBase64url(file.ephemeralKey);
    const key = await fileKey({ privateKey, theirPublicKey: ephemeralKey, ephemeralKey, usage: 'decrypt' });
    const plain = await globalThis.crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: fromBase64url(file.nonce), additionalData: boundTo(file) },
      key,
      fromBase64url(file.data),
    );
    return new TextDecoder().decode(plain);
  } catch {
    // Everything that goes wrong here is the file's doing: no point of the curve, no base64, no matching tag.
    return null;
  }
}

/** Name under which the file is saved: the attempt's last part tells the official whose it is on the list. */
export const sealedFileName = (attemptId: string): string => `作答-${attemptId.slice(-8)}.zfa.json`;
