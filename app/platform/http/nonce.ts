import { createContext, useContext } from 'react';

/** Nonce of this answer's content security policy. The server provides it; browsers hide nonces from the
 *  document, so the browser's default is the empty string and hydration sees the same value as the DOM. */
export const NonceContext = createContext('');

export function useNonce(): string {
  return useContext(NonceContext);
}
