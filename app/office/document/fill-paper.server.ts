import type { Pool } from '#app/platform/db/db.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { ColumnMapping } from './column-mapping.ts';
import { defaultDocx } from './format/docx-default.server.ts';
import { fillDocx } from './format/docx-fill.server.ts';
import { placePictures } from './format/docx-pictures.server.ts';
import type { PdfEdge } from './format/pdf.server.ts';
import { drawPdf } from './format/pdf.server.ts';
import type { TemplateRefusal } from './format/read-template.server.ts';
import { defaultXlsx } from './format/xlsx-default.server.ts';
import { fillXlsx } from './format/xlsx-fill.server.ts';
import type { PaperData, PaperKind } from './paper.ts';
import { SIGNED_DAY_FIELD } from './paper.ts';
import type { Pictures } from './picture-marks.ts';
import { hasPictures, withMarks, withPlaces } from './picture-marks.ts';
import { fillText } from './tags.ts';
import { findVersion, loadContent, usesOn } from './template.store.server.ts';

/** What a paper is drawn with: an uploaded version, or the default of its kind. */
export interface Template {
  readonly versionId: string | null;
  readonly format: PaperKind['format'];
  readonly bytes: Uint8Array;
  readonly mapping: ColumnMapping | null;
}

const defaults = new WeakMap<PaperKind, Promise<Uint8Array>>();

/** The default template, made from the layout once per process. */
export async function defaultTemplate(kind: PaperKind): Promise<Template> {
  const made = defaults.get(kind) ?? makeDefault(kind);
  defaults.set(kind, made);
  return { versionId: null, format: kind.format, bytes: await made, mapping: null };
}

/** A PDF is drawn from the layout itself: it has no template. */
function makeDefault(kind: PaperKind): Promise<Uint8Array> {
  switch (kind.format) {
    case 'docx':
      return defaultDocx(kind);
    case 'xlsx':
      return defaultXlsx(kind);
    case 'pdf':
      return Promise.resolve(new Uint8Array());
  }
}

/** An uploaded version by its id; the default for none. */
export async function templateOfVersion(
  pool: Pool,
  kind: PaperKind,
  versionId: string | null,
): Promise<Template> {
  const version = versionId === null ? null : await findVersion(pool, versionId);
  if (version === null || version.paperCode !== kind.code) return defaultTemplate(kind);
  const { id, format, mapping } = version;
  return { versionId: id, format, mapping, bytes: await loadContent(pool, version.contentHash) };
}

/** The template a region draws this paper with on a day: its own choice, the nearest above, or the default. */
export async function templateInUse(
  pool: Pool,
  kind: PaperKind,
  regionId: string,
  day: Day,
): Promise<Template> {
  const use = (await usesOn(pool, regionId, day)).get(kind.code);
  return templateOfVersion(pool, kind, use?.versionId ?? null);
}

/**
 * The file of one paper as it is kept: pictures are marks in it until `showPictures`. Refusals: those of a template that
 * cannot be filled (detail: text).
 */
export async function fillPaper(
  kind: PaperKind,
  template: Template,
  data: PaperData,
): Promise<Outcome<Uint8Array, TemplateRefusal>> {
  switch (template.format) {
    case 'docx':
      return fillDocx(template.bytes, withMarks(kind, data));
    case 'xlsx':
      return fillXlsx(template.bytes, withPlaces(kind, data), kind, template.mapping);
    case 'pdf':
      return done(await drawPdf(kind, data, edgeOf(kind, data)));
  }
}

/** A kept file as it is given out: with the pictures in their places, or the places open. */
export function showPictures(
  kind: PaperKind,
  file: { readonly format: PaperKind['format']; readonly bytes: Uint8Array },
  pictures: Pictures,
): Uint8Array {
  return file.format === 'docx' && hasPictures(kind) ? placePictures(file.bytes, kind, pictures) : file.bytes;
}

function edgeOf({ edge, title }: PaperKind, { values }: PaperData): PdfEdge {
  return {
    unitName: fillText(edge?.head ?? title, values),
    day: values[SIGNED_DAY_FIELD] ?? '',
    mark: fillText(edge?.foot ?? '', values),
  };
}
