import { unstable_parseMultipartFormData as parseMultipart, type UploadHandler } from '@remix-run/node';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { MAX_FILE_BYTES } from '../limits.ts';
import { fileRefusalText } from '../workbook/file-refusal.ts';
import { refuseBySize } from '../workbook/file-size.ts';

/** Name of the file field in the upload form. */
export const FILE_FIELD = 'file';
const MAX_TEXT_BYTES = 10_000;

export interface Upload {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** The other fields of the form. */
  readonly form: FormData;
}

/**
 * Takes the file out of a multipart form. At the limit it stops keeping what comes, but reads on to the end, so that
 * the browser gets the answer instead of a broken connection. Refusals: NO_FILE, FILE_REFUSED (detail: text).
 */
export async function receiveUpload(request: Request): Promise<Outcome<Upload, 'NO_FILE' | 'FILE_REFUSED'>> {
  let fileName = '';
  let bytes = new Uint8Array();
  let fileLength = 0;
  const handler: UploadHandler = async ({ name, filename, data }) => {
    const isFile = name === FILE_FIELD && filename !== undefined;
    const kept = await readPart(data, isFile ? MAX_FILE_BYTES : MAX_TEXT_BYTES);
    if (!isFile) return new TextDecoder().decode(kept.bytes);
    ({ bytes, length: fileLength } = kept);
    fileName = filename;
    return null;
  };
  const form = await parseMultipart(request, handler);
  if (fileName === '') return refused('NO_FILE');
  const wrongSize = refuseBySize(fileLength);
  if (wrongSize !== null) {
    return refused('FILE_REFUSED', { code: wrongSize.code, text: fileRefusalText(wrongSize) });
  }
  return done({ fileName, bytes, form });
}

/** @returns at most `limit` bytes, and the true length */
async function readPart(
  data: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly length: number }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of data) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
  }
  return { bytes: new Uint8Array(Buffer.concat(chunks)), length };
}
