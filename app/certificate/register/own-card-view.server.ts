import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import type { PersonCard } from '#app/organization/person/person.ts';
import { findPersonCard, homeLinksOn } from '#app/organization/person/person.store.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { findLatestApplication } from '../application/application.store.server.ts';
import { checkEligibility } from '../application/eligibility.ts';
import { loadEligibilityFacts } from '../application/eligibility-facts.store.server.ts';
import { fieldNames, unitNames } from '../names.store.server.ts';
import type { CertificateRecord } from './certificate.store.server.ts';
import { listCertificateEvents, listCertificatesOf } from './certificate.store.server.ts';
import type { HistoryItem } from './history.ts';
import { certificateItem, inOrder, qualificationItem } from './history.ts';
import type { ChainStep } from './own-chain.ts';
import { ownChain } from './own-chain.ts';
import type { QrDrawing } from '#app/platform/qr/draw-qr.server.ts';
import { drawQr } from '#app/platform/qr/draw-qr.server.ts';
import { listQualificationEvents } from './qualification.store.server.ts';
import type { Status } from './status-on.ts';
import { statusOn } from './status-on.ts';

export interface OwnCard {
  readonly card: CertificateRecord;
  readonly unitName: string;
  readonly fieldName: string;
  readonly status: Status;
  readonly checkUrl: string;
  readonly qr: QrDrawing;
}

export interface OwnPage {
  readonly today: Day;
  readonly person: PersonCard;
  readonly unitName: string | null;
  readonly cards: readonly OwnCard[];
  /** Null while a card is valid: then nothing is missing. */
  readonly chain: readonly ChainStep[] | null;
  readonly history: readonly HistoryItem[];
}

async function ownCards(ctx: ActorCtx, personId: string, origin: string) {
  const today = dayOf(ctx.clock.now());
  const records = await listCertificatesOf(ctx.db, personId);
  const events = await listCertificateEvents(
    ctx.db,
    records.map((record) => record.id),
  );
  const units = await unitNames(
    ctx.pool,
    records.map((record) => record.unitId),
  );
  const fieldName = await fieldNames(ctx.pool);
  const cards = records.flatMap((card): OwnCard[] => {
    const status = statusOn(events.get(card.id) ?? [], card.validToDay, today);
    if (status === null || status.state === 'pending_print') return [];
    const checkUrl = `${origin}/verify/${card.checkToken}`;
    const unitName = units.get(card.unitId) ?? '';
    return [{ card, unitName, fieldName: fieldName(card.fieldCode), status, checkUrl, qr: drawQr(checkUrl) }];
  });
  return { cards, events: [...events.values()].flat() };
}

/** The chain for the field of the person's post: requirements first, then the office's steps. */
async function ownWay(ctx: ActorCtx, personId: string, fieldCode: string | null): Promise<ChainStep[]> {
  const today = dayOf(ctx.clock.now());
  const found = (await loadEligibilityFacts(ctx.db, [{ personId, fieldCode }], today)).get(personId);
  invariant(found, 'facts are there for everybody who was asked for');
  return ownChain(checkEligibility(found.facts, today), await findLatestApplication(ctx.db, personId));
}

/**
 * The own card as it stands, or, if none is valid, the whole chain of what is missing with its clauses.
 * Refusal: FORBIDDEN.
 */
export async function viewOwnCard(ctx: ActorCtx, origin: string): Promise<Outcome<OwnPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'certificate.read_own')) return refused('FORBIDDEN');
  const personId = ownPersonId(ctx);
  const today = dayOf(ctx.clock.now());
  const person = await findPersonCard(ctx.pool, personId);
  invariant(person, 'the person behind an account exists');
  const home = (await homeLinksOn(ctx.pool, [personId], today)).get(personId) ?? null;
  const { cards, events } = await ownCards(ctx, personId, origin);
  const hasValid = cards.some(({ status }) => status.shown === 'active');
  const qualifications = await listQualificationEvents(ctx.db, [personId]);
  return done({
    today,
    person,
    unitName: home === null ? null : ((await unitNames(ctx.pool, [home.unitId])).get(home.unitId) ?? null),
    cards,
    chain: hasValid ? null : await ownWay(ctx, personId, home?.fieldCode ?? null),
    history: inOrder([
      ...qualifications.map(qualificationItem),
      ...events
        .filter((event) => event.kind !== 'decision_proposed' && event.kind !== 'decision_declined')
        .map(certificateItem),
    ]),
  });
}
