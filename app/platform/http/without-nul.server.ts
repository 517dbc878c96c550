import { Transform } from 'node:stream';

/**
 * Passes a rendered page on without NUL bytes. React 18 fills its output buffer with zeros where a character of several
 * bytes does not fit into the last ones (facebook/react#24985); browsers show each as "�", in the middle of any Chinese
 * text. No page of ours holds a NUL of its own.
 */
export function withoutNul(): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, chunk.includes(0) ? Buffer.from(chunk.filter((byte) => byte !== 0)) : chunk);
    },
  });
}
