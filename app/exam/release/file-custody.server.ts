import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { openWays } from '#app/office/approval/second-person.ts';
import { openTasks, settleTasks } from '#app/office/task/open-tasks.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { CustodyKind } from './confirmation.ts';
import { RELEASE_REASON } from './confirmation.ts';
import { custodyTaskKeys, custodyTasks } from './custody-tasks.ts';
import { custodyObstacle, mayReleaseAgain } from './custody-time.ts';
import { countSealed, findLastRequest, listSeals } from './custody.store.server.ts';
import { openCustody } from './open-sitting.server.ts';
import type { PaperMode } from './paper-mode.ts';
import type { CustodySitting } from './seal.store.server.ts';
import { lastSealOf, lockSittingRow } from './seal.store.server.ts';

export type FileRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'COMMAND_REUSED'
  | 'NO_SECOND_PERSON'
  | 'SITTING_IS_OVER'
  | 'SITTING_IS_OFF'
  | 'NOTHING_TO_SEAL'
  | 'MODE_IS_FIXED'
  | 'NOTHING_SEALED'
  | 'RELEASED_ALREADY'
  | 'BELL_HAS_RUNG'
  | 'REASON_REQUIRED';

export type FileInput =
  | {
      readonly kind: 'seal';
      readonly sittingId: string;
      readonly mode: PaperMode;
      readonly commandId: string;
    }
  | {
      readonly kind: 'release';
      readonly sittingId: string;
      /** Needed, and kept, only where this very set was released before: new codes for the same papers. */
      readonly reason?: string | undefined;
      readonly commandId: string;
    };

const filedShape = z.object({ requestId: z.string() });
type Filed = z.infer<typeof filedShape>;

interface Subject {
  readonly paperMode: PaperMode | null;
  readonly setHash: string | null;
  readonly reason: string | null;
}

/** What the request is about: the way the papers are drawn, or the set that is to be released. */
async function subjectOf(
  tx: Tx,
  ctx: ActorCtx,
  asked: { readonly sitting: CustodySitting; readonly input: FileInput; readonly at: Date },
  refuse: Refuse<FileRefusal>,
): Promise<Subject> {
  const { sitting, input, at } = asked;
  if (input.kind === 'seal') {
    const { approved, sealed, atStart } = await countSealed(tx, sitting.id);
    if (approved === sealed + atStart) refuse('NOTHING_TO_SEAL');
    const { mode } = await lastSealOf(tx, sitting.id);
    if (mode !== null && mode !== input.mode) refuse('MODE_IS_FIXED');
    return { paperMode: input.mode, setHash: null, reason: null };
  }
  const [last] = await listSeals(ctx.pool, sitting.id);
  if (last === undefined) return refuse('NOTHING_SEALED');
  if (last.release === null) return { paperMode: null, setHash: last.setHash, reason: null };
  // Once more: only for new codes, and nobody orders that without saying why.
  if (sitting.startMode !== 'bell') refuse('RELEASED_ALREADY');
  if (!mayReleaseAgain(sitting, at)) refuse('BELL_HAS_RUNG');
  const reason = input.reason ?? '';
  // Characters, as the table counts them: a rare one is two units of the text.
  const { length } = [...reason];
  if (length < RELEASE_REASON.least || length > RELEASE_REASON.most) refuse('REASON_REQUIRED');
  return { paperMode: null, setHash: last.setHash, reason };
}

/** A request that can be confirmed no more is asked of nobody any more; one that was confirmed stays as it is. */
export async function withdrawOpenRequest(
  tx: Tx,
  ctx: ActorCtx,
  sittingId: string,
  kind: CustodyKind,
): Promise<void> {
  const earlier = await findLastRequest(tx, sittingId, kind);
  if (earlier === null || earlier.isConfirmed) return;
  await settleTasks(tx, ctx, {
    kind: 'exam.custody',
    keys: custodyTaskKeys(earlier.id),
    outcome: 'withdrawn',
  });
}

/**
 * 提请封卷 / 提请启封: the first of two people. A later request takes the place of one that was not confirmed yet. Refuses
 * FORBIDDEN, NOT_FOUND, COMMAND_REUSED, NO_SECOND_PERSON (nobody could confirm it), SITTING_IS_OVER and SITTING_IS_OFF;
 * for a seal NOTHING_TO_SEAL and MODE_IS_FIXED; for a release NOTHING_SEALED. A set that was released is released once more
 * for new opening codes alone: RELEASED_ALREADY without a common bell, BELL_HAS_RUNG, REASON_REQUIRED.
 */
export async function fileCustody(ctx: ActorCtx, input: FileInput): Promise<Outcome<Filed, FileRefusal>> {
  const opened = await openCustody(ctx, input.sittingId, null);
  if (!opened.ok) return opened;
  const { sitting, people, isBureau } = opened.value;
  if (!isBureau) return refused('FORBIDDEN');
  if (openWays(people.scene).length === 0) return refused('NO_SECOND_PERSON');
  const at = ctx.clock.now();
  const { commandId, ...asked } = input;
  const key = { actorId: ctx.actorId, commandId, kind: `exam.file_${input.kind}`, input: asked };
  return inTransaction<Filed, FileRefusal>(ctx, `file-${input.kind}`, (tx, refuse) =>
    withReceipt(tx, key, filedShape, refuse, async () => {
      const held = await lockSittingRow(tx, sitting.id);
      const obstacle = held === null ? 'NOT_FOUND' : custodyObstacle(held, at);
      if (obstacle !== null) refuse(obstacle);
      const subject = await subjectOf(tx, ctx, { sitting, input, at }, refuse);
      await withdrawOpenRequest(tx, ctx, sitting.id, input.kind);
      const requestId = newId<'ExamCustodyRequest'>();
      await tx.examCustodyRequest.create({
        data: {
          id: requestId,
          sittingId: sitting.id,
          kind: input.kind,
          ...subject,
          filedBy: ctx.actorId,
          filedAt: at,
        },
      });
      await openTasks(tx, ctx, custodyTasks({ requestId, kind: input.kind, sitting }, people, ctx.actorId));
      await appendAudit(tx, ctx, {
        action: `exam.file_${input.kind}`,
        subjectKind: 'exam_sitting',
        subjectId: sitting.id,
        regionId: sitting.regionId,
        detail: { requestId, ...subject },
      });
      return { requestId };
    }),
  );
}
