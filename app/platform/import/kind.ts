import type { FieldProblem } from './report.ts';
import type { CellReader } from './values/reading.ts';
import type { MaybeCell } from './table/cell.ts';

/** Where a value may come from when its own column is missing or blank. */
export interface Fallback {
  /** The sheet's name, unless it is Sheet1, 花名册 and the like: one sheet per unit. */
  readonly sheetName?: true | undefined;
  /** The nearest row above that is one merged title inside the table. */
  readonly sectionTitle?: true | undefined;
  /** A label above the head, as in 「填报单位（盖章）：某某局」. */
  readonly labels?: readonly string[] | undefined;
}

/** One column an import kind understands. */
export interface FieldSpec<T> {
  /** The word the house uses, in Chinese. */
  readonly label: string;
  /** Heads found in the offices' files; width, blanks, brackets and ° do not matter. The label counts too. */
  readonly synonyms: readonly string[];
  /** The column must be there and no row may leave it blank (after fallbacks). */
  readonly required: boolean;
  /** What is expected, for the mapping page: 「18 位公民身份号码」. */
  readonly hint: string;
  readonly read: CellReader<T>;
  /** An unreadable cell refuses its row (default) or is left out with a warning. */
  readonly unreadable?: 'refuse' | 'warn' | undefined;
  /** Blank cells inside a vertical merge take the value written in its first cell. */
  readonly fillMerged?: true | undefined;
  readonly fallback?: Fallback | undefined;
  /** A running number: a row with nothing else is blank. */
  readonly isOrdinal?: true | undefined;
}

export type FieldSpecs = Readonly<Record<string, FieldSpec<unknown>>>;

/** What `readRow` receives: each field's value, or null where the cell was blank. */
export type ValuesOf<F extends FieldSpecs> = {
  readonly [K in keyof F]: F[K] extends FieldSpec<infer T> ? T | null : never;
};

/** A column that is recognised and deliberately not read. */
export interface IgnoredColumn {
  readonly label: string;
  readonly synonyms: readonly string[];
  /** Told to the person, e.g. 「按规定不采集」. */
  readonly why: string;
}

/** Tables that go sideways: each cell below such a head is a row of its own (persons × trainings). */
export interface WideSpec {
  /** The field that the cell itself holds. */
  readonly valueField: string;
  /** Fields given by the head lines above the cell, from the outermost to the innermost. */
  readonly headFields: readonly string[];
}

/** A row whose cells could all be read, or why it could not. */
export type RowReading<Row> =
  | { readonly ok: true; readonly row: Row; readonly warnings: readonly FieldProblem[] }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** What to do with one row, decided against what the slice already knows. */
export type RowDecision<Fact> =
  | { readonly verdict: 'new'; readonly fact: Fact; readonly warnings: readonly FieldProblem[] }
  | {
      readonly verdict: 'change';
      readonly fact: Fact;
      /** What becomes different, in words: 「工作单位由甲局改为乙局」. */
      readonly changes: readonly FieldProblem[];
      readonly warnings: readonly FieldProblem[];
    }
  | { readonly verdict: 'same'; readonly warnings: readonly FieldProblem[] }
  | { readonly verdict: 'refused'; readonly problems: readonly FieldProblem[] };

/** What may be handed in, for the upload form; the bytes decide. */
export interface AcceptedFiles {
  /** As in `accept` of a file input. */
  readonly accept: string;
  /** In words: 「Excel 或 WPS 表格（.xlsx、.xls）、.csv」. */
  readonly words: string;
  readonly hint: string;
}

