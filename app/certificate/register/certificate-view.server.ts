import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { PersonCard } from '#app/organization/person/person.ts';
import { findPersonCard, homeLinksOn } from '#app/organization/person/person.store.server.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { listApplicationEvents } from '../application/application.store.server.ts';
import { fieldNames, unitNames } from '../names.store.server.ts';
import { scopeFor } from '../scope.server.ts';
import type { CertificateEvent, CertificateRecord } from './certificate.store.server.ts';
import { cardNow, findCertificate, listCertificateEvents } from './certificate.store.server.ts';
import { proposedDecision } from './confirm-decision.server.ts';
import { lifecycleRules } from './decision.server.ts';
import type { HistoryItem } from './history.ts';
import { applicationItem, certificateItem, inOrder, qualificationItem } from './history.ts';
import type { LifecycleRules } from './lifecycle.ts';
import { allowedKinds } from './lifecycle.ts';
import { decisionSentence } from './preview.ts';
import type { ProposableKind } from './proposal.ts';
import { PROPOSABLE_KINDS, openProposal } from './proposal.ts';
import type { QrDrawing } from '#app/platform/qr/draw-qr.server.ts';
import { drawQr } from '#app/platform/qr/draw-qr.server.ts';
import { listQualificationEvents } from './qualification.store.server.ts';
import { reasonLabel } from './reasons.ts';
import type { Status } from './status-on.ts';
import { statusOn } from './status-on.ts';
import type { DecidingBody } from './transition-table.ts';

/** A proposal that waits for a second person, as its page shows it. */
export interface WaitingProposal {
  readonly id: string;
  readonly kind: ProposableKind;
  readonly sentence: string;
  readonly proposerName: string;
  /** The viewer proposed it: may take it back, but not confirm it. */
  readonly isOwn: boolean;
}

export interface CertificatePage {
  readonly card: CertificateRecord;
  readonly person: PersonCard;
  readonly unitName: string;
  readonly fieldName: string;
  readonly status: Status;
  readonly today: Day;
  readonly history: readonly HistoryItem[];
  readonly checkUrl: string;
  readonly qr: QrDrawing;
  /** Null for viewers who may only read. */
  readonly deciding: {
    readonly offered: readonly ProposableKind[];
    readonly waiting: WaitingProposal | null;
    readonly rules: LifecycleRules;
    /** Who decides by the table: suggested on the form. */
    readonly authorities: Readonly<Record<DecidingBody, string>>;
    readonly reapplyBarMonths: number;
    /** The viewer is the holder: 回避. */
    readonly isOwnCard: boolean;
  } | null;
}

/** The person's way from exam to this card, oldest first. */
async function historyOf(
  ctx: ActorCtx,
  card: CertificateRecord,
  events: readonly CertificateEvent[],
): Promise<HistoryItem[]> {
  const qualifications = await listQualificationEvents(ctx.db, [card.personId]);
  const applications =
    card.applicationId === null ? [] : await listApplicationEvents(ctx.db, [card.applicationId]);
  return inOrder([
    ...qualifications.map(qualificationItem),
    ...applications.map((event) => applicationItem(event, dayOf(event.occurredAt))),
    ...events.map(certificateItem),
  ]);
}

async function waitingProposal(
  ctx: ActorCtx,
  card: CertificateRecord,
  proposal: CertificateEvent,
): Promise<WaitingProposal> {
  const decision = proposedDecision(proposal);
  const kind = PROPOSABLE_KINDS.find((known) => known === decision.kind);
  invariant(kind, 'a proposal is of a proposable kind');
  const proposer = proposal.operatorId === null ? null : await personKeyOf(ctx.db, proposal.operatorId);
  const { certificateNo, personName } = card;
  const sentence = decisionSentence({
    ...decision,
    certificateNo,
    personName,
    reason: reasonLabel(decision.reasonCode),
  });
  return {
    id: proposal.id,
    kind,
    sentence,
    proposerName: proposal.operatorName ?? '',
    isOwn: proposer === (await personKeyOf(ctx.db, ctx.actorId)),
  };
}

/** The viewer's own office, which decides as the justice body; empty for an account without a place. */
async function ownOffice(ctx: ActorCtx, today: Day): Promise<string> {
  const { personId } = ctx.actor;
  const home = personId === null ? undefined : (await homeLinksOn(ctx.pool, [personId], today)).get(personId);
  return home === undefined ? '' : ((await unitNames(ctx.pool, [home.unitId])).get(home.unitId) ?? '');
}

async function decidingOf(
  ctx: ActorCtx,
  card: CertificateRecord,
  events: readonly CertificateEvent[],
  unitName: string,
): Promise<CertificatePage['deciding']> {
  const today = dayOf(ctx.clock.now());
  const allowed = allowedKinds(cardNow(card.validToDay, events, today), today);
  const proposal = openProposal(events);
  const rules = await loadRules(ctx.pool, card.regionId, today);
  return {
    offered: PROPOSABLE_KINDS.filter((kind) => allowed.includes(kind)),
    waiting: proposal === null ? null : await waitingProposal(ctx, card, proposal),
    rules: lifecycleRules(rules),
    authorities: {
      issuing_body: rules.issuingAuthority.value,
      justice_body: await ownOffice(ctx, today),
      unit: unitName,
    },
    reapplyBarMonths: rules.reapplyBarMonths.value,
    isOwnCard: (await personKeyOf(ctx.db, ctx.actorId)) === card.personId,
  };
}

/**
 * One card with its whole history. Refusals: FORBIDDEN, NOT_FOUND (also outside the reach).
 * @param origin under which the public reaches this server, for the QR
 */
export async function viewCertificate(
  ctx: ActorCtx,
  certificateId: string,
  origin: string,
): Promise<Outcome<CertificatePage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'certificate.read')) return refused('FORBIDDEN');
  const isInReach = await scopeFor(ctx, 'certificate.read');
  const card = await findCertificate(ctx.db, certificateId);
  if (!card || !isInReach(card)) return refused('NOT_FOUND');
  const events = (await listCertificateEvents(ctx.db, [card.id])).get(card.id) ?? [];
  const today = dayOf(ctx.clock.now());
  const status = statusOn(events, card.validToDay, today);
  const person = await findPersonCard(ctx.pool, card.personId);
  invariant(status && person, 'a card has a person and at least one event');
  const unitName = (await unitNames(ctx.pool, [card.unitId])).get(card.unitId) ?? '';
  const checkUrl = `${origin}/verify/${card.checkToken}`;
  const decides = mayDo(ctx, 'certificate.decide') && (await scopeFor(ctx, 'certificate.decide'))(card);
  return done({
    card,
    person,
    unitName,
    fieldName: (await fieldNames(ctx.pool))(card.fieldCode),
    status,
    today,
    history: await historyOf(ctx, card, events),
    checkUrl,
    qr: drawQr(checkUrl),
    deciding: decides ? await decidingOf(ctx, card, events, unitName) : null,
  });
}
