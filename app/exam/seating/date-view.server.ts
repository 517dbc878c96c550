import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import { takeSitting } from './scope.server.ts';
import type { SeatingSitting } from './seating.store.server.ts';
import { hasStarted } from './seating.store.server.ts';
import type { JournalLine } from './sitting-journal.server.ts';
import { listJournal } from './sitting-journal.server.ts';

const changeDetail = z.object({ from: z.coerce.date(), to: z.coerce.date(), tickets: z.number() });

export interface DatePage {
  readonly sitting: SeatingSitting;
  /** Those whose tickets a change would replace: everybody who may sit (`listHolders`). */
  readonly ticketCount: number;
  readonly hasStarted: boolean;
  /** The latest first. */
  readonly changes: readonly JournalLine<z.infer<typeof changeDetail>>[];
  readonly commandId: string;
}

/** When the sitting is held and how often it was moved. Refusals: FORBIDDEN, NOT_FOUND. */
export async function viewDate(
  ctx: ActorCtx,
  sittingId: string,
): Promise<Outcome<DatePage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeSitting(ctx, sittingId);
  if (!taken.ok) return taken;
  const { sitting } = taken.value;
  return done({
    sitting,
    ticketCount: await ctx.db.examRegistration.count({
      where: { sittingId: sitting.id, status: 'approved' },
    }),
    hasStarted: await hasStarted(ctx.db, sitting.id),
    changes: await listJournal(ctx, sitting.id, 'date_changed', changeDetail),
    commandId: newId(),
  });
}
