import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { canonicalJson } from '#app/platform/result/canonical.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { addDays, dayOf, startOfDay } from '#app/platform/time/day.ts';
import { FILE_KEPT_DAYS } from '../limits.ts';
import type { ImportRun, ImportScope } from './import-run.ts';
import { OPEN } from './import-run.ts';
import { findRunOfFile, insertRun, lockByName } from './import-run.store.server.ts';

export interface ReceivedFile {
  readonly kind: string;
  readonly scope: ImportScope;
  /** As uploaded; only its last part is kept. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** A person wants a file that was applied before to be looked at again. */
  readonly isRecheck: boolean;
  /** A dry run for the person at the command line: a run of its own that nobody confirms. */
  readonly isTrial?: boolean | undefined;
}

export interface StartedRun {
  readonly runId: string;
  /** The same file for the same place was here before: this is its run, with its result if it has one. */
  readonly isRepeat: boolean;
  readonly state: ImportRun['state'];
}

const MAX_NAME_CHARACTERS = 255;

/** Canonical text of a scope: the part of a repeat's natural key. */
export function scopeKeyOf(scope: ImportScope): string {
  return canonicalJson(scope);
}

/**
 * Stores an uploaded file (encrypted: it names persons) and opens its run, or finds the run the same file already has.
 * @param queue called in the same transaction when the dry run is to be made
 */
export async function receiveImportFile(
  ctx: Ctx,
  file: ReceivedFile,
  queue: (tx: Tx, runId: string) => Promise<void>,
): Promise<StartedRun> {
  const { kind, scope, bytes, isRecheck, isTrial = false } = file;
  const runId = newId<'ImportRun'>();
  const fileSha256 = sha256(bytes).toString('hex');
  const identity = { kind, scopeKey: scopeKeyOf(scope), fileSha256 };
  const sealed = ctx.secrets.encrypt('import_file', Buffer.from(bytes), runId);
  const now = ctx.clock.now();
  const outcome = await inTransaction(ctx, 'receive-import-file', async (tx) => {
    await lockByName(tx, `import-file:${kind}:${identity.scopeKey}:${fileSha256}`);
    const open = isTrial ? null : await findRunOfFile(tx, identity, OPEN);
    const earlier = open ?? (isRecheck || isTrial ? null : await findRunOfFile(tx, identity, ['applied']));
    if (earlier !== null) {
      // Queued again on purpose: a run whose job was lost goes on, one that is done ignores it.
      if (earlier.state === 'received' || earlier.state === 'checking') await queue(tx, earlier.id);
      return { runId: earlier.id, isRepeat: true, state: earlier.state };
    }
    const run = {
      id: runId,
      ...identity,
      scope,
      isRecheck,
      mode: isTrial ? ('trial' as const) : null,
      fileName: baseName(file.fileName),
      fileBytes: bytes.length,
      startedById: ctx.actorId,
      startedAt: now,
      expiresAt: startOfDay(addDays(dayOf(now), FILE_KEPT_DAYS + 1)),
    };
    await insertRun(tx, run, sealed);
    await queue(tx, runId);
    return { runId, isRepeat: false, state: 'received' as const };
  });
  // Nothing in this transaction refuses.
  if (!outcome.ok) throw new Error('receive-import-file refused');
  return outcome.value;
}

/** Some browsers send the whole path. */
function baseName(fileName: string): string {
  return (fileName.split(/[\\/]/).at(-1) ?? '').slice(0, MAX_NAME_CHARACTERS) || '未命名';
}
