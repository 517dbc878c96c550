import type { AcceptedFiles } from './kind.ts';
import type { ImportRunView } from './run/import-run.ts';

/** A field as the pages show it: no functions, so that loaders can send it. */
export interface FieldFace {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly isRequired: boolean;
  /** Some other place in the file can supply it when no column does. */
  readonly hasFallback: boolean;
}

/** A kind as the pages show it. */
export interface KindFace {
  readonly title: string;
  readonly rowWord: string;
  readonly maxRows: number;
  readonly isWide: boolean;
  /** Null for kinds that take workbooks. */
  readonly files: AcceptedFiles | null;
  readonly fields: readonly FieldFace[];
  readonly ignored: readonly { readonly label: string; readonly why: string }[];
}

export interface ImportListItem {
  readonly id: string;
  readonly fileName: string;
  readonly state: ImportRunView['state'];
  readonly startedAt: Date;
  readonly counts: ImportRunView['counts'];
}

/** Loader data of the page where a file is handed in. */
export interface ImportIndexData {
  readonly kind: KindFace;
  readonly runs: readonly ImportListItem[];
  readonly commandId: string;
}

/** Loader data of the page of one run. */
export interface ImportRunData {
  readonly kind: KindFace;
  readonly run: ImportRunView;
  /** One per form, so that only the form that was sent shows that it waits. */
  readonly commandIds: Readonly<Record<'confirm' | 'map' | 'withdraw' | 'recheck', string>>;
  readonly page: number;
  readonly size: number;
}

/** Action data of both pages when a step was refused. */
export interface ImportActionData {
  readonly error: string;
}

/** Filters of the report, in the URL as `f.verdict` and `f.code`. */
export const ISSUE_FILTERS = ['verdict', 'code'] as const;

/** Name of the select for one column in the mapping form. */
export const columnFieldName = (key: string): string => `column.${key}`;
