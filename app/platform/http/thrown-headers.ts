import type { HeadersFunction } from '@remix-run/node';

/** What an answer asks of the connection and of its asker, beside what its page says. */
const ASKED = ['Connection', 'Retry-After'] as const;

/**
 * `headers` of a route with an error page: the page is rendered anew and would forget what the thrown answer asks, to wait
 * (503) or to end a connection whose body nobody will read (413).
 */
export const thrownHeaders: HeadersFunction = ({ errorHeaders }) => {
  const kept = new Headers();
  for (const name of ASKED) {
    const value = errorHeaders?.get(name);
    if (value) kept.set(name, value);
  }
  return kept;
};
