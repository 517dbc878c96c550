import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { RowCounts, RowIssue } from '../report.ts';
import type { FileFormat } from '../table/cell.ts';
import type { ColumnMapping } from '../table/map-columns.ts';
import type { ImportLayout } from './import-run.schema.ts';

/**
 * received → checking → checked → applying → applied, with the side ways needs_mapping (a person decides the columns),
 * refused (the file cannot be read), failed (our fault, told with an id) and withdrawn (the person gave it up).
 */
export const RUN_STATES = [
  'received',
  'checking',
  'needs_mapping',
  'checked',
  'applying',
  'applied',
  'refused',
  'failed',
  'withdrawn',
] as const;
export type RunState = (typeof RUN_STATES)[number];

/** Take the rows that are in order, or the whole file only. */
export const APPLY_MODES = ['good_rows', 'all_or_nothing'] as const;
export type ApplyMode = (typeof APPLY_MODES)[number];
/** `trial`: a dry run at the command line, which nobody confirms. */
export const RUN_MODES = [...APPLY_MODES, 'trial'] as const;
export type RunMode = (typeof RUN_MODES)[number];

/** Where the file belongs, in words of the slice: `{ regionId }`. Part of what makes two imports the same. */
export type ImportScope = Readonly<Record<string, string>>;

export interface RunProgress {
  readonly phase: 'reading' | 'checking' | 'applying';
  readonly done: number;
  readonly total: number;
}

/** One file on its way; instants as Date. */
export interface ImportRun {
  readonly id: string;
  readonly kind: string;
  readonly scope: ImportScope;
  readonly state: RunState;
  readonly mode: RunMode | null;
  readonly isRecheck: boolean;
  readonly fileName: string;
  readonly fileBytes: number;
  readonly fileFormat: FileFormat | null;
  readonly fileSha256: string;
  readonly layout: ImportLayout | null;
  readonly mapping: ColumnMapping | null;
  readonly decisionDigest: string | null;
  readonly counts: RowCounts;
  readonly issuesTotal: number;
  readonly progress: RunProgress | null;
  readonly failure: { readonly code: string; readonly text: string } | null;
  readonly version: number;
  readonly startedById: string | null;
  readonly startedAt: Date;
  readonly confirmedById: string | null;
  readonly checkedAt: Date | null;
  readonly appliedAt: Date | null;
  readonly expiresAt: Date;
}

/** How often one thing is wrong in a file. */
export interface IssueGroup {
  readonly verdict: RowIssue['verdict'];
  readonly code: string;
  readonly count: number;
  /** One of its reasons, as an example. */
  readonly reason: string;
}

/** What the page of one run shows; plain data, without the file. */
export interface ImportRunView {
  readonly id: string;
  readonly state: RunState;
  readonly version: number;
  readonly fileName: string;
  readonly fileBytes: number;
  readonly mode: ImportRun['mode'];
  readonly isRecheck: boolean;
  readonly startedAt: Date;
  readonly checkedAt: Date | null;
  readonly appliedAt: Date | null;
  readonly expiresAt: Date;
  readonly counts: RowCounts;
  readonly progress: RunProgress | null;
  readonly failure: ImportRun['failure'];
  readonly layout: ImportLayout | null;
  readonly mapping: ImportRun['mapping'];
  readonly groups: readonly IssueGroup[];
  readonly issues: readonly (RowIssue & { readonly seq: number })[];
  /** Issues that match the filter and are kept. */
  readonly issuesShown: number;
  /** All issues found, kept or not. */
  readonly issuesTotal: number;
}

/** States from which the dry run may be made, also once more. */
export const CHECKABLE: readonly RunState[] = ['received', 'checking', 'needs_mapping', 'checked'];
/** States of a run that a repeated upload of the same file joins instead of starting anew. */
export const OPEN: readonly RunState[] = [...CHECKABLE, 'applying'];

export type ConfirmRefusal =
  'NOT_CHECKED' | 'ONLY_A_TRIAL' | 'NOTHING_TO_APPLY' | 'HAS_REFUSED_ROWS' | 'CHANGED_MEANWHILE';

/** Whether a checked run may be applied. A second confirmation of the same kind is answered as already done. */
export function decideConfirm(
  run: ImportRun,
  mode: ApplyMode,
  expectedVersion: number,
): Outcome<'apply' | 'already_confirmed', ConfirmRefusal> {
  if ((run.state === 'applying' || run.state === 'applied') && run.mode === mode)
    return done('already_confirmed');
  if (run.state !== 'checked') return refused('NOT_CHECKED');
  if (run.mode === 'trial') return refused('ONLY_A_TRIAL');
  if (run.version !== expectedVersion) return refused('CHANGED_MEANWHILE');
  const { counts } = run;
  if (mode === 'all_or_nothing' && counts.refused > 0) {
    return refused('HAS_REFUSED_ROWS', { refused: counts.refused });
  }
  if (counts.new + counts.change === 0) return refused('NOTHING_TO_APPLY');
  return done('apply');
}
