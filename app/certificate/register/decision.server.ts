import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { RegionRules } from '#app/organization/rules/region-rules.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { scopeFor } from '../scope.server.ts';
import type { CertificateEvent, CertificateRecord, NewCertificateEvent } from './certificate.store.server.ts';
import {
  appendCertificateEvents,
  cardNow,
  findCertificate,
  listCertificateEvents,
  lockCertificate,
  moveCertificate,
} from './certificate.store.server.ts';
import type { CardNow, LifecycleRules } from './lifecycle.ts';

/** What a decision on a card needs before its transaction opens. */
export interface DecisionPlace {
  readonly regionRules: RegionRules;
  readonly isInReach: (card: CertificateRecord) => boolean;
}

export type PlaceRefusal = 'FORBIDDEN' | 'NOT_FOUND';
export type CardRefusal = 'NOT_FOUND' | 'CHANGED_MEANWHILE' | 'OWN_MATTER';

/** Authorises and reads the region's rules. NOT_FOUND also for cards outside the reach. */
export async function decisionPlace(
  ctx: ActorCtx,
  certificateId: string,
): Promise<Outcome<DecisionPlace, PlaceRefusal>> {
  if (!mayDo(ctx, 'certificate.decide')) return refused('FORBIDDEN');
  const isInReach = await scopeFor(ctx, 'certificate.decide');
  const card = await findCertificate(ctx.db, certificateId);
  if (!card || !isInReach(card)) return refused('NOT_FOUND');
  const regionRules = await loadRules(ctx.pool, card.regionId, dayOf(ctx.clock.now()));
  return done({ regionRules, isInReach });
}

export function lifecycleRules(rules: RegionRules): LifecycleRules {
  return {
    suspensionMonthsMin: rules.suspensionMonthsMin.value,
    suspensionMonthsMax: rules.suspensionMonthsMax.value,
  };
}

export interface CardInHand {
  readonly card: CertificateRecord;
  readonly events: readonly CertificateEvent[];
  readonly now: CardNow;
  /** The natural person who acts. */
  readonly person: string;
}

/** The card with its history, as of the version the actor saw. Nobody decides on the own card. */
export async function takeInHand(
  tx: Tx,
  ctx: ActorCtx,
  asked: { certificateId: string; expectedVersion: number; place: DecisionPlace },
  refuse: Refuse<CardRefusal>,
): Promise<CardInHand> {
  await lockCertificate(tx, asked.certificateId);
  const card = await findCertificate(tx, asked.certificateId);
  if (!card || !asked.place.isInReach(card)) return refuse('NOT_FOUND');
  if (card.version !== asked.expectedVersion) refuse('CHANGED_MEANWHILE');
  const person = await personKeyOf(tx, ctx.actorId);
  if (person === card.personId) refuse('OWN_MATTER');
  const events = (await listCertificateEvents(tx, [card.id])).get(card.id) ?? [];
  return { card, events, now: cardNow(card.validToDay, events, dayOf(ctx.clock.now())), person };
}

/** Appends the event and moves the projection with it, only from the version that was decided on; writes the audit. */
export async function enterEvent(
  tx: Tx,
  ctx: ActorCtx,
  entry: {
    readonly inHand: CardInHand;
    readonly event: Omit<NewCertificateEvent, 'id' | 'certificateId' | 'seq' | 'fromState' | 'occurredAt'>;
    readonly isLost: boolean;
    readonly action: string;
  },
  refuse: Refuse<'CHANGED_MEANWHILE'>,
): Promise<NewCertificateEvent> {
  const { inHand, event, isLost, action } = entry;
  const { card, events, now } = inHand;
  const written: NewCertificateEvent = {
    ...event,
    id: newId<'CertificateEvent'>(),
    certificateId: card.id,
    seq: (events.at(-1)?.seq ?? 0) + 1,
    fromState: now.state,
    occurredAt: ctx.clock.now(),
  };
  const moved = await moveCertificate(tx, {
    certificateId: card.id,
    expectedVersion: card.version,
    state: event.toState,
    isLost,
    stateSinceDay: event.toState === now.state ? card.stateSinceDay : event.effectiveFromDay,
  });
  if (!moved) refuse('CHANGED_MEANWHILE');
  await appendCertificateEvents(tx, [written]);
  await appendAudit(tx, ctx, {
    action,
    subjectKind: 'certificate',
    subjectId: card.id,
    regionId: card.regionId,
    unitId: card.unitId,
    detail: { eventId: written.id, kind: event.kind, documentNo: event.documentNo },
  });
  return written;
}
