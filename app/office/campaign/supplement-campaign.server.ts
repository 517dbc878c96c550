import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { findOpenSupplement, isTarget, lockCampaign } from './campaign.store.server.ts';
import { lastDayFor, writeCampaign } from './issue-campaign.server.ts';
import { workOf } from './work.server.ts';

export type SupplementRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'NOT_APPROVED' | 'NO_SUPPLEMENTS' | 'COMMAND_REUSED';

const openedShape = z.object({ campaignId: z.string() });

/**
 * A change during the year: the same cycle for one unit, begun by its liaison, decided and announced like the yearly one.
 * One that is open already is gone on with. Refusals: FORBIDDEN; NOT_FOUND (campaign unknown, unit not the actor's or not
 * asked in it); NOT_APPROVED (the yearly campaign is still running: answer there); NO_SUPPLEMENTS;
 * COMMAND_REUSED.
 */
export async function openSupplement(
  ctx: ActorCtx,
  input: { readonly campaignId: string; readonly unitId: string; readonly commandId: string },
): Promise<Outcome<z.infer<typeof openedShape>, SupplementRefusal>> {
  if (!mayDo(ctx, 'campaign.answer')) return refused('FORBIDDEN');
  const { unitIds, tree } = await reachFor(ctx, 'campaign.answer');
  const unit = tree.units.get(input.unitId);
  if (unit === undefined || !unitIds.has(unit.id)) return refused('NOT_FOUND');
  const { commandId, ...asked } = input;
  const key = { actorId: ctx.actorId, commandId, kind: 'campaign.supplement', input: asked };
  return inTransaction<z.infer<typeof openedShape>, SupplementRefusal>(ctx, 'open-supplement', (tx, refuse) =>
    withReceipt(tx, key, openedShape, refuse, async () => {
      const yearly = await lockCampaign(tx, input.campaignId, 'update');
      if (yearly === null || !(await isTarget(tx, yearly.id, unit.id))) return refuse('NOT_FOUND');
      if (yearly.state !== 'approved' && yearly.state !== 'announced') return refuse('NOT_APPROVED');
      const work = workOf(ctx, yearly);
      if (work.kind.supplementLabel === null) return refuse('NO_SUPPLEMENTS');
      const open = await findOpenSupplement(tx, yearly.id, unit.id);
      if (open !== null) return { campaignId: open };
      const issuedAt = ctx.clock.now();
      const issuedDay = dayOf(issuedAt);
      const workdays = work.kind.defaultWorkdays;
      const { campaignId } = await writeCampaign(tx, ctx, {
        campaign: {
          id: newId<'Campaign'>(),
          kind: yearly.kind,
          regionId: yearly.regionId,
          fieldCode: null,
          year: yearly.year,
          title: `${yearly.title}（年中变更：${unit.name}）`,
          body: `${unit.name}申报年中变更。`,
          supplementsId: yearly.id,
          issuedDay,
          workdays,
          dueDay: await lastDayFor(ctx, issuedDay, workdays),
          issuedBy: ctx.actorId,
          issuedAt,
        },
        work,
        units: [unit],
      });
      return { campaignId };
    }),
  );
}
