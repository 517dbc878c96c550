import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { KindHeads } from '../kind.ts';
import type { ColumnMapping } from '../table/map-columns.ts';
import { checkMapping, headSignature } from '../table/map-columns.ts';
import type { ImportRun } from './import-run.ts';
import { moveRun, rememberMapping } from './import-run.store.server.ts';

export type MappingRefusal = 'NOT_MAPPABLE' | 'MAPPING_INCOMPLETE' | 'CHANGED_MEANWHILE';

/**
 * A person settles which column is what; the file is then checked again, and the next file with the same heads comes
 * in without being asked about. Refusals: NOT_MAPPABLE (the run is past it), MAPPING_INCOMPLETE (a required field
 * without a column, or one field twice; detail `problems` says which), CHANGED_MEANWHILE.
 */
export async function correctRunMapping(
  ctx: Ctx,
  kind: KindHeads,
  run: ImportRun,
  input: { readonly mapping: ColumnMapping; readonly expectedVersion: number },
  queue: (tx: Tx) => Promise<void>,
): Promise<Outcome<void, MappingRefusal>> {
  const { layout } = run;
  if (layout === null || (run.state !== 'needs_mapping' && run.state !== 'checked'))
    return refused('NOT_MAPPABLE');
  const { mapping, problems } = checkMapping(kind, layout.columns, input.mapping);
  if (problems.length > 0) return refused('MAPPING_INCOMPLETE', { problems: problems.join('\n') });
  const headFingerprint = sha256(headSignature(kind.id, layout.columns)).toString('hex');
  return inTransaction<void, MappingRefusal>(ctx, 'correct-import-mapping', async (tx, refuse) => {
    const moved = await moveRun(
      tx,
      run.id,
      { states: ['needs_mapping', 'checked'], version: input.expectedVersion },
      'checking',
      { mapping, layout: { ...layout, mappingFrom: 'corrected' } },
    );
    if (!moved) return refuse('CHANGED_MEANWHILE');
    await rememberMapping(tx, {
      id: newId<'ImportMapping'>(),
      kind: kind.id,
      headFingerprint,
      mapping,
      decidedById: ctx.actorId,
      decidedAt: ctx.clock.now(),
    });
    await queue(tx);
  });
}
