import type { Permission } from '#app/accounts/permission.ts';

/** A picture in a field's place. The value of the field is whose it is; the bytes come when the paper is served. */
export interface PaperPicture {
  readonly is: 'person_photo';
  /** The box the picture is fitted into, its shape kept. */
  readonly widthMm: number;
  readonly heightMm: number;
  /** What stands there where there is no picture; line breaks keep the height. */
  readonly place: string;
}

/** A named place in a template: `{单位名称}`. */
export interface PaperField {
  /** As it stands between the braces; Chinese, without blanks. */
  readonly name: string;
  /** What stands there, in a few words. */
  readonly label: string;
  /** For the trial fill and the field list; invented. */
  readonly example: string;
  /** Name of the list whose rows carry it; absent for values that stand once. */
  readonly repeats?: string | undefined;
  /** A figure: written as a number into a cell that holds nothing else, so that sums work. */
  readonly isFigure?: boolean | undefined;
  readonly picture?: PaperPicture | undefined;
}

/** One column of a table; `text` may hold several fields of the table's list. */
export interface PaperColumn {
  readonly head: string;
  readonly text: string;
  /** Share of the table's width, 1 by default. */
  readonly weight?: number | undefined;
  readonly align?: 'start' | 'center' | 'end' | undefined;
}

/** What a paper is made of, without saying how it is drawn. Texts may hold `{字段}`. */
export type PaperBlock =
  | { readonly kind: 'title'; readonly text: string }
  /** The line of the 文号 below the title. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'addressee'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** A bordered form: label, value, label, value. */
  | {
      readonly kind: 'fields';
      readonly items: readonly {
        readonly label: string;
        readonly text: string;
        readonly wide?: boolean;
        /** Rows it covers, on the right: the place of a photo. One by default. */
        readonly rows?: number | undefined;
      }[];
    }
  /** A table with one row for each row of `list`. */
  | { readonly kind: 'table'; readonly list: string; readonly columns: readonly PaperColumn[] }
  /** 落款 and 日期, to the right; the seal comes here. */
  | { readonly kind: 'signature'; readonly office: string; readonly day: string }
  /** Lines to be filled by hand: `受送达人（签名）：`. */
  | { readonly kind: 'blanks'; readonly labels: readonly string[] }
  | { readonly kind: 'note'; readonly text: string };

export interface PaperLayout {
  readonly orientation?: 'portrait' | 'landscape' | undefined;
  /** Smaller type and closer lines for what has many pages of small matter; of prints only. */
  readonly isDense?: boolean | undefined;
  readonly blocks: readonly PaperBlock[];
}

/** Who gives a paper out: the bureau for its region, or a unit for itself. Numbers and scans follow the same line. */
export type PaperIssuer = 'bureau' | 'unit';

/** A paper the office knows: what it is called, its fields, how it looks when nobody has restyled it. */
export interface PaperKind {
  /** `certificate.suspension_decision`; never renamed, documents carry it. */
  readonly code: string;
  readonly title: string;
  /** Format of the default template; a bureau may replace .docx and .xlsx by either. `pdf`: a print nobody edits. */
  readonly format: 'docx' | 'xlsx' | 'pdf';
  /** What stands in the edges of a `pdf`; texts may hold `{字段}`. */
  readonly edge?: { readonly head: string; readonly foot: string } | undefined;
  /** The code in the corner of every page of a `pdf`, for scanners; null prints none. @param page from 1 */
  readonly pageCode?: ((values: PaperRow, page: number) => string | null) | undefined;
  /** Heading under which it is listed: 证件, 培训. */
  readonly area: string;
  readonly issuer: PaperIssuer;
  /** Whose reach lets a person see documents of this kind. */
  readonly reads: Permission;
  readonly fields: readonly PaperField[];
  readonly layout: PaperLayout;
}

export type PaperRow = Readonly<Record<string, string>>;

/** Values by field name and rows by list name; texts only, already worded. */
export interface PaperData {
  readonly values: PaperRow;
  readonly rows?: Readonly<Record<string, readonly PaperRow[]>> | undefined;
}

/** Standing fields of every paper: known to the office itself, not to the slice that draws. */
export const NUMBER_FIELD = '文号';
export const SIGNED_DAY_FIELD = '签发日期';
/** 1, 2, 3 … in every list. */
export const ROW_NUMBER_FIELD = '序号';

export const STANDING_FIELDS: readonly PaperField[] = [
  { name: NUMBER_FIELD, label: '文号；签发后登记，登记前留空', example: '示例司证〔2026〕12号' },
  { name: SIGNED_DAY_FIELD, label: '签发日期；随文号登记，登记前为出具日期', example: '2026年11月23日' },
];

/** Before a number is given the line is left open for the pen. */
export const OPEN_NUMBER = '〔　　　　〕　　号';

/** Every field a template of this kind may name, lists with their row numbers included. */
export function allFields(kind: Pick<PaperKind, 'fields'>): readonly PaperField[] {
  const lists = listNames(kind);
  const own = new Set(kind.fields.map((field) => field.name));
  return [
    ...STANDING_FIELDS.filter((field) => !own.has(field.name)),
    ...kind.fields,
    ...lists
      .filter(
        (list) => !kind.fields.some((field) => field.repeats === list && field.name === ROW_NUMBER_FIELD),
      )
      .map((list) => ({
        name: ROW_NUMBER_FIELD,
        label: '行号，自动编排',
        example: '1',
        repeats: list,
        isFigure: true,
      })),
  ];
}

/** A bureau may put a template of its own in the place of the default; a sealed print has none. */
export const isRestylable = ({ format }: Pick<PaperKind, 'format'>): boolean => format !== 'pdf';

/** Lists and forms are signed without a 文号; nothing waits for one there. */
export function bearsNumber(kind: Pick<PaperKind, 'layout'>): boolean {
  return kind.layout.blocks.some((block) => block.kind === 'number');
}

/** Names of the lists a kind has, in the order in which they appear. */
export function listNames(kind: Pick<PaperKind, 'fields'>): readonly string[] {
  return [...new Set(kind.fields.flatMap((field) => field.repeats ?? []))];
}

/** How many example rows a trial fill shows. */
const EXAMPLE_ROWS = 3;

/** Invented data for the trial fill: every field with its example, every list with three rows. */
export function exampleData(kind: Pick<PaperKind, 'fields'>): PaperData {
  const fields = allFields(kind);
  const valuesOf = (list: string | undefined): PaperRow =>
    Object.fromEntries(
      fields.filter((field) => field.repeats === list).map(({ name, example }) => [name, example]),
    );
  const rows = Object.fromEntries(
    listNames(kind).map((list) => [
      list,
      Array.from({ length: EXAMPLE_ROWS }, (_, index) => ({
        ...valuesOf(list),
        [ROW_NUMBER_FIELD]: String(index + 1),
      })),
    ]),
  );
  return { values: valuesOf(undefined), rows };
}
