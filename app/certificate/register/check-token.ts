import { invariant } from '#app/platform/result/invariant.ts';

/**
 * The code in a card's QR: 25 random characters (125 bits) and a check character. It is derived from nothing, so it
 * tells nothing about the person, and cannot be guessed or counted through (domain.md §6.8).
 */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz0';
const RANDOM_LENGTH = 25;
export const CHECK_TOKEN_LENGTH = RANDOM_LENGTH + 1;

/** Weighted by odd numbers, which are invertible modulo 32: one wrong character is always noticed. */
function checkCharacter(body: string): string {
  const sum = [...body].reduce((total, char, index) => total + ALPHABET.indexOf(char) * (2 * index + 1), 0);
  return ALPHABET.charAt(sum % ALPHABET.length);
}

/** @param random at least 25 random bytes */
export function checkTokenFrom(random: Uint8Array): string {
  invariant(random.length >= RANDOM_LENGTH, 'a check token needs 25 random bytes');
  const body = [...random.subarray(0, RANDOM_LENGTH)].map((byte) => ALPHABET.charAt(byte & 31)).join('');
  return body + checkCharacter(body);
}

/** False for what cannot be a token at all, or was mistyped. Says nothing about whether such a card exists. */
export function isWellFormedToken(text: string): boolean {
  if (text.length !== CHECK_TOKEN_LENGTH || [...text].some((char) => !ALPHABET.includes(char))) return false;
  return checkCharacter(text.slice(0, RANDOM_LENGTH)) === text.at(-1);
}
