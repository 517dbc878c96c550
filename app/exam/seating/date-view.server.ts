import { z } from 'zod';
import { accountNames } from '#app/accounts/account-names.store.server.ts';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import { takeSitting } from './scope.server.ts';
import type { SeatingSitting } from './seating.store.server.ts';
import { hasStarted } from './seating.store.server.ts';

const changeDetail = z.object({ from: z.coerce.date(), to: z.coerce.date(), tickets: z.number() });

export interface DateChangeLine extends z.infer<typeof changeDetail> {
  readonly id: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
}

export interface DatePage {
  readonly sitting: SeatingSitting;
  readonly ticketCount: number;
  readonly hasStarted: boolean;
  /** The latest first. */
  readonly changes: readonly DateChangeLine[];
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
  const events = await ctx.db.examSeatingEvent.findMany({
    where: { sittingId: sitting.id, kind: 'date_changed' },
    orderBy: [{ occurredAt: 'desc' }, { id: 'desc' }],
  });
  const names = await accountNames(
    ctx.pool,
    events.map((event) => event.actorId),
  );
  return done({
    sitting,
    ticketCount: await ctx.db.examRegistration.count({
      where: { sittingId: sitting.id, status: { not: 'withdrawn' } },
    }),
    hasStarted: await hasStarted(ctx.db, sitting.id),
    changes: events.map(({ id, note, detail, actorId, occurredAt }) => ({
      id,
      ...changeDetail.parse(detail),
      reason: note ?? '',
      by: names.get(actorId ?? '') ?? '系统',
      at: occurredAt,
    })),
    commandId: newId(),
  });
}
