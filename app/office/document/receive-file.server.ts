import { unstable_parseMultipartFormData as parseMultipart, type UploadHandler } from '@remix-run/node';

/** Name of the file field in our upload forms. */
export const FILE_FIELD = 'file';
const MAX_TEXT_BYTES = 10_000;

export interface ReceivedFile {
  readonly fileName: string;
  /** At most one byte more than the limit: enough to see that the file is too large. */
  readonly bytes: Uint8Array;
  /** The other fields of the form. */
  readonly form: FormData;
}

/**
 * Takes one file out of a multipart form. At the limit it stops keeping what comes, but reads on to the end, so that
 * the browser gets the answer instead of a broken connection. Without a file the name is empty.
 */
export async function receiveFile(request: Request, maxBytes: number): Promise<ReceivedFile> {
  let fileName = '';
  let bytes: Uint8Array = new Uint8Array();
  const handler: UploadHandler = async ({ name, filename, data }) => {
    const isFile = name === FILE_FIELD && filename !== undefined;
    const kept = await readPart(data, isFile ? maxBytes + 1 : MAX_TEXT_BYTES);
    if (!isFile) return new TextDecoder().decode(kept);
    bytes = kept;
    fileName = filename.slice(0, 200);
    return null;
  };
  const form = await parseMultipart(request, handler);
  return { fileName, bytes, form };
}

async function readPart(data: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of data) {
    if (length < limit) chunks.push(chunk.subarray(0, limit - length));
    length += chunk.length;
  }
  return new Uint8Array(Buffer.concat(chunks));
}
