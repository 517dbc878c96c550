/** A UUIDv7 made by the app, branded with what it names. */
export type Id<K extends string = string> = string & { readonly __id?: K };

const ID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const RANDOM_BYTES = 10;
/** Random bytes for the next ids: asking for ten at a time costs more than all the rest. */
const pool = new Uint8Array(RANDOM_BYTES * 256);
let used = pool.length;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
let lastMillis = 0;
let counter = 0;

/** The next ten random bytes; they are never given out twice. */
function takeRandom(): Uint8Array {
  if (used === pool.length) {
    globalThis.crypto.getRandomValues(pool);
    used = 0;
  }
  used += RANDOM_BYTES;
  return pool.subarray(used - RANDOM_BYTES, used);
}

function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte] ?? '';
  return text;
}

/**
 * A new UUIDv7 (RFC 9562): 48 bits of milliseconds, then a 12-bit counter that makes ids of one process ascend
 * within a millisecond, then 62 random bits. The time inside is for index locality only; no rule reads it.
 */
export function newId<K extends string = string>(): Id<K> {
  const random = takeRandom();
  const now = Date.now();
  if (now > lastMillis) {
    lastMillis = now;
    counter = ((random[8] ?? 0) << 8) | (random[9] ?? 0);
    counter &= 0x7ff;
  } else {
    counter += 1;
    if (counter > 0xfff) {
      lastMillis += 1;
      counter = 0;
    }
  }
  const time = lastMillis.toString(16).padStart(12, '0');
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
  const rest = hex(random.subarray(0, 8));
  const count = counter.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${rest.slice(0, 4)}-${rest.slice(4)}`;
}

/** True for the textual form of a UUID in lower case; says nothing about whether such a thing exists. */
export function isId(text: unknown): text is Id {
  return typeof text === 'string' && ID_PATTERN.test(text);
}
