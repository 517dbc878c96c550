import { isId } from '#app/platform/ids/id.ts';
import type { PaperData, PaperKind, PaperPicture, PaperRow } from './paper.ts';

/** A picture as it is put into a file. */
export interface Picture {
  readonly mediaType: 'image/jpeg' | 'image/png';
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bytes: Uint8Array;
}

/** Pictures by whose they are; a text instead says in the open place why a picture is not shown. */
export type Pictures = ReadonlyMap<string, Picture | string>;
export const NO_PICTURES: Pictures = new Map();

type Fields = Pick<PaperKind, 'fields'>;

/** Picture fields of a paper by name. */
export function pictureFields({ fields }: Fields): ReadonlyMap<string, PaperPicture> {
  return new Map(
    fields.flatMap(({ name, picture }) => (picture === undefined ? [] : [[name, picture] as const])),
  );
}

export const hasPictures = ({ fields }: Fields): boolean =>
  fields.some(({ picture }) => picture !== undefined);

const rowsOf = ({ values, rows }: PaperData): readonly PaperRow[] => [
  values,
  ...Object.values(rows ?? {}).flat(),
];

/** Whose pictures a paper shows: those named in its own data, nobody else's. */
export function picturesAsked(kind: Fields, data: PaperData): string[] {
  const names = [...pictureFields(kind).keys()];
  const asked = rowsOf(data).flatMap((row) => names.flatMap((name) => row[name] ?? []));
  return [...new Set(asked.filter((text) => isId(text)))];
}

/**
 * Stands in a kept file for a picture (U+FFFC, "object replacement character"): bytes of people's photos lie sealed in one
 * place only and are put in when the file is served.
 */
const MARK = '\uFFFC';
/** A mark in the XML of a file: field, and whose picture. */
export const MARKED = /\uFFFC([^|\uFFFC]{1,40})\|([0-9a-f-]{0,36})\uFFFC/gu;

function mapPictures(kind: Fields, data: PaperData, put: (name: string, value: string) => string): PaperData {
  const names = [...pictureFields(kind).keys()];
  if (names.length === 0) return data;
  const ofRow = (row: PaperRow): PaperRow => ({
    ...row,
    ...Object.fromEntries(
      names.flatMap((name) => (row[name] === undefined ? [] : [[name, put(name, row[name])]])),
    ),
  });
  return {
    values: ofRow(data.values),
    rows: Object.fromEntries(Object.entries(data.rows ?? {}).map(([list, rows]) => [list, rows.map(ofRow)])),
  };
}

/** What is no id was written before pictures were put in: it is the place itself. */
const isText = (value: string): boolean => value !== '' && !isId(value);

/** Values with marks where pictures belong, for a .docx. */
export const withMarks = (kind: Fields, data: PaperData): PaperData =>
  mapPictures(kind, data, (name, value) => (isText(value) ? value : `${MARK}${name}|${value}${MARK}`));

/** Values with the open places instead of pictures, for a workbook: pictures do not follow its rows. */
export function withPlaces(kind: Fields, data: PaperData): PaperData {
  const fields = pictureFields(kind);
  return mapPictures(kind, data, (name, value) =>
    isText(value) ? value : (fields.get(name)?.place.trim() ?? ''),
  );
}

/** What stands in an open place: as it is, or the reason in its middle, as high as before. */
export function placeText({ place }: Pick<PaperPicture, 'place'>, reason: string | undefined): string {
  if (reason === undefined) return place;
  const lines = place.split('\n').map(() => '');
  lines[Math.floor(lines.length / 2)] = reason;
  return lines.join('\n');
}

/** The size of a picture fitted into its box, in millimetres. */
export function fittedMm(
  { widthPx, heightPx }: Pick<Picture, 'widthPx' | 'heightPx'>,
  box: Pick<PaperPicture, 'widthMm' | 'heightMm'>,
): { readonly widthMm: number; readonly heightMm: number } {
  const scale = Math.min(box.widthMm / widthPx, box.heightMm / heightPx);
  return { widthMm: widthPx * scale, heightMm: heightPx * scale };
}
