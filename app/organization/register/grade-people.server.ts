import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { lockPersons } from '../person/home-timeline.store.server.ts';
import type { Grade, StandingAssessment } from './assessment.ts';
import { decideGrade, twoBadYears } from './assessment.ts';
import type { NewAssessment } from './assessment.store.server.ts';
import { appendAssessments, listStandingAssessments } from './assessment.store.server.ts';
import { sourceOf } from './keep-register.server.ts';

export interface GradeEntry {
  readonly personId: string;
  readonly grade: Grade;
  /** Why another grade stood before; needed only then. */
  readonly reason: string | null;
}

/** Somebody graded 不称职 in two years running. */
export interface BadPair {
  readonly personId: string;
  readonly unitId: string;
  readonly earlier: number;
  readonly later: number;
}

export interface Graded {
  /** Entries written; those that stood so already are not counted. */
  readonly written: number;
  readonly badPairs: readonly BadPair[];
  /** Second bad years that no longer are, because this entry put them right; `later` years by person. */
  readonly clearedPairs: readonly { readonly personId: string; readonly later: number }[];
}

/**
 * Enters the grades of a unit's people for one year (ZY11, HY12), in the transaction of the caller, who has authorised
 * unit and persons and opens the tasks for pairs of bad years. Refusals: REASON_REQUIRED (detail: personId).
 */
export async function gradePeopleIn(
  tx: Tx,
  ctx: Ctx,
  input: {
    readonly unitOf: ReadonlyMap<string, string>;
    readonly year: number;
    readonly entries: readonly GradeEntry[];
    readonly source?: { readonly kind: string; readonly id: string } | undefined;
  },
  refuse: Refuse<'REASON_REQUIRED'>,
): Promise<Graded> {
  const { year, entries, unitOf, source } = input;
  const personIds = entries.map(({ personId }) => personId);
  await lockPersons(tx, personIds);
  const standing = await listStandingAssessments(tx, personIds);
  const written: NewAssessment[] = [];
  for (const { personId, grade, reason } of entries) {
    const before = standing.find((one) => one.personId === personId && one.year === year) ?? null;
    const step = decideGrade(before, grade, reason);
    if (!step.ok) return refuse(step.code, { personId });
    if (step.value.is === 'same') continue;
    const correction = step.value.is === 'correction' ? step.value : { correctsId: null, reason: null };
    const unitId = unitOf.get(personId);
    invariant(unitId !== undefined, 'the caller names the unit of everybody it grades');
    const { correctsId, reason: why } = correction;
    written.push({ personId, year, unitId, grade, state: 'stands', correctsId, reason: why });
  }
  await appendAssessments(tx, written, sourceOf(ctx, source?.kind ?? 'register_entry', source?.id ?? null));
  for (const { personId, unitId, grade, correctsId } of source === undefined ? written : [])
    await appendAudit(tx, ctx, {
      action: correctsId === null ? 'assessment.enter' : 'assessment.correct',
      subjectKind: 'person',
      subjectId: personId,
      unitId,
      detail: { year, grade },
    });
  return { written: written.length, ...pairsAfter(await listStandingAssessments(tx, personIds), written) };
}

/** Looks at each year entered, as the earlier and as the later one of a pair. @param standing grades after the entry */
export function pairsAfter(
  standing: readonly StandingAssessment[],
  written: readonly Pick<NewAssessment, 'personId' | 'unitId' | 'year'>[],
): Pick<Graded, 'badPairs' | 'clearedPairs'> {
  const byPerson = new Map<string, StandingAssessment[]>();
  for (const one of standing)
    if (one.state === 'stands') byPerson.set(one.personId, [...(byPerson.get(one.personId) ?? []), one]);
  const badPairs: BadPair[] = [];
  const clearedPairs: { personId: string; later: number }[] = [];
  for (const { personId, unitId, year } of written) {
    const grades = byPerson.get(personId) ?? [];
    for (const later of [year, year + 1]) {
      const pair = twoBadYears(grades.filter((one) => one.year === later || one.year === later - 1));
      if (pair !== null) badPairs.push({ personId, unitId, ...pair });
      else clearedPairs.push({ personId, later });
    }
  }
  return { badPairs, clearedPairs };
}

/** Takes a grade back that was entered for the wrong person. Refusals: NOT_FOUND (no grade stands). */
export async function withdrawGradeIn(
  tx: Tx,
  ctx: Ctx,
  input: {
    readonly personId: string;
    readonly unitId: string;
    readonly year: number;
    readonly reason: string;
  },
  refuse: Refuse<'NOT_FOUND'>,
): Promise<void> {
  const { personId, unitId, year, reason } = input;
  await lockPersons(tx, [personId]);
  const standing = (await listStandingAssessments(tx, [personId])).find((one) => one.year === year);
  if (standing === undefined || standing.state === 'withdrawn') return refuse('NOT_FOUND');
  const { id: correctsId, grade } = standing;
  await appendAssessments(
    tx,
    [{ personId, year, unitId, grade, state: 'withdrawn', correctsId, reason }],
    sourceOf(ctx, 'register_entry', null),
  );
  await appendAudit(tx, ctx, {
    action: 'assessment.withdraw',
    subjectKind: 'person',
    subjectId: personId,
    unitId,
    detail: { year },
  });
}
