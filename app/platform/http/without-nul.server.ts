import { Transform } from 'node:stream';

/** React writes pieces of 2 KB; what it writes in one turn of the event loop is held together up to this size. */
const GATHERED_BYTES = 1024 * 1024;

function stripped(bytes: Buffer): Buffer {
  const kept: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(0); at !== -1; at = bytes.indexOf(0, from)) {
    kept.push(bytes.subarray(from, at));
    from = at + 1;
  }
  return from === 0 ? bytes : Buffer.concat([...kept, bytes.subarray(from)]);
}

/**
 * Passes a rendered page on without NUL bytes. React 18 fills its output buffer with zeros where a character of several
 * bytes does not fit into the last ones (facebook/react#24985); browsers show each as "�", in the middle of any Chinese
 * text. No page of ours holds a NUL of its own.
 *
 * What is written in one turn goes on as one piece: each piece costs more on its way (web streams, compression) than the
 * text in it. What React writes later, behind a boundary, still goes when it comes.
 */
export function withoutNul(): Transform {
  let held: Buffer[] = [];
  let due: NodeJS.Immediate | null = null;
  const release = (through: Transform): void => {
    if (due !== null) clearImmediate(due);
    due = null;
    if (held.length === 0) return;
    const piece = stripped(Buffer.concat(held));
    held = [];
    through.push(piece);
  };
  return new Transform({
    writableHighWaterMark: GATHERED_BYTES,
    transform(chunk: Buffer, _encoding, done) {
      held.push(chunk);
      due ??= setImmediate(() => release(this));
      done();
    },
    flush(done) {
      release(this);
      done();
    },
    destroy(error, done) {
      if (due !== null) clearImmediate(due);
      done(error);
    },
  });
}
