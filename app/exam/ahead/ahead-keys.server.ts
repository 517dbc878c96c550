import type { Secrets } from '#app/platform/secret/keys.server.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { toBase64url } from '#app/platform/text/base64url.ts';
import type { Bytes, LockKey } from './envelope.ts';
import { LOCK_ITERATIONS, lockKeyOf } from './envelope.ts';
import { openingCodeOf } from './opening-code.ts';

type KeySource = Pick<Secrets, 'lookupHash'>;

const SALT_BYTES = 16;
const NO_CHARACTERS = 6;

/**
 * The key of one candidate's envelope: from APP_SECRET by HMAC-SHA-256, so that it lies nowhere, and every process of the
 * installation gives out the same one at the bell. Another paper, attempt or device has another key.
 */
export function contentKeyOf(
  secrets: KeySource,
  of: { readonly attemptId: string; readonly epoch: number; readonly paperHash: string },
): Bytes {
  const name = `content\n${of.attemptId}\n${of.epoch}\n${of.paperHash}`;
  return new Uint8Array(secrets.lookupHash('paper_ahead', name));
}

/** What a 开卷口令 belongs to: a release by two people, a room, and the bell it waits for. */
export interface CodePlace {
  readonly releaseId: string;
  readonly roomId: string;
  /** The bell: after a change of date the sheets of the old date open nothing. */
  readonly opensAt: Date;
}

const nameOf = ({ releaseId, roomId, opensAt }: CodePlace): string =>
  `${releaseId}\n${roomId}\n${opensAt.toISOString()}`;

/** 开卷口令 of a room after a release. Without a release there is none, with a new release or another date another one. */
export function openingCode(secrets: KeySource, place: CodePlace): string {
  return openingCodeOf(secrets.lookupHash('opening_code', nameOf(place)));
}

/** Short name of a code, on its sheet and on the waiting page: says nothing about the code. */
export function codeNo(place: CodePlace): string {
  return sha256(nameOf(place)).toString('hex').slice(0, NO_CHARACTERS).toUpperCase();
}

/** The salt is no secret; it differs for every release, room and bell. */
function saltOf(secrets: KeySource, place: CodePlace): string {
  const salt = secrets.lookupHash('paper_ahead', `salt\n${nameOf(place)}`);
  return toBase64url(new Uint8Array(salt.subarray(0, SALT_BYTES)));
}

/** Locks of this process by their code's place. A derivation takes a quarter of a second; a hall has one code. */
const MAX_LOCKS = 500;
const locks = new Map<string, Promise<LockKey>>();

/** The lock of a room's envelopes, derived once per process. */
export function lockOf(secrets: KeySource, place: CodePlace): Promise<LockKey> {
  const code = openingCode(secrets, place);
  const salt = saltOf(secrets, place);
  const name = `${salt}\n${code}`;
  const known = locks.get(name);
  if (known) return known;
  if (locks.size >= MAX_LOCKS) locks.clear();
  const made = lockKeyOf(code, salt, LOCK_ITERATIONS).then((key) => ({ no: codeNo(place), salt, key }));
  locks.set(name, made);
  made.catch(() => locks.delete(name));
  return made;
}
