import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { Category } from '../ledger/hours.ts';
import { statedHoursToSeconds } from '../ledger/hours.ts';
import type { Interval } from '../ledger/interval.ts';
import { secondOf } from '../ledger/interval.ts';
import type { Form, Purpose, ScheduleRefusal } from './session.ts';
import { decideBlocks } from './session.ts';
import { appendSessionEvents, insertSession } from './session.store.server.ts';

export interface ScheduleSessionInput {
  readonly unitId: string;
  readonly title: string;
  readonly category: Category;
  readonly form: Form;
  readonly place: string;
  readonly lecturer: string;
  readonly capacity: number;
  /** Stated 学时 in hundredths; null = computed from time attended. */
  readonly statedHundredths: number | null;
  /** `regular` unless it is said to be 离岗培训. */
  readonly purpose?: Purpose | undefined;
  readonly blocks: readonly Interval[];
  readonly commandId: string;
}

const scheduledSchema = z.object({ sessionId: z.string() });
export type ScheduleSessionRefusal = ScheduleRefusal | 'FORBIDDEN' | 'NOT_FOUND' | 'COMMAND_REUSED';

/** Plans a class of a unit inside the actor's reach. The same form sent twice makes one class. */
export async function scheduleSession(
  ctx: ActorCtx,
  input: ScheduleSessionInput,
): Promise<Outcome<z.infer<typeof scheduledSchema>, ScheduleSessionRefusal>> {
  if (!mayDo(ctx, 'session.schedule')) return refused('FORBIDDEN');
  const { unitIds } = await reachFor(ctx, 'session.schedule');
  if (!unitIds.has(input.unitId)) return refused('NOT_FOUND');
  const now = ctx.clock.now();
  const blocks = decideBlocks(input.blocks, secondOf(now));
  if (!blocks.ok) return blocks;
  const { commandId, statedHundredths, ...rest } = input;
  return inTransaction<z.infer<typeof scheduledSchema>, ScheduleSessionRefusal>(
    ctx,
    'schedule-session',
    (tx, refuse) => {
      const key = {
        actorId: ctx.actorId,
        commandId,
        kind: 'schedule-session',
        input: { ...rest, statedHundredths },
      };
      return withReceipt(tx, key, scheduledSchema, refuse, async () => {
        const statedCreditSeconds = statedHundredths === null ? null : statedHoursToSeconds(statedHundredths);
        const purpose = input.purpose ?? 'regular';
        const session = {
          ...rest,
          purpose,
          blocks: blocks.value,
          statedCreditSeconds,
          createdBy: ctx.actorId,
        };
        const sessionId = await insertSession(tx, session, now);
        const detail = { title: input.title, blocks: blocks.value.length };
        await appendSessionEvents(tx, [{ sessionId, personId: null, kind: 'scheduled', detail }], {
          actorId: ctx.actorId,
          now,
        });
        await appendAudit(tx, ctx, {
          action: 'session.schedule',
          subjectKind: 'training_session',
          subjectId: sessionId,
          unitId: input.unitId,
          detail,
        });
        return { sessionId };
      });
    },
  );
}
