import { inflateRawSync } from 'node:zlib';
import { packedBytesOf, readZipDirectory } from '#app/platform/import/workbook/zip-directory.ts';
import type { ZipEntry } from '#app/platform/import/workbook/zip-directory.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { MAX_INFLATED_BYTES, MAX_INFLATE_RATIO, MAX_TEMPLATE_BYTES, MAX_ZIP_ENTRIES } from '../limits.ts';

const STORED = 0;
const DEFLATED = 8;
const MB = 1024 * 1024;
/** Small parts may be very regular without harm. */
const RATIO_LOOKED_AT_FROM_BYTES = MB;

/** Parts of an Office file by name, inflated. */
export type Parts = ReadonlyMap<string, Uint8Array>;

const REFUSED = 'TEMPLATE_REFUSED';
export type ContainerRefusal = typeof REFUSED;

const no = (text: string) => refused(REFUSED, { text });

/**
 * Opens a stranger's .docx or .xlsx without trusting what it says about itself: sizes are limited as declared and as
 * found, names stay inside. Refusal: TEMPLATE_REFUSED (detail: text, a sentence with the remedy).
 */
export function openContainer(bytes: Uint8Array): Outcome<Parts, ContainerRefusal> {
  if (bytes.length === 0) return no('文件是空的，请重新选择。');
  if (bytes.length > MAX_TEMPLATE_BYTES)
    return no(`文件超过 ${MAX_TEMPLATE_BYTES / MB} MB。请压缩或删去其中的图片后再上传。`);
  const wrongKind = refuseByFirstBytes(bytes);
  if (wrongKind !== null) return no(wrongKind);
  const entries = readZipDirectory(bytes, MAX_ZIP_ENTRIES);
  if (entries === null) return no('文件已损坏或没有下载完整，请用 Word、Excel 或 WPS 打开后另存再上传。');
  const wrongDirectory = refuseDirectory(entries);
  if (wrongDirectory !== null) return no(wrongDirectory);
  const parts = new Map<string, Uint8Array>();
  for (const entry of entries) {
    if (entry.name.endsWith('/')) continue;
    const part = inflate(bytes, entry);
    if (part === null) return no('文件已损坏或内容与声明的大小不符，不予读取。');
    parts.set(entry.name, part);
  }
  return done(parts);
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

function refuseByFirstBytes(bytes: Uint8Array): string | null {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return null;
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]))
    return '这是旧格式（.doc、.xls）或设了打开密码的文件。请在 Word、Excel 或 WPS 中取消密码，另存为 .docx 或 .xlsx 后上传。';
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46]))
    return '这是 PDF 文件，不能作为模板。请上传 .docx 或 .xlsx。';
  return '这不是 Word 文档（.docx）或 Excel 工作簿（.xlsx），不能作为模板。';
}

function refuseDirectory(entries: readonly ZipEntry[]): string | null {
  if (entries.length > MAX_ZIP_ENTRIES) return `文件内含 ${MAX_ZIP_ENTRIES} 个以上部件，不予读取。`;
  if (entries.some((entry) => entry.isEncrypted)) return '文件设了密码，请取消密码后另存再上传。';
  const names = entries.map(({ name }) => name.toLowerCase());
  if (new Set(names).size !== names.length) return '文件内有重名的部件，不予读取。';
  if (names.some((name) => name.includes('\\') || name.startsWith('/') || name.split('/').includes('..')))
    return '文件内有不合规的部件名，不予读取。';
  const inflated = entries.reduce((sum, entry) => sum + entry.inflatedBytes, 0);
  const isBomb = entries.some(
    ({ inflatedBytes, packedBytes }) =>
      inflatedBytes > RATIO_LOOKED_AT_FROM_BYTES && inflatedBytes > packedBytes * MAX_INFLATE_RATIO,
  );
  return isBomb || inflated > MAX_INFLATED_BYTES
    ? '文件解压后过大或压缩比异常，不予读取。请删去多余的图片和空白行列后另存再上传。'
    : null;
}

/** Null when the part does not inflate to exactly the size that was declared. */
function inflate(bytes: Uint8Array, entry: ZipEntry): Uint8Array | null {
  const packed = packedBytesOf(bytes, entry);
  if (packed === null) return null;
  if (entry.method === STORED) return packed.length === entry.inflatedBytes ? packed : null;
  if (entry.method !== DEFLATED) return null;
  try {
    // One byte of room: a part that has more to give fails here instead of filling the memory.
    const part = inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.inflatedBytes) });
    return part.length === entry.inflatedBytes ? part : null;
  } catch (error) {
    // zlib throws for broken data and for more output than allowed: both mean "damaged".
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ERR_BUFFER_TOO_LARGE' || (typeof code === 'string' && code.startsWith('Z_'))) return null;
    throw error;
  }
}
