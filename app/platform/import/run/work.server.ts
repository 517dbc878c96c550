import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { ImportKind } from '../kind.ts';
import type { FileRefusal } from '../workbook/file-refusal.ts';
import type { ReadFile } from '../workbook/read-workbook.server.ts';
import type { ImportScope } from './import-run.ts';

/** The run on whose behalf a slice loads or writes. */
export interface RunTarget {
  readonly runId: string;
  readonly scope: ImportScope;
  readonly fileName: string;
}

/** What a slice implements beside its pure spec: reading what decisions need, and writing what was decided. */
export interface ImportWork<Row, Fact, Context> {
  readonly kind: ImportKind<Row, Fact, Context>;
  /** The parts of a scope that name a place: runs are listed by them, whatever else the scope says (a day). */
  readonly placeKeys: readonly string[];
  /** How a file that is no workbook becomes rows (a zip of pictures); left out, it is read as a workbook. */
  readonly readFile?: ((bytes: Uint8Array) => Promise<ReadFile | FileRefusal>) | undefined;
  /** Everything `decideRows` needs, for these rows only, set-based. In the apply it runs inside the transaction that
   *  writes, after the kind's lock, so that what it reads still holds when it is written. */
  loadContext(tx: Tx, ctx: Ctx, rows: readonly Row[], run: RunTarget): Promise<Context>;
  /** Writes one batch of facts, set-based, with the slice's own audit and outbox. All batches of a run share one
   *  transaction. */
  apply(tx: Tx, ctx: Ctx, facts: readonly Fact[], run: RunTarget): Promise<void>;
}
