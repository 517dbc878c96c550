import { createHash } from 'node:crypto';
import { canonicalJson } from '#app/platform/result/canonical.ts';

/** Hash of what a thing says: equal content, equal hash, whatever the order of its keys. Hexadecimal SHA-256. */
export function contentHash(content: unknown): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
