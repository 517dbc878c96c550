import type { Services } from '#app/accounts/part.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { StartProblem } from '#app/platform/result/start-problem.ts';
import type { Day } from '#app/platform/time/day.ts';
import { rebuildOfficerYears } from '#app/reporting/completion/rebuild-officer-years.server.ts';
import { demoCalendar } from './calendar.ts';
import { planCity } from './plan/city.ts';
import { planPeople } from './plan/people.ts';
import type { DemoSize } from './size.ts';
import { DEMO_SIZE, LARGE_SIZE } from './size.ts';
import type { PersonIds, SeedRun } from './seed-run.server.ts';
import { openOwnerPool, regionId } from './seed-run.server.ts';
import { seedAccounts } from './stages/accounts.server.ts';
import { seedBellSitting } from './stages/bell-sitting.server.ts';
import { seedCampaigns } from './stages/campaigns.server.ts';
import { seedClearings } from './stages/clearing.server.ts';
import { seedCareers } from './stages/careers.server.ts';
import { seedCompletions } from './stages/completions.server.ts';
import { seedExam } from './stages/exam.server.ts';
import { seedOddStudy } from './stages/odd-study.server.ts';
import { seedAfterClosing, seedTrainingStory } from './stages/training-story.server.ts';
import { seedYearClosings } from './stages/year-closings.server.ts';
import { seedHours } from './stages/hours.server.ts';
import { seedOrganisation } from './stages/organisation.server.ts';
import { seedPeopleInBulk } from './stages/people-bulk.server.ts';
import { seedNotices } from './stages/notices.server.ts';
import { seedRegister } from './stages/register.server.ts';
import { seedRegisters } from './stages/registers.server.ts';
import { seedRegistration } from './stages/registration.server.ts';
import { seedRoster } from './stages/roster.server.ts';
import { seedSeatedSitting } from './stages/seated-sitting.server.ts';
import { seedRunningSitting } from './stages/running-sitting.server.ts';
import { seedSealedSittings } from './stages/sealed-sittings.server.ts';

export interface SeedDemoOptions {
  /** URL of the owner role, for bulk loads. */
  readonly ownerUrl: string;
  readonly seedDay: Day;
  /** Other sizes are for tests and measurements. */
  readonly size?: DemoSize | undefined;
}

function planSeed(ctx: Ctx, options: SeedDemoOptions, progress: (text: string) => void): SeedRun {
  const { seedDay, size = DEMO_SIZE, ownerUrl } = options;
  const plan = planPeople(size, planCity(size), demoCalendar(seedDay, size.hourYears));
  return { ctx, owner: openOwnerPool(ownerUrl), size, seedDay, plan, progress };
}

/** A database that holds anything but this demo is left alone: demo and real data never mix. */
async function refuseOtherData(run: SeedRun): Promise<void> {
  const ours = run.plan.plan.regions.map((region) => regionId(region.key));
  const { rowCount } = await run.ctx.pool.query(`select 1 from region where id <> all($1::uuid[]) limit 1`, [
    ours,
  ]);
  if ((rowCount ?? 0) === 0) return;
  throw new StartProblem('DATABASE_NOT_EMPTY', {
    zh: '数据库里已有其他地区的数据，未装入演示数据。请换用空数据库，或设置 SEED=none。',
    en: 'The database holds other regions; no demo data was loaded. Use an empty database or set SEED=none.',
  });
}

async function markReady(ctx: Ctx, detail: { persons: number; seedDay: Day }): Promise<void> {
  await inTransaction(ctx, 'demo-ready', async (tx) => {
    await appendAudit(tx, ctx, {
      action: 'demo.seed',
      subjectKind: 'installation',
      subjectId: '1',
      detail,
    });
    await tx.installation.updateMany({ where: { id: 1, readyAt: null }, data: { readyAt: ctx.clock.now() } });
  });
}

/** What hangs on the people, after they are in the register. Cards and hours do not need each other: side by side. */
async function seedHistories(run: SeedRun, ids: PersonIds): Promise<void> {
  await seedCareers(run, ids);
  await seedRegisters(run, ids);
  await Promise.all([seedRegister(run, ids), seedHours(run, ids)]);
  await seedCompletions(run, ids);
}

/** What happens with the hours: claims, corrections, then the figures of everybody, and the years that are closed. */
async function seedTraining(run: SeedRun, ids: PersonIds): Promise<void> {
  await seedTrainingStory(run, ids);
  await seedYearClosings(run, ids);
  await seedAfterClosing(run, ids);
  await seedOddStudy(run, ids);
  const years = await rebuildOfficerYears(run.ctx.pool);
  run.progress(`年度学时：${years} 人次`);
}

/** Runs the parts in order; `people` puts everybody into the register and tells their ids. */
async function seedAll(run: SeedRun, people: (run: SeedRun) => Promise<PersonIds>): Promise<void> {
  try {
    await refuseOtherData(run);
    await seedOrganisation(run);
    const ids = await people(run);
    await seedHistories(run, ids);
    await seedAccounts(run, ids);
    await seedTraining(run, ids);
    await seedCampaigns(run);
    await seedClearings(run);
    await seedExam(run, ids);
    await seedRegistration(run, ids);
    await seedSeatedSitting(run, ids);
    await seedRunningSitting(run, ids);
    await seedSealedSittings(run, ids);
    await seedBellSitting(run, ids);
    await seedNotices(run);
    // Bulk loads leave the planner without figures; the first pages would be planned for empty tables.
    await run.owner.query('analyze');
    await markReady(run.ctx, { persons: run.plan.people.length, seedDay: run.seedDay });
    run.progress('已全部装入');
  } finally {
    await run.owner.end();
  }
}

/**
 * Loads the demo city, the roster through the office's own import. Every part is whole or not at all and is recognised
 * when it is there already, so a seed that was cut short is completed by running it again; `installation.ready_at` is
 * set last. The same seed day always gives the same people, cards and hours (ids of persons, which the import gives,
 * excepted). Throws StartProblem DATABASE_NOT_EMPTY, DEMO_ROSTER_REFUSED.
 */
export async function seedDemoCity(
  services: Pick<Services, 'system' | 'progress'>,
  options: SeedDemoOptions,
): Promise<void> {
  const progress = (text: string): void => services.progress(`演示数据 · ${text}`);
  await seedAll(planSeed(services.system, options, progress), seedRoster);
}

/** Loads a province for measurements, everything in bulk. Throws StartProblem DATABASE_NOT_EMPTY. */
export async function seedLargeProvince(
  services: Pick<Services, 'system' | 'progress'>,
  options: SeedDemoOptions,
): Promise<void> {
  const progress = (text: string): void => services.progress(`测量数据 · ${text}`);
  await seedAll(planSeed(services.system, { size: LARGE_SIZE, ...options }, progress), seedPeopleInBulk);
}
