import PizZip from 'pizzip';
import type { PaperKind, PaperPicture } from '../paper.ts';
import type { Picture, Pictures } from '../picture-marks.ts';
import { MARKED, fittedMm, pictureFields, placeText } from '../picture-marks.ts';

const STORY = /^word\/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml$/;
const EMU_PER_MM = 36_000;
const ENDINGS = { 'image/jpeg': 'jpeg', 'image/png': 'png' } as const;
const IMAGE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/image';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
/** Drawings of a document are told apart by number; those of a template begin at 1. */
const FIRST_DRAWING = 70_001;

/** Pictures on their way into one .docx. */
interface Placing {
  readonly zip: PizZip;
  readonly pictures: Pictures;
  readonly fields: ReadonlyMap<string, PaperPicture>;
  /** File inside the container by whose picture it is. */
  readonly files: Map<string, string>;
  drawings: number;
}

/**
 * Puts pictures where the marks of `withMarks` stand, each picture once in the file; a mark without a picture becomes the
 * open place. A file without marks comes back as it was.
 */
export function placePictures(
  bytes: Uint8Array,
  kind: Pick<PaperKind, 'fields'>,
  pictures: Pictures,
): Uint8Array {
  const zip = new PizZip(bytes);
  const placing: Placing = { zip, pictures, fields: pictureFields(kind), files: new Map(), drawings: 0 };
  const stories = Object.keys(zip.files).filter((name) => STORY.test(name));
  const changed = stories.filter((name) => fillStory(placing, name));
  if (changed.length === 0) return bytes;
  if (placing.files.size > 0) declareTypes(zip);
  return new Uint8Array(zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' }));
}

/** @returns whether the part held a mark */
function fillStory(placing: Placing, name: string): boolean {
  const { zip, pictures, fields } = placing;
  const xml = zip.file(name)?.asText() ?? '';
  const files = new Set<string>();
  let hasMark = false;
  const filled = xml.replace(MARKED, (_, field: string, id: string) => {
    hasMark = true;
    const box = fields.get(field);
    const picture = pictures.get(id);
    if (box === undefined) return '';
    if (picture === undefined || typeof picture === 'string')
      return placeText(box, picture).split('\n').map(escape).join(BREAK);
    const file = fileOf(placing, id, picture);
    files.add(file);
    placing.drawings += 1;
    const no = FIRST_DRAWING + placing.drawings;
    return `</w:t>${drawing(picture, box, relationOf(file), no)}<w:t xml:space="preserve">`;
  });
  if (!hasMark) return false;
  zip.file(name, filled);
  if (files.size > 0) relate(zip, name, [...files]);
  return true;
}

const BREAK = '</w:t><w:br/><w:t xml:space="preserve">';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The picture's file inside the container; a template's own pictures keep their names. */
function fileOf({ zip, files }: Placing, id: string, { mediaType, bytes }: Picture): string {
  const known = files.get(id);
  if (known !== undefined) return known;
  const file = `placed-${id}.${ENDINGS[mediaType]}`;
  // Pictures are packed already.
  zip.file(`word/media/${file}`, bytes, { binary: true, compression: 'STORE' });
  files.set(id, file);
  return file;
}

const relationOf = (file: string): string => file.replace('.', '-');

/** A template made of a filled file may hold a relation already: its id says to which file. */
function relate(zip: PizZip, story: string, files: readonly string[]): void {
  const path = story.replace(/^word\/(.*)$/, 'word/_rels/$1.rels');
  const before =
    zip.file(path)?.asText() ??
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="${RELATIONS}"></Relationships>`;
  const added = files
    .filter((file) => !before.includes(`"${relationOf(file)}"`))
    .map((file) => `<Relationship Id="${relationOf(file)}" Type="${IMAGE}" Target="media/${file}"/>`);
  // An empty list may be written as one closed tag.
  const opened = before.replace(/<Relationships([^>]*)\/>/, '<Relationships$1></Relationships>');
  zip.file(path, opened.replace('</Relationships>', `${added.join('')}</Relationships>`));
}

function declareTypes(zip: PizZip): void {
  const path = '[Content_Types].xml';
  const types = zip.file(path)?.asText() ?? '';
  const missing = Object.entries(ENDINGS).filter(
    ([, ending]) => !new RegExp(`Extension="${ending}"`, 'i').test(types),
  );
  const added = missing.map(([type, ending]) => `<Default Extension="${ending}" ContentType="${type}"/>`);
  zip.file(path, types.replace(/(<Types[^>]*>)/, `$1${added.join('')}`));
}

/** A picture in the line of text, as Word and WPS write it. */
function drawing(picture: Picture, box: PaperPicture, relation: string, no: number): string {
  const { widthMm, heightMm } = fittedMm(picture, box);
  const size = `cx="${Math.round(widthMm * EMU_PER_MM)}" cy="${Math.round(heightMm * EMU_PER_MM)}"`;
  const ns = 'http://schemas.openxmlformats.org/drawingml/2006';
  return (
    `<w:drawing><wp:inline xmlns:wp="${ns}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">` +
    `<wp:extent ${size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="${no}" name="照片${no}" descr="照片"/>` +
    `<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="${ns}/main" noChangeAspect="1"/></wp:cNvGraphicFramePr>` +
    `<a:graphic xmlns:a="${ns}/main"><a:graphicData uri="${ns}/picture"><pic:pic xmlns:pic="${ns}/picture">` +
    `<pic:nvPicPr><pic:cNvPr id="${no}" name="照片"/><pic:cNvPicPr/></pic:nvPicPr>` +
    `<pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="${relation}"/>` +
    `<a:stretch><a:fillRect/></a:stretch></pic:blipFill>` +
    `<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>` +
    `</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>`
  );
}
