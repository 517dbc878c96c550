import { findChange } from '#app/organization/change/change.store.server.ts';
import {
  personCorrectedFact,
  personLeftFact,
  personMovedFact,
  unitsChangedFact,
} from '#app/organization/change/organisation-facts.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import { askForTasks } from '#app/office/task/ask-task.server.ts';
import { addWorkdays } from '#app/office/workday/workday.ts';
import { loadWorkdayExceptions } from '#app/office/workday/workday.store.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { OutboxConsumer, OutboxMessage } from '#app/platform/outbox/outbox.server.ts';
import { addDays } from '#app/platform/time/day.ts';
import { unitNames } from '../names.store.server.ts';
import { PRINTED_FIELDS, correctedTask, leaverTask, moveTask, outdatedTask } from './card-tasks.ts';
import { countOutdatedCards, followUnits, listLiveCards } from './follow-units.store.server.ts';

/** Far enough for any number of 工作日 a region sets for taking cards back. */
const CALENDAR_DAYS = 400;

async function afterLeaving(ctx: Ctx, tx: Tx, message: OutboxMessage): Promise<void> {
  const { personId, awayFromDay, reason, sourceId } = personLeftFact.parse(message.payload);
  const exceptions = await loadWorkdayExceptions(ctx.pool, awayFromDay, addDays(awayFromDay, CALENDAR_DAYS));
  for (const card of await listLiveCards(tx, personId)) {
    const rules = await loadRules(ctx.pool, card.regionId, awayFromDay);
    const dueDay = addWorkdays(awayFromDay, rules.recoverWorkdays.value, exceptions);
    await askForTasks(tx, ctx, [leaverTask(card, { leavingId: sourceId, reason, dueDay })]);
  }
}

/** The key of the fact begins with what moved the person: a transfer, or an act. */
const sourceOf = (message: OutboxMessage): string => message.key.split(':')[0] ?? message.key;

async function afterMove(ctx: Ctx, tx: Tx, message: OutboxMessage): Promise<void> {
  const { personId, toUnitId } = personMovedFact.parse(message.payload);
  const unitName = (await unitNames(ctx.pool, [toUnitId])).get(toUnitId) ?? '';
  const cards = await listLiveCards(tx, personId);
  const moved = { sourceId: sourceOf(message), unitName };
  await askForTasks(
    tx,
    ctx,
    cards.map((card) => moveTask(card, moved)),
  );
}

/** Education or a phone stand on no card. What is not printed yet will be printed as corrected. */
async function afterCorrection(ctx: Ctx, tx: Tx, message: OutboxMessage): Promise<void> {
  const { personId, fields } = personCorrectedFact.parse(message.payload);
  const printed = PRINTED_FIELDS.filter((field) => fields.includes(field));
  if (printed.length === 0) return;
  const cards = (await listLiveCards(tx, personId)).filter((card) => card.state !== 'pending_print');
  const corrected = { correctionId: message.key, fields: printed };
  await askForTasks(
    tx,
    ctx,
    cards.map((card) => correctedTask(card, corrected)),
  );
}

async function afterChange(ctx: Ctx, tx: Tx, message: OutboxMessage): Promise<void> {
  const fact = unitsChangedFact.parse(message.payload);
  await followUnits(tx, fact);
  // People named one by one have tasks of their own (person_moved).
  if (fact.successors.every((pair) => pair.to === null)) return;
  const count = await countOutdatedCards(tx, fact.changeId, fact.day);
  const change = await findChange(tx, fact.changeId);
  if (count > 0 && change !== null) await askForTasks(tx, ctx, [outdatedTask(change, count)]);
}

const HANDLERS: Readonly<Record<string, (ctx: Ctx, tx: Tx, message: OutboxMessage) => Promise<void>>> = {
  'organization.person_left': afterLeaving,
  'organization.person_moved': afterMove,
  'organization.units_changed': afterChange,
  'organization.person_corrected': afterCorrection,
};

/**
 * What happens to people and units becomes work of the certificate area: leavers' cards are to be taken back and
 * cancelled (HY11), movers' and corrected people's cards to be amended
 * (T14). Only tasks: the state of a card changes by decision alone.
 */
export function organisationConsumer(ctx: Ctx): OutboxConsumer {
  return {
    name: 'certificate.organisation',
    topics: Object.keys(HANDLERS),
    handle: async (tx, message) => HANDLERS[message.topic]?.(ctx, tx, message),
  };
}
