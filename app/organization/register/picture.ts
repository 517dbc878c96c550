/** What a picture's own bytes say it is; its name is never believed. */
export interface Picture {
  readonly mediaType: 'image/jpeg' | 'image/png';
  readonly widthPx: number;
  readonly heightPx: number;
}

export type PictureProblem =
  'NOT_A_PICTURE' | 'PICTURE_BROKEN' | 'PICTURE_TOO_LARGE' | 'PICTURE_TOO_SMALL' | 'PICTURE_SHAPE';

/** One photo; a card photo of 358 × 441 points has 20–60 KB. */
export const MAX_PICTURE_BYTES = 1024 * 1024;
/** Below this a face cannot be told on a card (小一寸 at 72 dpi is 62 × 90). */
export const MIN_WIDTH_PX = 100;
export const MIN_HEIGHT_PX = 120;
const MAX_SIDE_PX = 6_000;

export const PICTURE_PROBLEM_TEXTS: Readonly<Record<PictureProblem, { reason: string; fix: string }>> = {
  NOT_A_PICTURE: { reason: '不是 JPG 或 PNG 图片', fix: '请用画图等软件另存为 JPG' },
  PICTURE_BROKEN: { reason: '图片已损坏，读不出尺寸', fix: '请重新导出或重新拍摄' },
  PICTURE_TOO_LARGE: { reason: '图片超过 1 MB', fix: '请压缩后重新打包' },
  PICTURE_TOO_SMALL: {
    reason: `图片小于 ${MIN_WIDTH_PX}×${MIN_HEIGHT_PX} 像素，制证不清晰`,
    fix: '请提供原图',
  },
  PICTURE_SHAPE: { reason: '不是竖幅的证件照', fix: '请提供竖幅的免冠证件照' },
};

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
const PNG_HEAD_BYTES = 33;

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, at) => bytes[at] === byte);

/** Type and size out of the head of a JPEG or PNG, or why it is not taken. Nothing is decoded. */
export function readPicture(bytes: Uint8Array): Picture | PictureProblem {
  if (bytes.length > MAX_PICTURE_BYTES) return 'PICTURE_TOO_LARGE';
  const isPng = startsWith(bytes, PNG);
  if (!isPng && !startsWith(bytes, [0xff, 0xd8, 0xff])) return 'NOT_A_PICTURE';
  const size = isPng ? pngSize(bytes) : jpegSize(bytes);
  if (size === null || size.widthPx === 0 || size.heightPx === 0) return 'PICTURE_BROKEN';
  const { widthPx, heightPx } = size;
  if (widthPx > MAX_SIDE_PX || heightPx > MAX_SIDE_PX) return 'PICTURE_TOO_LARGE';
  if (widthPx < MIN_WIDTH_PX || heightPx < MIN_HEIGHT_PX) return 'PICTURE_TOO_SMALL';
  if (heightPx < widthPx) return 'PICTURE_SHAPE';
  return { mediaType: isPng ? 'image/png' : 'image/jpeg', widthPx, heightPx };
}

type Size = Pick<Picture, 'widthPx' | 'heightPx'>;

function pngSize(bytes: Uint8Array): Size | null {
  if (bytes.length < PNG_HEAD_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isHeader = startsWith(bytes.subarray(12), [0x49, 0x48, 0x44, 0x52]);
  return isHeader ? { widthPx: view.getUint32(16), heightPx: view.getUint32(20) } : null;
}

/** Frame headers (SOF0 … SOF15) hold the size; C4, C8 and CC are other tables. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** Markers without a length: padding, restart marks, start and end of the image. */
const isBare = (marker: number): boolean =>
  marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd9);

function jpegSize(bytes: Uint8Array): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (isBare(marker)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (isFrame(marker)) return { heightPx: view.getUint16(at + 5), widthPx: view.getUint16(at + 7) };
    // The picture's own data begins: a frame should have come before.
    if (marker === 0xda) return null;
    const length = view.getUint16(at + 2);
    if (length < 2) return null;
    at += 2 + length;
  }
  return null;
}
