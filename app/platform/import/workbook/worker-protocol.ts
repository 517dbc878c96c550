import type { RowIssue } from '../report.ts';
import type { FileFormat } from '../table/cell.ts';
import type { FoundTable, TableRow } from '../table/find-table.ts';
import type { HeadWords } from '../table/head-words.ts';
import type { FileRefusal } from './file-refusal.ts';

/** Where a table of the file stands, as far as marking it needs. */
export interface TablePlace {
  readonly sheetName: string;
  /** Last row of the head, as Excel shows it. */
  readonly headRow: number;
  /** Last column of the head, from 1. */
  readonly lastColumn: number;
}

/** What the worker thread is asked to do: one task in its life. */
export type WorkerTask =
  | { readonly task: 'read'; readonly bytes: Uint8Array; readonly words: HeadWords }
  | {
      readonly task: 'annotate';
      readonly bytes: Uint8Array;
      readonly tables: readonly TablePlace[];
      readonly issues: readonly RowIssue[];
    };

/** Tables travel without their rows, the rows follow in portions, so that no single message holds up the server. */
export type WorkerMessage =
  | { readonly is: 'refused'; readonly refusal: FileRefusal }
  | { readonly is: 'table'; readonly table: Omit<FoundTable, 'rows'> }
  | { readonly is: 'rows'; readonly rows: readonly TableRow[] }
  | { readonly is: 'read'; readonly format: FileFormat; readonly notes: readonly string[] }
  | { readonly is: 'annotated'; readonly bytes: Uint8Array };
