import { askForTasks, askToSettle } from '#app/office/task/ask-task.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { exemptionEndedTask, exemptionKey } from '../organisation/card-tasks.ts';
import { listHolderExemptions, listLiveCards } from '../organisation/follow-units.store.server.ts';
import { isHeldOn } from './qualification.ts';
import { listQualifications } from './qualification.store.server.ts';

/**
 * A 免考 was taken back: each card of the person that has not ended waits for the bureau, unless another record still gives
 * the 执法资格. The card itself is moved by decision alone.
 */
export async function askAboutCards(
  tx: Tx,
  ctx: Ctx,
  ended: { readonly personId: string; readonly exemptionId: string; readonly endedDay: Day },
): Promise<void> {
  const records = await listQualifications(tx, [ended.personId]);
  if (records.some((one) => one.subject === 'public_law' && isHeldOn(one, ended.endedDay))) return;
  const cards = await listLiveCards(tx, ended.personId);
  await askForTasks(
    tx,
    ctx,
    cards.map((card) => exemptionEndedTask(card, ended)),
  );
}

/** The person has the 执法资格 again, by a pass or a new 免考: nobody needs to decide about the cards any more. */
export async function cardsProvenAgain(tx: Tx, ctx: Ctx, personId: string): Promise<void> {
  for (const { id } of await listLiveCards(tx, personId)) {
    const keys = (await listHolderExemptions(tx, id)).map((exemptionId) => exemptionKey(id, exemptionId));
    await askToSettle(tx, ctx, { kind: 'card.proposal', keys, outcome: 'withdrawn' });
  }
}