/** What a slice writes in its spec file: pure, typed, no I/O. */
export interface KindSpec<F extends FieldSpecs, Row, Fact, Context> {
  /** snake_case, in URLs and in the register of runs. */
  readonly id: string;
  /** 「花名册」 */
  readonly title: string;
  /** Measure word and noun of one row in messages: 「人」. */
  readonly rowWord: string;
  /** Most data rows of one file. */
  readonly maxRows: number;
  /** Left out by kinds that take workbooks. */
  readonly files?: AcceptedFiles | undefined;
  readonly fields: F;
  readonly ignored?: readonly IgnoredColumn[] | undefined;
  readonly wide?: WideSpec | undefined;
  /** Fields that may stand several times side by side (名称1, 学时1, 名称2, 学时2): each set is a row of its own. */
  readonly groupFields?: readonly string[] | undefined;
  /** Checks between the fields of one row; every required value is there and readable. */
  readRow(values: ValuesOf<F>): RowReading<Row>;
  /** Two rows of a file with one key are a duplicate: the later one is refused, naming the first. */
  naturalKey(row: Row): string;
  /** In words, for the message about duplicates: 「身份证号」, and the field whose cell is marked. */
  readonly naturalKeyWord: string;
  readonly naturalKeyField: Extract<keyof F, string>;
  /** One decision per row, in the same order. Facts are plain data without new ids and without the time: the same
   *  rows and context always give the same facts. */
  decideRows(rows: readonly Row[], context: Context): readonly RowDecision<Fact>[];
}

/** A field as the machine and the pages see it. */
export interface ImportField extends FieldSpec<unknown> {
  readonly id: string;
}

/** A kind with the types of its single fields forgotten. */
export interface ImportKind<Row, Fact, Context> {
  readonly id: string;
  readonly title: string;
  readonly rowWord: string;
  readonly maxRows: number;
  readonly files: AcceptedFiles | null;
  readonly fields: readonly ImportField[];
  readonly ignored: readonly IgnoredColumn[];
  readonly wide: WideSpec | null;
  readonly groupFields: readonly string[];
  readonly naturalKeyWord: string;
  readonly naturalKeyField: string;
  /** Reads one row. @param cellOf the field's cell; null when it is blank or the field has no column */
  readCells(cellOf: (fieldId: string) => MaybeCell): RowReading<Row>;
  naturalKey(row: Row): string;
  decideRows(rows: readonly Row[], context: Context): readonly RowDecision<Fact>[];
}

/** What finding heads and mapping columns needs to know of a kind. */
export type KindHeads = Pick<
  ImportKind<unknown, unknown, unknown>,
  'id' | 'fields' | 'ignored' | 'wide' | 'groupFields'
>;

/** Makes the machine's view of a kind from what the slice wrote. */
export function defineImportKind<F extends FieldSpecs, Row, Fact, Context>(
  spec: KindSpec<F, Row, Fact, Context>,
): ImportKind<Row, Fact, Context> {
  return {
    id: spec.id,
    title: spec.title,
    rowWord: spec.rowWord,
    maxRows: spec.maxRows,
    files: spec.files ?? null,
    fields: Object.entries(spec.fields).map(([id, field]) => ({ id, ...field })),
    ignored: spec.ignored ?? [],
    wide: spec.wide ?? null,
    groupFields: spec.groupFields ?? [],
    naturalKeyWord: spec.naturalKeyWord,
    naturalKeyField: spec.naturalKeyField,
    readCells: (cellOf) => readCells(spec, cellOf),
    naturalKey: (row) => spec.naturalKey(row),
    decideRows: (rows, context) => spec.decideRows(rows, context),
  };
}

function readCells<F extends FieldSpecs, Row, Fact, Context>(
  spec: KindSpec<F, Row, Fact, Context>,
  cellOf: (fieldId: string) => MaybeCell,
): RowReading<Row> {
  const values: Record<string, unknown> = {};
  const problems: FieldProblem[] = [];
  const warnings: FieldProblem[] = [];
  for (const [fieldId, field] of Object.entries(spec.fields)) {
    const reading = field.read(cellOf(fieldId));
    values[fieldId] = reading.ok ? reading.value : null;
    if (!reading.ok) {
      (field.unreadable === 'warn' ? warnings : problems).push({ fieldId, ...reading.problem });
    } else if (reading.value === null && field.required) {
      problems.push({
        fieldId,
        code: 'VALUE_MISSING',
        reason: `「${field.label}」没有填`,
        fix: `请补填${field.label}`,
      });
    }
  }
  if (problems.length > 0) return { ok: false, problems };
  // Every field of F was read above by its own reader, so the record has exactly the shape of ValuesOf<F>.
  const result = spec.readRow(values as ValuesOf<F>);
  return result.ok ? { ...result, warnings: [...warnings, ...result.warnings] } : result;
}
