import { z } from 'zod';
import { askToSettle } from '#app/office/task/ask-task.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { OutboxConsumer } from '#app/platform/outbox/outbox.server.ts';
import { CERTIFICATE_STATES, isFinal } from '../register/certificate.ts';
import { correctionKey, exemptionKey, leaverKey, moveKey } from './card-tasks.ts';
import {
  countOutdatedCards,
  listHolderCorrections,
  listHolderExemptions,
  listHolderMoves,
} from './follow-units.store.server.ts';

const stateChanged = z.object({ certificateId: z.string(), state: z.enum(CERTIFICATE_STATES) });

async function settle(ctx: Ctx, tx: Tx, certificateId: string): Promise<void> {
  const corrections = await listHolderCorrections(tx, certificateId);
  const exemptions = await listHolderExemptions(tx, certificateId);
  const keys = [
    ...corrections.map((correctionId) => correctionKey(certificateId, correctionId)),
    ...exemptions.map((exemptionId) => exemptionKey(certificateId, exemptionId)),
  ];
  if (keys.length > 0) await askToSettle(tx, ctx, { kind: 'card.proposal', keys, outcome: 'done' });
  for (const { sourceKind, sourceId, day } of await listHolderMoves(tx, certificateId)) {
    const outcome = 'done' as const;
    if (sourceKind === 'person_leaving')
      await askToSettle(tx, ctx, {
        kind: 'leaver.card',
        keys: [leaverKey(certificateId, sourceId)],
        outcome,
      });
    else
      await askToSettle(tx, ctx, {
        kind: 'transfer.card',
        keys: [moveKey(certificateId, sourceId)],
        outcome,
      });
    const isLast =
      sourceKind === 'organisation_change' &&
      day !== null &&
      (await countOutdatedCards(tx, sourceId, day)) === 0;
    if (isLast) await askToSettle(tx, ctx, { kind: 'transfer.card', keys: [sourceId], outcome });
  }
}

/** A card that has ended or been exchanged no longer waits for anybody. */
export function settleCardTasks(ctx: Ctx): OutboxConsumer {
  return {
    name: 'certificate.settle_card_tasks',
    topics: ['certificate.state_changed'],
    handle: async (tx, message) => {
      const { certificateId, state } = stateChanged.parse(message.payload);
      if (isFinal(state)) await settle(ctx, tx, certificateId);
    },
  };
}
