import { CARD_PROPOSALS, cardProposalFact } from '#app/office/campaign/card-proposal.ts';
import type { CardProposalFact } from '#app/office/campaign/card-proposal.ts';
import { askForTasks } from '#app/office/task/ask-task.server.ts';
import type { NewTask } from '#app/office/task/task.ts';
import { addWorkdays } from '#app/office/workday/workday.ts';
import { loadWorkdayExceptions } from '#app/office/workday/workday.store.server.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { OutboxConsumer } from '#app/platform/outbox/outbox.server.ts';
import { addDays } from '#app/platform/time/day.ts';
import { groupDigits } from '#app/platform/ui/text/format.ts';
import { leaverTask } from './card-tasks.ts';
import type { LiveCard } from './follow-units.store.server.ts';
import { listLiveCards } from './follow-units.store.server.ts';

/** Far enough for any number of 工作日 a region sets for taking cards back. */
const CALENDAR_DAYS = 400;

const PROPOSALS: Readonly<Record<CardProposalFact['proposal'], string>> = {
  recover: '建议先收回、再注销',
  cancel: '建议注销',
};

/** The task of a leaver, worded by the campaign it comes from. */
function proposedTask(card: LiveCard, fact: CardProposalFact, dueDay: string): NewTask {
  const task = leaverTask(card, { leavingId: fact.leavingId, reason: fact.reason, dueDay });
  return {
    ...task,
    proposal: `${PROPOSALS[fact.proposal]}证件 ${groupDigits(card.certificateNo)}。依据：${fact.basis}。`,
  };
}

/**
 * An approved 人员清理 proposes what becomes of the cards of who has left (YC3, HY11); it decides nothing. A leaving opens
 * one task a card, whichever of the two facts about it comes first: both carry the same key.
 */
export function cardProposalConsumer(ctx: Ctx): OutboxConsumer {
  return {
    name: 'certificate.card_proposals',
    topics: [CARD_PROPOSALS],
    handle: async (tx, message) => {
      const fact = cardProposalFact.parse(message.payload);
      const last = addDays(fact.awayFromDay, CALENDAR_DAYS);
      const exceptions = await loadWorkdayExceptions(ctx.pool, fact.awayFromDay, last);
      for (const card of await listLiveCards(tx, fact.personId)) {
        const rules = await loadRules(ctx.pool, card.regionId, fact.awayFromDay);
        const dueDay = addWorkdays(fact.awayFromDay, rules.recoverWorkdays.value, exceptions);
        await askForTasks(tx, ctx, [proposedTask(card, fact, dueDay)]);
      }
    },
  };
}
