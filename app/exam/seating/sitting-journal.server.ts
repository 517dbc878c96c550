import type { z } from 'zod';
import { accountNames } from '#app/accounts/account-names.store.server.ts';
import type { ActorCtx } from '#app/accounts/actor.server.ts';

/** What is changed of a sitting with a reason: 改期 and 修改场次设置. */
export type SittingChangeKind = 'date_changed' | 'settings_changed';

/** One act of a sitting's journal. */
export interface JournalLine<Detail> {
  readonly id: string;
  readonly at: Date;
  readonly by: string | null;
  readonly reason: string;
  readonly detail: Detail;
}

/** The acts of one kind in the journal of a sitting, the latest first. The caller checks the reach. */
export async function listJournal<Detail>(
  ctx: ActorCtx,
  sittingId: string,
  kind: SittingChangeKind,
  shape: z.ZodType<Detail>,
): Promise<readonly JournalLine<Detail>[]> {
  const events = await ctx.db.examSeatingEvent.findMany({
    where: { sittingId, kind },
    orderBy: [{ occurredAt: 'desc' }, { id: 'desc' }],
  });
  const names = await accountNames(
    ctx.pool,
    events.map((event) => event.actorId),
  );
  return events.map(({ id, note, detail, actorId, occurredAt }) => ({
    ...{ id, at: occurredAt, by: names.get(actorId ?? '') ?? null, reason: note ?? '' },
    detail: shape.parse(detail),
  }));
}
