import { Zip, ZipPassThrough } from 'fflate';
import { fileNameOf } from './document.ts';

/** A file inside a zip before its bytes are there. */
export interface ZipPlace {
  readonly title: string;
  readonly folder: string;
  readonly format: string;
}

/** Paths inside the zip, in order; the same name twice is told apart by a number. */
export function zipPaths(files: readonly ZipPlace[]): string[] {
  const taken = new Set<string>();
  return files.map(({ title, folder, format }) => {
    const place = folder === '' ? '' : `${fileNameOf(folder, '').replace(/\.$/, '')}/`;
    let path = `${place}${fileNameOf(title, format)}`;
    for (let copy = 2; taken.has(path); copy += 1)
      path = `${place}${fileNameOf(`${title}（${copy}）`, format)}`;
    taken.add(path);
    return path;
  });
}

/**
 * A zip piece by piece: no more of it is in memory than the file under way. Files are packed already, so they are stored.
 * @param files each with its path and a way to its bytes, asked for when its turn has come
 */
export async function* zipPieces(
  files: AsyncIterable<{ readonly path: string; readonly bytes: Uint8Array }>,
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    ready.push(piece);
  });
  for await (const { path, bytes } of files) {
    const entry = new ZipPassThrough(path);
    zip.add(entry);
    entry.push(bytes, true);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}
