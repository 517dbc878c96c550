import { describe, expect, it } from 'vitest';
import { thrownHeaders } from '#app/platform/http/thrown-headers.ts';

const none = new Headers();
const headersOf = (errorHeaders: Headers | undefined) =>
  Object.fromEntries(
    thrownHeaders({
      loaderHeaders: none,
      parentHeaders: none,
      actionHeaders: none,
      errorHeaders,
    }) as Headers,
  );

describe('the page of a thrown answer', () => {
  it('asks for what the answer asked, and for nothing that belonged to its text', () => {
    const large = new Headers({ 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
    expect(headersOf(large)).toEqual({ connection: 'close' });
    expect(headersOf(new Headers({ 'Retry-After': '5' }))).toEqual({ 'retry-after': '5' });
  });

  it('is an ordinary page where nothing was thrown', () => {
    expect(headersOf(undefined)).toEqual({});
  });
});
