import type { ContentImage, ContentText } from 'pdfmake/interfaces';
import { isId } from '#app/platform/ids/id.ts';
import type { PaperKind, PaperPicture, PaperRow } from '../paper.ts';
import type { Picture, Pictures } from '../picture-marks.ts';
import { fittedMm, pictureFields } from '../picture-marks.ts';
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
    if (picture === undefined || !isPrintable(picture)) return { text: box.place, alignment: 'center' };
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
 * Whether a print takes the picture as it is. The printer takes transparent and interlaced PNG apart, and falls over what
 * is broken in them: those keep their place in a PDF, while Word shows them.
 */
function isPrintable({ mediaType, bytes }: Picture): boolean {
  if (mediaType === 'image/jpeg') return true;
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
