import { shiftFormula, shiftReferences } from './formula-shift.ts';

/** Rows that were put into a sheet: below row `at` (from 1), `extra` of them. */
export interface InsertedRows {
  readonly sheet: string;
  readonly at: number;
  readonly extra: number;
}

const BLOCK = /<dataValidations\b[^>]*>[\s\S]*?<\/dataValidations>|<dataValidations\b[^>]*\/>/;
/** Elements that stand after dataValidations in a worksheet (ECMA-376 part 1, CT_Worksheet). */
const FOLLOWING =
  /<(?:hyperlinks|printOptions|pageMargins|pageSetup|headerFooter|rowBreaks|colBreaks|customProperties|cellWatches|ignoredErrors|smartTags|drawing|legacyDrawing|legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)\b|<\/worksheet>/;

/** One cell counts as a range of one, so that it grows when its row is repeated. */
const asRange = (reference: string): string =>
  reference.includes(':') ? reference : `${reference}:${reference}`;
const asCell = (reference: string): string => {
  const [from, to] = reference.split(':');
  return from === to ? (from ?? '') : reference;
};

function shifted(block: string, inserted: readonly InsertedRows[]): string {
  const shift = (text: string, by: (one: string, rows: InsertedRows) => string): string =>
    inserted.reduce((moved, rows) => by(moved, rows), text);
  return block
    .replace(/\bsqref="([^"]*)"/g, (_, references: string) => {
      const moved = references
        .split(/\s+/)
        .filter((one) => one !== '')
        .map((one) => asCell(shift(asRange(one), (text, { at, extra }) => shiftReferences(text, at, extra))));
      return `sqref="${moved.join(' ')}"`;
    })
    .replace(/<(formula[12])>([^<]*)</g, (_, name: string, formula: string) => {
      const moved = shift(formula, (text, { at, extra }) => shiftFormula(text, at, extra));
      return `<${name}>${moved}<`;
    });
}

/**
 * Puts the drop-down lists and input checks of a sheet back, which the workbook library would spread over every cell and
 * lose, moved along with the rows that were put in. @param original XML of the sheet as uploaded @param filled as written
 */
export function restoreValidations(
  original: string,
  filled: string,
  inserted: readonly InsertedRows[],
): string {
  const block = BLOCK.exec(original)?.[0];
  if (block === undefined) return filled;
  const bare = filled.replace(BLOCK, '');
  const at = bare.search(FOLLOWING);
  return at < 0 ? filled : `${bare.slice(0, at)}${shifted(block, inserted)}${bare.slice(at)}`;
}

/** Sheets of a workbook by name, with the part that holds each. */
export function sheetParts(parts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const targets = new Map(
    [...(parts.get('xl/_rels/workbook.xml.rels') ?? '').matchAll(/<(?:\w+:)?Relationship\b[^>]*>/g)].map(
      ([relation]) => [
        /\bId="([^"]*)"/.exec(relation)?.[1] ?? '',
        (/\bTarget="([^"]*)"/.exec(relation)?.[1] ?? '').replace(/^\/?(?:xl\/)?/, 'xl/'),
      ],
    ),
  );
  return new Map(
    [...(parts.get('xl/workbook.xml') ?? '').matchAll(/<(?:\w+:)?sheet\b[^>]*>/g)].map(([sheet]) => [
      unescapeAttribute(/\bname="([^"]*)"/.exec(sheet)?.[1] ?? ''),
      targets.get(/\br:id="([^"]*)"/.exec(sheet)?.[1] ?? '') ?? '',
    ]),
  );
}

const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescapeAttribute = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => SIGNS[name] ?? whole);
