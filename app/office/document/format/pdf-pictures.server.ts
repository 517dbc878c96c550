import type { ContentImage, ContentText } from 'pdfmake/interfaces';
import { isId } from '#app/platform/ids/id.ts';
import type { PaperKind, PaperPicture, PaperRow } from '../paper.ts';
import type { Picture, Pictures } from '../picture-marks.ts';
import { fittedMm, pictureFields, placeText } from '../picture-marks.ts';
import { fillText, tagsIn } from '../tags.ts';

const POINTS_PER_MM = 2.8346;

/** The content of one cell: its text filled in, or the picture whose field stands there alone. */
export type CellOf = (text: string, values: PaperRow) => ContentText | ContentImage;

export function cellsOf(kind: Pick<PaperKind, 'fields'>, pictures: Pictures): CellOf {
  const fields = pictureFields(kind);
  return (text, values) => {
    const box = pictureAlone(fields, text);
    if (box === null) return { text: fillText(text, values) };
    const value = values[box.name] ?? '';
    if (value !== '' && !isId(value)) return { text: value };
    const picture = pictures.get(value);
    if (picture === undefined || typeof picture === 'string')
      return { text: placeText(box, picture), alignment: 'center' };
    if (!isPrintable(picture)) return { text: box.place, alignment: 'center' };
    const { widthMm, heightMm } = fittedMm(picture, box);
    return {
      image: `data:${picture.mediaType};base64,${Buffer.from(picture.bytes).toString('base64')}`,
      width: widthMm * POINTS_PER_MM,
      height: heightMm * POINTS_PER_MM,
      alignment: 'center',
    };
  };
}

function pictureAlone(
  fields: ReadonlyMap<string, PaperPicture>,
  text: string,
): (PaperPicture & { readonly name: string }) | null {
  const [tag] = tagsIn(text).tags;
  const picture = tag?.is === 'field' && text.trim() === `{${tag.name}}` ? fields.get(tag.name) : undefined;
  return tag === undefined || picture === undefined ? null : { ...picture, name: tag.name };
}

const SIGNATURE_BYTES = 8;
/** Length, kind and check sum around the data of a part. */
const PART_FRAME_BYTES = 12;
const HEAD_DATA = SIGNATURE_BYTES + 8;
const [COLOUR_TYPE, INTERLACE] = [HEAD_DATA + 9, HEAD_DATA + 12];
/** Grey, RGB and palette without transparency. */
const PLAIN_COLOURS = [0, 2, 3];

/**
 * Whether a print takes the picture as it is; what it does not take keeps its place in a PDF, while Word shows it. One
 * picture the printer falls over would cost everybody their print.
 */
const isPrintable = ({ mediaType, bytes }: Picture): boolean =>
  mediaType === 'image/jpeg' ? isPlainJpeg(bytes) : isPlainPng(bytes);

const MARKER = 0xff;
const HUFFMAN_TABLE = 0xc4;
/** Frame headers; the printer takes the two kinds of `NO_FRAMES` for such. */
const isFrame = (kind: number): boolean => kind >= 0xc0 && kind <= 0xcf && kind !== HUFFMAN_TABLE;
const NO_FRAMES = [0xc8, 0xcc];
/** Marks without a length, fill, and the picture's own data: none of them stands before the frame of a plain JPEG. */
const isStray = (kind: number): boolean => kind <= 0x01 || (kind >= 0xd0 && kind <= 0xda) || kind === MARKER;
/** Grey, colour and print colours. */
const JPEG_COMPONENTS = [1, 3, 4];
/** From a frame's marker to the number of its components: marker, length, precision, height, width. */
const TO_COMPONENTS = 9;

/**
 * Segments one behind the other up to a frame of usual colours. The printer takes a fill byte before a marker, legal as it
 * is, for the marker itself and loses its way.
 */
function isPlainJpeg(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + TO_COMPONENTS < bytes.length;) {
    const kind = view.getUint8(at + 1);
    if (view.getUint8(at) !== MARKER || isStray(kind)) return false;
    if (isFrame(kind))
      return !NO_FRAMES.includes(kind) && JPEG_COMPONENTS.includes(view.getUint8(at + TO_COMPONENTS));
    at += 2 + view.getUint16(at + 2);
  }
  return false;
}

/** The printer takes transparent and interlaced PNG apart, and falls over what is broken in them. */
function isPlainPng(bytes: Uint8Array): boolean {
  if (!PLAIN_COLOURS.includes(bytes[COLOUR_TYPE] ?? -1) || bytes[INTERLACE] !== 0) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = SIGNATURE_BYTES; at + PART_FRAME_BYTES <= bytes.length;) {
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (kind === 'IEND') return true;
    if (kind === 'tRNS') return false;
    at += view.getUint32(at) + PART_FRAME_BYTES;
  }
  return false;
}
