import type { Readable } from 'node:stream';

/** Resolves when more has come in, or nothing will come any more. Call it on an empty stream only. */
function moreOf(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      stream.off('readable', go).off('close', go);
      resolve();
    };
    stream.on('readable', go).on('close', go);
  });
}

/**
 * Takes so many bytes out of a stream without bringing it to its end: `unshift` puts them back, and whoever comes next
 * reads them again. Null when the sender breaks off before. Takes what is there each time: a stream that holds some
 * already says so without end.
 */
export async function takeBytes(stream: Readable, count: number): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  for (let missing = count; missing > 0;) {
    const ready = Math.min(stream.readableLength, missing);
    if (ready > 0) {
      // So many bytes are there: the stream gives them.
      pieces.push(stream.read(ready) as Buffer);
      missing -= ready;
    } else if (stream.destroyed || stream.readableEnded) return null;
    else await moreOf(stream);
  }
  return Buffer.concat(pieces);
}
