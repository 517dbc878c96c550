import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import { findBlueprint } from '../paper/blueprint.store.server.ts';
import type { BatchWindows, WindowsRefusal } from './batch.ts';
import { checkWindows } from './batch.ts';
import { appendBatchEvent, insertBatch } from './batch.store.server.ts';

export interface CreateBatch extends BatchWindows {
  readonly regionId: string;
  readonly title: string;
  readonly blueprintCode: string;
  /** Slug of the course everybody must have completed before the start; null for none. */
  readonly preconditionCourse: string | null;
  readonly commandId: string;
}

export type CreateBatchRefusal =
  WindowsRefusal | 'FORBIDDEN' | 'NOT_FOUND' | 'BLUEPRINT_UNKNOWN' | 'NO_NUMBER_LEFT' | 'COMMAND_REUSED';

const createdShape = z.object({ batchId: z.string(), no: z.number() });
export type CreatedBatch = z.infer<typeof createdShape>;

/**
 * A new batch as a draft; its year is that of the first day of registering, its number the next of region and year.
 * Refusals: FORBIDDEN; NOT_FOUND (region outside the reach); BLUEPRINT_UNKNOWN; those of `checkWindows`;
 * NO_NUMBER_LEFT; COMMAND_REUSED.
 */
export async function createBatch(
  ctx: ActorCtx,
  input: CreateBatch,
): Promise<Outcome<CreatedBatch, CreateBatchRefusal>> {
  if (!mayDo(ctx, 'exam.manage')) return refused('FORBIDDEN');
  const { regionIds } = await reachFor(ctx, 'exam.manage');
  if (!regionIds.has(input.regionId)) return refused('NOT_FOUND');
  const windows = checkWindows(input);
  if (!windows.ok) return windows;
  const { commandId, ...asked } = input;
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.create_batch', input: asked };
  return inTransaction<CreatedBatch, CreateBatchRefusal>(ctx, 'create-exam-batch', (tx, refuse) =>
    withReceipt(tx, key, createdShape, refuse, async () => {
      if ((await findBlueprint(tx, input.blueprintCode)) === null) return refuse('BLUEPRINT_UNKNOWN');
      const batch = { ...asked, id: newId<'ExamBatch'>(), year: yearOf(dayOf(input.registerFrom)) };
      const deed = { actorId: ctx.actorId, at: ctx.clock.now() };
      const no = await insertBatch(tx, batch, deed);
      if (no === null) return refuse('NO_NUMBER_LEFT', { year: batch.year });
      await appendBatchEvent(tx, { batchId: batch.id, kind: 'created', detail: { no }, ...deed });
      await appendAudit(tx, ctx, {
        action: 'exam.create_batch',
        subjectKind: 'exam_batch',
        subjectId: batch.id,
        regionId: batch.regionId,
        detail: { title: batch.title, no },
      });
      return { batchId: batch.id, no };
    }),
  );
}
