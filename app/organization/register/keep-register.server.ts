import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { loadHomeTimelines, lockPersons } from '../person/home-timeline.store.server.ts';
import { homeOn } from '../person/home-timeline.ts';
import type { CardRefusal, CardTerm } from './supervision-card.ts';
import { decideCard } from './supervision-card.ts';
import {
  listSupervisionCards,
  lockSupervisionCards,
  writeSupervisionCards,
} from './supervision.store.server.ts';
import type { RegisterSource, ReviewerKey, ReviewerValues } from './reviewer.store.server.ts';
import { listReviewerTerms, writeReviewerChanges } from './reviewer.store.server.ts';
import { decideTerm, decideTermEnd } from './term.ts';

export function sourceOf(ctx: Ctx, sourceKind: string, sourceId: string | null): RegisterSource {
  return { sourceKind, sourceId, actorId: ctx.actorId, at: ctx.clock.now() };
}

/** Refuses who belongs nowhere on the day: registers hold people in post. */
async function homeUnitOn(
  tx: Tx,
  personId: string,
  day: Day,
  refuse: Refuse<'NOT_IN_POST'>,
): Promise<string> {
  await lockPersons(tx, [personId]);
  const homes = (await loadHomeTimelines(tx, [personId])).get(personId) ?? [];
  return homeOn(homes, day)?.unitId ?? refuse('NOT_IN_POST');
}

export interface ReviewerInput extends ReviewerKey {
  readonly fromDay: Day;
  readonly values: ReviewerValues;
}

/**
 * From a day on a person reviews decisions for a unit, or reviews on other terms. In the transaction of the caller, who
 * has authorised unit and person. Refusals: NOT_IN_POST. @returns false when the register says so already
 */
export async function appointReviewerIn(
  tx: Tx,
  ctx: Ctx,
  input: ReviewerInput,
  refuse: Refuse<'NOT_IN_POST'>,
): Promise<boolean> {
  const { personId, unitId, fromDay, values } = input;
  await homeUnitOn(tx, personId, fromDay, refuse);
  const terms = (await listReviewerTerms(tx, [personId])).filter((term) => term.unitId === unitId);
  const changes = decideTerm(terms.map(withoutKey), fromDay, values);
  if (changes === null) return false;
  const { workMode, qualificationNo, sinceYear } = values;
  await writeReviewerChanges(tx, [{ personId, unitId, changes }], sourceOf(ctx, 'register_entry', null));
  await appendAudit(tx, ctx, {
    action: 'reviewer.appoint',
    subjectKind: 'person',
    subjectId: personId,
    unitId,
    detail: { fromDay, workMode, hasQualificationNo: qualificationNo !== null, sinceYear },
  });
  return true;
}

/** A term without whose it is: what `decideTerm` compares. */
export function withoutKey<T extends ReviewerKey>(term: T): Omit<T, keyof ReviewerKey> {
  const { personId: _person, unitId: _unit, ...rest } = term;
  return rest;
}

/** A reviewer reviews no more from a day on. Refusals: NO_TERM (no reviewer of the unit from that day). */
export async function endReviewerIn(
  tx: Tx,
  ctx: Ctx,
  input: ReviewerKey & { readonly day: Day },
  refuse: Refuse<'NO_TERM'>,
): Promise<void> {
  const { personId, unitId, day } = input;
  await lockPersons(tx, [personId]);
  const terms = (await listReviewerTerms(tx, [personId])).filter((term) => term.unitId === unitId);
  const changes = decideTermEnd(terms.map(withoutKey), day);
  if (changes === null) return refuse('NO_TERM');
  await writeReviewerChanges(tx, [{ personId, unitId, changes }], sourceOf(ctx, 'register_entry', null));
  await appendAudit(tx, ctx, {
    action: 'reviewer.end',
    subjectKind: 'person',
    subjectId: personId,
    unitId,
    detail: { day },
  });
}

/**
 * Enters a supervision card (YC10). Refusals: NOT_IN_POST (on the card's first day or, for older cards, today) and those
 * of `decideCard`. @returns false when it is known already
 */
export async function enterSupervisionCardIn(
  tx: Tx,
  ctx: Ctx,
  input: { readonly personId: string; readonly card: CardTerm; readonly today: Day },
  refuse: Refuse<CardRefusal | 'NOT_IN_POST'>,
): Promise<boolean> {
  const { personId, card, today } = input;
  const unitId = await homeUnitOn(tx, personId, today, refuse);
  await lockSupervisionCards(tx);
  const known = await listSupervisionCards(tx, [personId], [card.cardNo]);
  const decided = decideCard(known, personId, card);
  if (!decided.ok) return refuse(decided.code);
  if (decided.value === null) return false;
  const { supersede, insert } = decided.value;
  await writeSupervisionCards(
    tx,
    [{ supersede, insert: insert.map((one) => ({ ...one, personId, unitId })) }],
    sourceOf(ctx, 'register_entry', null),
  );
  await appendAudit(tx, ctx, {
    action: 'supervision_card.enter',
    subjectKind: 'person',
    subjectId: personId,
    unitId,
    detail: { ...card },
  });
  return true;
}

/** The card no longer holds from a day on (收回、离任). Refusals: NO_TERM. */
export async function endSupervisionCardIn(
  tx: Tx,
  ctx: Ctx,
  input: { readonly personId: string; readonly cardNo: string; readonly day: Day },
  refuse: Refuse<'NO_TERM'>,
): Promise<void> {
  const { personId, cardNo, day } = input;
  await lockPersons(tx, [personId]);
  await lockSupervisionCards(tx);
  const own = (await listSupervisionCards(tx, [personId], [])).filter((card) => card.cardNo === cardNo);
  const changes = decideTermEnd(own, day);
  if (changes === null) return refuse('NO_TERM');
  const insert = changes.insert.map(({ unitId, validFrom, validTo }) => ({
    personId,
    unitId,
    cardNo,
    validFrom,
    validTo,
  }));
  await writeSupervisionCards(
    tx,
    [{ supersede: changes.supersede, insert }],
    sourceOf(ctx, 'register_entry', null),
  );
  await appendAudit(tx, ctx, {
    action: 'supervision_card.end',
    subjectKind: 'person',
    subjectId: personId,
    detail: { cardNo, day },
  });
}
