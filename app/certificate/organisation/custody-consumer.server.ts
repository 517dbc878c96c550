import type { AbsenceChangedFact } from '#app/organization/change/organisation-facts.ts';
import { absenceChangedFact } from '#app/organization/change/organisation-facts.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { OutboxConsumer } from '#app/platform/outbox/outbox.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { CertificateEvent } from '../register/certificate.store.server.ts';
import {
  appendCertificateEvents,
  cardNow,
  listCertificateEvents,
  lockCertificate,
} from '../register/certificate.store.server.ts';
import { allowedKinds } from '../register/lifecycle.ts';
import type { LiveCard } from './follow-units.store.server.ts';
import { listLiveCards } from './follow-units.store.server.ts';

const BASIS = '本系统登记规则：临时离岗期间证件代管，证件状态不变';

/** The absence for which the card was taken into custody, while it is there. */
function openCustody(events: readonly CertificateEvent[]): string | null {
  const last = events.findLast((event) => event.kind === 'custody_began' || event.kind === 'custody_ended');
  return last?.kind === 'custody_began' ? String(last.detail.absenceId ?? '') : null;
}

async function enter(ctx: Ctx, tx: Tx, card: LiveCard, fact: AbsenceChangedFact): Promise<void> {
  await lockCertificate(tx, card.id);
  const events = (await listCertificateEvents(tx, [card.id])).get(card.id) ?? [];
  const now = cardNow(card.validToDay, events, dayOf(ctx.clock.now()));
  const kind = fact.state === 'began' ? 'custody_began' : 'custody_ended';
  const isHeld = openCustody(events) === fact.absenceId;
  const isDue = fact.state === 'began' ? fact.cardKeeper !== null && !isHeld : isHeld;
  if (!isDue || now.state === null || !allowedKinds(now, dayOf(ctx.clock.now())).includes(kind)) return;
  const keeper = fact.cardKeeper ?? '';
  await appendCertificateEvents(tx, [
    {
      id: newId<'CertificateEvent'>(),
      certificateId: card.id,
      seq: (events.at(-1)?.seq ?? 0) + 1,
      kind,
      fromState: now.state,
      toState: now.state,
      reasonCode: fact.kind,
      legalBasis: BASIS,
      documentNo: null,
      decidingAuthority: keeper === '' ? '持证人所在单位' : keeper,
      decisionDay: fact.fromDay,
      effectiveFromDay: fact.fromDay,
      effectiveToDay: null,
      detail: { absenceId: fact.absenceId, keeper, expectedReturnDay: fact.expectedReturnDay },
      operatorId: null,
      approverId: null,
      occurredAt: ctx.clock.now(),
    },
  ]);
  await appendAudit(tx, ctx, {
    action: `certificate.${kind}`,
    subjectKind: 'certificate',
    subjectId: card.id,
    regionId: card.regionId,
    detail: { absenceId: fact.absenceId },
  });
}

/**
 * A temporary absence puts the card into custody and its end gives it back: two lines in the card's history that change
 * nothing about its state and start no timer (domain.md §11.4). Once per absence: what is held is not taken again.
 */
export function custodyConsumer(ctx: Ctx): OutboxConsumer {
  return {
    name: 'certificate.custody',
    topics: ['organization.absence_changed'],
    handle: async (tx, message) => {
      const fact = absenceChangedFact.parse(message.payload);
      for (const card of await listLiveCards(tx, fact.personId)) await enter(ctx, tx, card, fact);
    },
  };
}
