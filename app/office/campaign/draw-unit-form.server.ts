import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { DrawRefusal, Drawn } from '../document/draw-paper.server.ts';
import { drawPaper } from '../document/draw-paper.server.ts';
import type { AnswerPlace } from './answer-target.server.ts';
import { findCampaign, findTarget } from './campaign.store.server.ts';
import type { FormValues } from './kinds/form-values.ts';
import { workOf } from './work.server.ts';

/** Draws the form a unit has stamped. Refusals: FORBIDDEN, NOT_FOUND, and those of drawing. */
export async function drawUnitForm(
  ctx: ActorCtx,
  input: AnswerPlace & { readonly values: FormValues; readonly commandId: string },
): Promise<Outcome<Drawn, DrawRefusal>> {
  if (!mayDo(ctx, 'campaign.answer')) return refused('FORBIDDEN');
  const { unitIds, tree } = await reachFor(ctx, 'campaign.answer');
  const unit = tree.units.get(input.unitId);
  const campaign = await findCampaign(ctx.pool, input.campaignId);
  if (unit === undefined || !unitIds.has(unit.id) || campaign === null) return refused('NOT_FOUND');
  const target = await findTarget(ctx.pool, campaign.id, unit.id);
  const form = workOf(ctx, campaign).unitForm;
  if (target === null || form === undefined) return refused('NOT_FOUND');
  const asked = { unit, tree, today: dayOf(ctx.clock.now()) };
  const { title } = campaign;
  return drawPaper(ctx, {
    paper: form.paper,
    regionId: unit.regionId,
    unitId: unit.id,
    subject: { kind: 'campaign_target', id: target.id },
    title: `${title}表（${unit.name}）`,
    data: await form.fill(ctx, asked, { title, values: input.values }),
    commandId: input.commandId,
  });
}
