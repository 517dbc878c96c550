import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { AssessmentRefusal } from '#app/organization/register/assessment.ts';
import { checkYear } from '#app/organization/register/assessment.ts';
import type { Graded, GradeEntry } from '#app/organization/register/grade-people.server.ts';
import { gradePeopleIn, withdrawGradeIn } from '#app/organization/register/grade-people.server.ts';
import { findPersonCards, homeLinksOn } from '#app/organization/person/person.store.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { openTasksAnew, settleTaskRounds } from '../task/task-rounds.server.ts';
import { asCommand } from './as-command.server.ts';
import { personInReach } from './person-scope.server.ts';
import { assessmentKey, assessmentTask } from './roster-tasks.ts';

export type GradeRefusal = AssessmentRefusal | 'FORBIDDEN' | 'NOT_FOUND' | 'COMMAND_REUSED';

/** Most people graded at once by hand: one page of the list. */
export const MAX_GRADED_AT_ONCE = 100;

const writtenShape = z.object({ written: z.number(), flagged: z.number() });

export interface GradesInput {
  readonly year: number;
  readonly entries: readonly GradeEntry[];
  readonly commandId: string;
}

/**
 * A unit enters its people's grades of a year. Two bad years in a row open a task for the bureau; a pair that the entry
 * puts right withdraws it, one that stands again opens it again. Refusals: FORBIDDEN; NOT_FOUND (somebody out of reach: nothing is written); those of
 * `checkYear`; REASON_REQUIRED; COMMAND_REUSED.
 */
export async function recordGrades(
  ctx: ActorCtx,
  input: GradesInput,
): Promise<Outcome<z.infer<typeof writtenShape>, GradeRefusal>> {
  if (!mayDo(ctx, 'assessment.record')) return refused('FORBIDDEN');
  const { year, entries, commandId } = input;
  const today = dayOf(ctx.clock.now());
  const checked = checkYear(year, today);
  if (!checked.ok) return checked;
  if (entries.length > MAX_GRADED_AT_ONCE) return refused('NOT_FOUND');
  const { unitIds, tree } = await reachFor(ctx, 'assessment.record');
  const homes = await homeLinksOn(
    ctx.pool,
    entries.map(({ personId }) => personId),
    today,
  );
  const unitOf = new Map([...homes].map(([personId, home]) => [personId, home.unitId]));
  const isReached = ({ personId }: GradeEntry): boolean => unitIds.has(unitOf.get(personId) ?? '');
  if (!entries.every(isReached)) return refused('NOT_FOUND');
  return asCommand<z.infer<typeof writtenShape>, 'REASON_REQUIRED'>(
    ctx,
    { kind: 'assessment.record', commandId, input: { year, entries } },
    writtenShape,
    async (tx, refuse) => {
      const graded = await gradePeopleIn(tx, ctx, { unitOf, year, entries }, refuse);
      return { written: graded.written, flagged: await flagBadPairs(tx, ctx, tree, graded) };
    },
  );
}

/** Opens and withdraws the bureau's tasks; also for what comes by import. @returns pairs found */
export async function flagBadPairs(
  tx: Tx,
  ctx: Ctx,
  tree: OrgTree,
  graded: Pick<Graded, 'badPairs' | 'clearedPairs'>,
): Promise<number> {
  const { badPairs, clearedPairs } = graded;
  const cards = await findPersonCards(
    tx,
    badPairs.map(({ personId }) => personId),
  );
  const tasks = badPairs.flatMap((pair) => {
    const regionId = tree.units.get(pair.unitId)?.regionId;
    const person = cards.get(pair.personId)?.name;
    if (regionId === undefined || person === undefined) return [];
    return [assessmentTask(pair, { person, regionId })];
  });
  await openTasksAnew(tx, ctx, 'assessment.review', tasks);
  await settleTaskRounds(tx, ctx, {
    kind: 'assessment.review',
    keys: clearedPairs.map(assessmentKey),
    outcome: 'withdrawn',
  });
  return badPairs.length;
}

/** Takes a grade back. Refusals: FORBIDDEN; NOT_FOUND; COMMAND_REUSED. */
export async function withdrawGrade(
  ctx: ActorCtx,
  personId: string,
  act: { readonly year: number; readonly reason: string; readonly commandId: string },
): Promise<Outcome<{ year: number }, GradeRefusal>> {
  const stand = await personInReach(ctx, 'assessment.record', personId);
  if (!stand.ok) return stand;
  const { unitId } = stand.value;
  const { year, reason, commandId } = act;
  return asCommand<{ year: number }, 'NOT_FOUND'>(
    ctx,
    { kind: 'assessment.withdraw', commandId, input: { personId, year, reason } },
    z.object({ year: z.number() }),
    async (tx, refuse) => {
      await withdrawGradeIn(tx, ctx, { personId, unitId, year, reason }, refuse);
      await settleTaskRounds(tx, ctx, {
        kind: 'assessment.review',
        keys: [year, year + 1].map((later) => assessmentKey({ personId, later })),
        outcome: 'withdrawn',
      });
      return { year };
    },
  );
}
