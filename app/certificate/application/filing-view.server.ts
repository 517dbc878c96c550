import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { PersonCard } from '#app/organization/person/person.ts';
import { findPersonCard } from '#app/organization/person/person.store.server.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import type { Candidate } from './application-list.store.server.ts';
import { listCandidates } from './application-list.store.server.ts';
import type { EligibilityCheck } from './eligibility.ts';
import { checkEligibility, unmetChecks } from './eligibility.ts';
import { loadEligibilityFacts } from './eligibility-facts.store.server.ts';

export const CANDIDATES_PER_PAGE = 20;

export interface CandidateLine extends Candidate {
  readonly unmet: readonly EligibilityCheck[];
}

export interface CandidatesPage {
  readonly rows: readonly CandidateLine[];
  readonly total: number;
  readonly page: number;
}

/** Own people, who may apply and who not and why. Refusal: FORBIDDEN. */
export async function viewCandidates(
  ctx: ActorCtx,
  asked: { readonly text: string; readonly all: boolean; readonly page: number },
): Promise<Outcome<CandidatesPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'application.file')) return refused('FORBIDDEN');
  const { unitIds } = await reachFor(ctx, 'application.file');
  const day = dayOf(ctx.clock.now());
  const base = { unitIds: [...unitIds], day, text: asked.text, withoutCardOnly: !asked.all } as const;
  const slice = (page: number) => ({ limit: CANDIDATES_PER_PAGE, offset: (page - 1) * CANDIDATES_PER_PAGE });
  const list = await listCandidates(ctx.pool, { ...base, ...slice(asked.page) });
  // A page beyond the end has no rows, and with them no total: the first page is shown instead.
  const isBeyond = list.rows.length === 0 && asked.page > 1;
  const { rows, total } = isBeyond ? await listCandidates(ctx.pool, { ...base, ...slice(1) }) : list;
  const facts = await loadEligibilityFacts(ctx.db, rows, day);
  return done({
    rows: rows.map((row) => {
      const found = facts.get(row.personId);
      invariant(found, 'facts are there for everybody who was asked for');
      return { ...row, unmet: unmetChecks(checkEligibility(found.facts, day)) };
    }),
    total,
    page: isBeyond ? 1 : pageBounds(total, asked.page, CANDIDATES_PER_PAGE).page,
  });
}

export interface FilingPage {
  readonly person: PersonCard;
  readonly unitName: string;
  readonly position: string | null;
  readonly checks: readonly EligibilityCheck[];
  readonly isEligible: boolean;
  /** Fields of the unit and of the post; the post's own first. */
  readonly fields: readonly { readonly code: string; readonly name: string }[];
  readonly fieldCode: string | null;
  readonly area: string;
}

/** One of the own people before filing: every requirement with its answer. Refusals: FORBIDDEN, NOT_FOUND. */
export async function viewFiling(
  ctx: ActorCtx,
  personId: string,
  fieldCode: string | null,
): Promise<Outcome<FilingPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'application.file')) return refused('FORBIDDEN');
  const { unitIds, tree } = await reachFor(ctx, 'application.file');
  const day = dayOf(ctx.clock.now());
  const first = (await loadEligibilityFacts(ctx.db, [{ personId, fieldCode }], day)).get(personId);
  const home = first?.home ?? null;
  const person = await findPersonCard(ctx.pool, personId);
  if (!first || !home || !person || !unitIds.has(home.unitId)) return refused('NOT_FOUND');
  const unit = tree.units.get(home.unitId);
  const codes = new Set([...(home.fieldCode === null ? [] : [home.fieldCode]), ...(unit?.fieldCodes ?? [])]);
  const chosen = fieldCode !== null && codes.has(fieldCode) ? fieldCode : ([...codes][0] ?? null);
  const asked =
    chosen === fieldCode
      ? first
      : (await loadEligibilityFacts(ctx.db, [{ personId, fieldCode: chosen }], day)).get(personId);
  invariant(asked, 'facts are there for everybody who was asked for');
  const checks = checkEligibility(asked.facts, day);
  const fields = await listFields(ctx.pool);
  return done({
    person,
    unitName: unit?.name ?? '',
    position: home.position,
    checks,
    isEligible: unmetChecks(checks).length === 0,
    fields: [...codes].map((code) => ({ code, name: fields.find((one) => one.code === code)?.name ?? code })),
    fieldCode: chosen,
    area: home.enforcementArea ?? tree.regions.get(home.regionId)?.name ?? '',
  });
}
