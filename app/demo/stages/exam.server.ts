import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import { createSitting } from '#app/exam/sitting/create-sitting.server.ts';
import { registerCandidates } from '#app/exam/sitting/register-candidates.server.ts';
import { QUALIFICATION_BLUEPRINT } from '#app/exam/paper/blueprint.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { addDays, startOfDay } from '#app/platform/time/day.ts';
import type { CastName } from '../plan/cast.ts';
import { setStage } from '../plan/cast.ts';
import type { PersonIds, SeedRun } from '../seed-run.server.ts';
import { regionId, unitId } from '../seed-run.server.ts';
import { candidatesOf } from './accounts.server.ts';

const TITLE = '行政执法资格考试（演示场次，随时可考）';
/** Slug of the three-minute course that opens the exam. */
export const DEMO_COURSE = 'quick-start';
const ALWAYS_OPEN_DAYS = 30 * 365;
const ATTEMPT_LIMIT = 99;
const REGISTERED_CAST: readonly CastName[] = ['applicant', 'officer'];

async function findOrCreateSitting(run: SeedRun): Promise<string> {
  const { ctx, seedDay } = run;
  const known = await ctx.db.examSitting.findFirst({ where: { isDemo: true }, select: { id: true } });
  if (known) return known.id;
  const cityId = regionId(setStage(run.plan.plan).city.key);
  const rules = await loadRules(ctx.pool, cityId, seedDay);
  const lastEntry = startOfDay(addDays(seedDay, ALWAYS_OPEN_DAYS));
  const created = await createSitting(ctx, {
    title: TITLE,
    blueprintCode: QUALIFICATION_BLUEPRINT.code,
    regionId: cityId,
    opensAt: startOfDay(addDays(seedDay, -1)),
    latestEntryAt: lastEntry,
    hardEndAt: lastEntry,
    graceSeconds: rules.examGraceSeconds.value,
    earliestHandInSeconds: 0,
    startMode: 'own',
    preconditionCourse: DEMO_COURSE,
    attemptLimit: ATTEMPT_LIMIT,
    isDemo: true,
  });
  invariant(created.ok, `the demo sitting can be made: ${created.ok ? '' : created.code}`);
  return created.value.sittingId;
}

/** The sitting that is always open, with everybody of the demo registered and approved. */
export async function seedExam(run: SeedRun, ids: PersonIds): Promise<void> {
  const { plan, size, ctx } = run;
  const sittingId = await findOrCreateSitting(run);
  const cast = REGISTERED_CAST.flatMap((name) => plan.byCast.get(name) ?? []);
  const candidates = [...cast, ...candidatesOf(plan, size)].map((person) => ({
    personId: ids(person),
    unitId: unitId(person.unit.key),
  }));
  const outcome = await inTransaction(ctx, 'demo-exam', (tx) =>
    registerCandidates(tx, ctx, { sittingId, candidates, isApproved: true }),
  );
  invariant(outcome.ok, 'registration is refused by no rule');
  run.progress(`考试：演示场次已开放，报名 ${candidates.length} 人`);
}
