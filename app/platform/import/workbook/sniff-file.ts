import type { FileRefusal } from './file-refusal.ts';
import { fileRefusal } from './file-refusal.ts';

/** What the first bytes say a file is; its name and ending are never believed. */
export type Sniffed =
  | { readonly ok: true; readonly container: 'zip' | 'ole' | 'text' }
  | { readonly ok: false; readonly refusal: FileRefusal };

const MAGIC: readonly { readonly bytes: readonly number[]; readonly is: string }[] = [
  { bytes: [0x25, 0x50, 0x44, 0x46], is: ' PDF 文件' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], is: '图片' },
  { bytes: [0xff, 0xd8, 0xff], is: '图片' },
  { bytes: [0x47, 0x49, 0x46, 0x38], is: '图片' },
  { bytes: [0x42, 0x4d], is: '图片' },
  { bytes: [0x49, 0x49, 0x2a, 0x00], is: '图片' },
  { bytes: [0x4d, 0x4d, 0x00, 0x2a], is: '图片' },
  { bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66], is: ' RTF 文档' },
  { bytes: [0x4d, 0x5a], is: '程序文件' },
  { bytes: [0x4f, 0x46, 0x44], is: ' OFD 文件' },
];

const ARCHIVES: readonly { readonly bytes: readonly number[]; readonly is: string }[] = [
  { bytes: [0x52, 0x61, 0x72, 0x21], is: ' RAR ' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], is: ' 7z ' },
  { bytes: [0x1f, 0x8b], is: ' GZ ' },
];

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const EMPTY_ZIP = [0x50, 0x4b, 0x05, 0x06];
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** `BM` and `MZ` also begin texts; a text has no NUL among its first bytes. */
const SHORT_MAGIC_BYTES = 2;
const LOOKED_AT = 2_048;

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

/** Decides how a file is to be read. Refuses what is no table: PDF, pictures, archives, web pages named .xls. */
export function sniffFile(bytes: Uint8Array): Sniffed {
  if (bytes.length === 0) return { ok: false, refusal: fileRefusal('FILE_EMPTY') };
  if (startsWith(bytes, ZIP)) return { ok: true, container: 'zip' };
  if (startsWith(bytes, OLE)) return { ok: true, container: 'ole' };
  if (startsWith(bytes, EMPTY_ZIP)) return { ok: false, refusal: fileRefusal('FILE_EMPTY') };
  const archive = ARCHIVES.find((known) => startsWith(bytes, known.bytes));
  if (archive) return { ok: false, refusal: fileRefusal('FILE_IS_ARCHIVE', archive.is) };
  const head = bytes.subarray(0, LOOKED_AT);
  const isUtf16 = startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff]);
  const hasNul = head.includes(0);
  const other = MAGIC.find((known) => startsWith(bytes, known.bytes));
  if (other && (hasNul || other.bytes.length > SHORT_MAGIC_BYTES)) {
    return { ok: false, refusal: fileRefusal('FILE_NOT_A_WORKBOOK', other.is) };
  }
  if (hasNul && !isUtf16) return { ok: false, refusal: fileRefusal('FILE_NOT_A_WORKBOOK') };
  return sniffMarkup(head);
}

/** Latin-1 keeps every byte apart, which is enough to see tags whatever the encoding. */
function sniffMarkup(head: Uint8Array): Sniffed {
  const start = [...head]
    .map((byte) => String.fromCharCode(byte))
    .join('')
    .replace(/\0/g, '')
    .replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '')
    .trimStart()
    .toLowerCase();
  if (/urn:schemas-microsoft-com:office:spreadsheet/.test(start) && start.startsWith('<?xml')) {
    return { ok: false, refusal: fileRefusal('FILE_IS_XML_SPREADSHEET') };
  }
  if (
    /^(?:<!doctype html|<html|<table|<meta|<head|<style|<div|<body)/.test(start) ||
    /<html[\s>]/.test(start)
  ) {
    return { ok: false, refusal: fileRefusal('FILE_IS_HTML') };
  }
  if (/^mime-version:/.test(start)) return { ok: false, refusal: fileRefusal('FILE_IS_HTML') };
  if (start.startsWith('<?xml'))
    return { ok: false, refusal: fileRefusal('FILE_NOT_A_WORKBOOK', ' XML 文件') };
  return { ok: true, container: 'text' };
}
