import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { checkYear } from '#app/organization/register/assessment.ts';
import type { Grade } from '#app/organization/register/assessment.ts';
import type { GradedPerson, GradeQuery } from '#app/organization/register/assessment.store.server.ts';
import { countGrades, listGradedPeople } from '#app/organization/register/assessment.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import { unitChoices } from './person-scope.server.ts';

export interface GradesPage {
  readonly today: Day;
  readonly year: number;
  readonly years: readonly number[];
  readonly unitId: string | null;
  readonly units: readonly { readonly id: string; readonly name: string }[];
  readonly rows: readonly GradedPerson[];
  readonly total: number;
  readonly page: number;
  readonly counts: readonly { readonly grade: Grade | null; readonly count: number }[];
  readonly flagged: number;
  readonly mayRecord: boolean;
}

export interface GradesQuery extends Pick<GradeQuery, 'text' | 'only'> {
  readonly year: number | null;
  readonly unitId: string | null;
  readonly page: number;
  readonly size: number;
}

const YEARS_SHOWN = 5;
const MAX_UNIT_CHOICES = 200;

/** 年度考核 of the people in reach for one year (HY12, M15). Refusals: FORBIDDEN; NOT_FOUND (a unit out of reach). */
export async function viewGrades(
  ctx: ActorCtx,
  query: GradesQuery,
): Promise<Outcome<GradesPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'assessment.read')) return refused('FORBIDDEN');
  const reach = await reachFor(ctx, 'assessment.read');
  const { unitId, page, size } = query;
  if (unitId !== null && !reach.unitIds.has(unitId)) return refused('NOT_FOUND');
  const today = dayOf(ctx.clock.now());
  const newest = checkYear(yearOf(today), today).ok ? yearOf(today) : yearOf(today) - 1;
  const year = query.year ?? newest;
  const unitIds = unitId === null ? [...reach.unitIds] : [unitId];
  const ask = (asked: number) =>
    listGradedPeople(ctx.pool, {
      unitIds,
      year,
      day: today,
      text: query.text,
      only: query.only,
      limit: size,
      offset: (asked - 1) * size,
    });
  const first = await ask(page);
  const bounds = pageBounds(first.total, page, size);
  const list = bounds.page === page ? first : await ask(bounds.page);
  const counts = await countGrades(ctx.pool, unitIds, year, today);
  const choices = unitChoices(reach, MAX_UNIT_CHOICES) ?? [];
  return done({
    today,
    year,
    years: Array.from({ length: YEARS_SHOWN }, (_, index) => newest - index),
    unitId,
    units: choices.length > 1 ? choices : [],
    ...list,
    page: bounds.page,
    counts: counts.map(({ grade, count }) => ({ grade, count })),
    flagged: counts.reduce((sum, { twice }) => sum + twice, 0),
    mayRecord: mayDo(ctx, 'assessment.record') && checkYear(year, today).ok,
  });
}
