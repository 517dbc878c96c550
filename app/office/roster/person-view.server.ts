import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import { accountNames } from '#app/accounts/account-names.store.server.ts';
import { admissionRefusal } from '#app/organization/person/card-admission.ts';
import { findOpenTransfer } from '#app/organization/change/transfer.store.server.ts';
import type { HomeStretch } from '#app/organization/person/home-timeline.ts';
import { loadHomeTimelines } from '#app/organization/person/home-timeline.store.server.ts';
import type { CorrectionRecord } from '#app/organization/register/correction.store.server.ts';
import { listCorrectionsOf } from '#app/organization/register/correction.store.server.ts';
import type { AssessmentEntry } from '#app/organization/register/assessment.store.server.ts';
import { listAssessmentsOf } from '#app/organization/register/assessment.store.server.ts';
import { twoBadYears } from '#app/organization/register/assessment.ts';
import type { HonourRow } from '#app/organization/register/honour.store.server.ts';
import { listHonoursOfPerson } from '#app/organization/register/honour.store.server.ts';
import { findMasterData } from '#app/organization/register/master-data.store.server.ts';
import { listPhotoHashes } from '#app/organization/register/photo.store.server.ts';
import type { ReviewerKey, ReviewerTerm } from '#app/organization/register/reviewer.store.server.ts';
import { listReviewerTerms } from '#app/organization/register/reviewer.store.server.ts';
import type { StoredCard } from '#app/organization/register/supervision.store.server.ts';
import { listSupervisionCards } from '#app/organization/register/supervision.store.server.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { CardFace } from './card-faces.server.ts';
import { cardFacesOf } from './card-faces.server.ts';
import { personInReach } from './person-scope.server.ts';
import { listUnitNames } from './unit-names.store.server.ts';

export interface CorrectionLine extends CorrectionRecord {
  readonly filedByName: string;
  readonly decidedByName: string | null;
}

export interface PersonPage {
  readonly today: Day;
  readonly person: {
    readonly id: string;
    readonly name: string;
    readonly sex: 'male' | 'female';
    readonly birthMonth: string | null;
    readonly education: string | null;
    readonly hasLegalQualification: boolean;
    readonly idNumberMasked: string;
    readonly hasPhone: boolean;
    readonly hasPhoto: boolean;
  };
  readonly unitId: string;
  readonly unitName: string;
  /** Today's home; null for who has left. */
  readonly home: HomeStretch | null;
  readonly notAdmitted: string | null;
  readonly homes: readonly (HomeStretch & { readonly unitName: string })[];
  readonly postings: readonly (HomeStretch & { readonly unitName: string })[];
  readonly fields: readonly { readonly code: string; readonly name: string }[];
  readonly cards: readonly CardFace[];
  readonly reviews: readonly (ReviewerKey & ReviewerTerm & { readonly unitName: string })[];
  readonly supervision: readonly StoredCard[];
  /** Null where the viewer may not see grades. */
  readonly assessments: {
    readonly entries: readonly (AssessmentEntry & { readonly actorName: string | null })[];
    readonly badPair: { readonly earlier: number; readonly later: number } | null;
  } | null;
  readonly honours: readonly HonourRow[];
  readonly corrections: readonly CorrectionLine[];
  readonly openTransferId: string | null;
  readonly may: {
    readonly manage: boolean;
    readonly correct: boolean;
    readonly record: boolean;
    readonly supervise: boolean;
  };
}

/** Everything the office keeps of one person, but never the whole ID number. Refusals: FORBIDDEN; NOT_FOUND. */
export async function viewPerson(
  ctx: ActorCtx,
  personId: string,
): Promise<Outcome<PersonPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const stand = await personInReach(ctx, 'organization.read', personId);
  if (!stand.ok) return stand;
  const { homes, home, unitId } = stand.value;
  const master = await findMasterData(ctx.pool, personId);
  if (master === null) return refused('NOT_FOUND');
  const postings = (await loadHomeTimelines(ctx.db, [personId], 'posted')).get(personId) ?? [];
  const terms = await listReviewerTerms(ctx.pool, [personId]);
  const today = dayOf(ctx.clock.now());
  const names = await listUnitNames(ctx.pool, [
    unitId,
    ...[...homes, ...postings, ...terms].map((one) => one.unitId),
  ]);
  const named = <T extends { readonly unitId: string }>(one: T) => ({
    ...one,
    unitName: names.get(one.unitId) ?? '',
  });
  const { name, sex, birthMonth, education, hasLegalQualification, idNumberMasked, phoneCipher } = master;
  const reachesFor = async (permission: Permission) =>
    mayDo(ctx, permission) && (await reachFor(ctx, permission)).unitIds.has(unitId);
  return done({
    today,
    person: {
      id: personId,
      name,
      sex,
      birthMonth,
      education,
      hasLegalQualification,
      idNumberMasked,
      hasPhone: phoneCipher !== null,
      hasPhoto: (await listPhotoHashes(ctx.pool, [personId])).has(personId),
    },
    unitId,
    unitName: names.get(unitId) ?? '',
    home,
    notAdmitted: home === null ? null : admissionRefusal(home.establishment),
    homes: homes.map(named).reverse(),
    postings: postings.map(named),
    fields: await listFields(ctx.pool),
    cards: (await cardFacesOf(ctx, [personId])).get(personId) ?? [],
    reviews: terms.map(named).reverse(),
    supervision: await listSupervisionCards(ctx.pool, [personId], []),
    assessments: await assessmentsOf(ctx, personId, unitId),
    honours: await listHonoursOfPerson(ctx.pool, personId),
    corrections: await correctionsOf(ctx, personId, unitId),
    openTransferId: (await findOpenTransfer(ctx.pool, personId))?.id ?? null,
    may: {
      manage: await reachesFor('roster.manage'),
      correct: await reachesFor('roster.correct'),
      record: await reachesFor('assessment.record'),
      supervise: await reachesFor('supervisor.manage'),
    },
  });
}

async function assessmentsOf(
  ctx: ActorCtx,
  personId: string,
  unitId: string,
): Promise<PersonPage['assessments']> {
  if (!mayDo(ctx, 'assessment.read')) return null;
  if (!(await reachFor(ctx, 'assessment.read')).unitIds.has(unitId)) return null;
  const entries = await listAssessmentsOf(ctx.pool, personId);
  const names = await accountNames(
    ctx.pool,
    entries.map((entry) => entry.actorId),
  );
  const corrected = new Set(entries.map((entry) => entry.correctsId));
  const standing = entries.filter((entry) => entry.state === 'stands' && !corrected.has(entry.id));
  return {
    entries: entries.map((entry) => ({ ...entry, actorName: names.get(entry.actorId ?? '') ?? null })),
    badPair: twoBadYears(standing),
  };
}

async function correctionsOf(ctx: ActorCtx, personId: string, unitId: string): Promise<CorrectionLine[]> {
  if (!mayDo(ctx, 'roster.read_correction')) return [];
  if (!(await reachFor(ctx, 'roster.read_correction')).unitIds.has(unitId)) return [];
  return withNames(ctx, await listCorrectionsOf(ctx.pool, personId));
}

export async function withNames(
  ctx: ActorCtx,
  corrections: readonly CorrectionRecord[],
): Promise<CorrectionLine[]> {
  const names = await accountNames(
    ctx.pool,
    corrections.flatMap((one) => [one.filedBy, one.decidedBy]),
  );
  return corrections.map((one) => ({
    ...one,
    filedByName: names.get(one.filedBy) ?? '',
    decidedByName: one.decidedBy === null ? null : (names.get(one.decidedBy) ?? ''),
  }));
}
