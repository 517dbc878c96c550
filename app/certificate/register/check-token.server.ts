import { randomBytes } from 'node:crypto';
import { checkTokenFrom } from './check-token.ts';

/** A new check token: 125 random bits and a check character. */
export function newCheckToken(): string {
  return checkTokenFrom(randomBytes(32));
}
