import { z } from 'zod';
import { idNumberHash } from '#app/organization/roster/person-secret.server.ts';
import { rosterWork } from '#app/organization/roster/apply-roster.server.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import { importNow } from '#app/platform/import/run/import-now.server.ts';
import { StartProblem } from '#app/platform/result/start-problem.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { PlannedPerson } from '../plan/people.ts';
import type { PersonIds, SeedRun } from '../seed-run.server.ts';
import { regionId } from '../seed-run.server.ts';
import { rosterWorkbook } from './roster-workbook.server.ts';

const FILE_NAME = '花名册（演示）.xlsx';

/** Loads the roster through the same import as an office's own file. A second run finds the first one's import. */
export async function seedRoster(run: SeedRun): Promise<PersonIds> {
  const { plan } = run;
  const isThere = (await countPersons(run)) >= plan.people.length;
  if (!isThere) await importRoster(run);
  const ids = await loadPersonIds(run);
  run.progress(`花名册：${plan.people.length} 人`);
  return ids;
}

async function countPersons(run: SeedRun): Promise<number> {
  const { rows } = await run.ctx.pool.query(`select count(*)::int as count from person`);
  return z.array(z.object({ count: z.number() })).parse(rows)[0]?.count ?? 0;
}

async function importRoster(run: SeedRun): Promise<void> {
  const { ctx, plan } = run;
  const city = plan.plan.regions.find((region) => region.level === 'city');
  invariant(city, 'the demo has a city');
  const fieldNames = new Map((await listFields(ctx.pool)).map((field) => [field.code, field.name]));
  const outcome = await importNow(ctx, rosterWork, {
    scope: { regionId: regionId(city.key), asOfDay: plan.calendar.rosterDay },
    fileName: FILE_NAME,
    bytes: rosterWorkbook(plan, fieldNames),
    mode: 'all_or_nothing',
  });
  if (outcome.ok && outcome.value.state === 'applied') return;
  const why = outcome.ok
    ? `${outcome.value.state}，不予导入 ${outcome.value.counts.refused} 行`
    : outcome.code;
  throw new StartProblem('DEMO_ROSTER_REFUSED', {
    zh: `演示花名册未能导入（${why}）。请清空演示数据库后重新启动。`,
    en: `The demo roster could not be imported (${why}). Empty the demo database and start again.`,
  });
}

const personRow = z.object({ id: z.string(), hash: z.string() });

/** The register gives ids of its own; people are found again by the keyed hash of their number. */
export async function loadPersonIds(run: SeedRun): Promise<PersonIds> {
  const { ctx, plan } = run;
  const { rows } = await ctx.pool.query(`select id, encode(id_number_hash, 'hex') as hash from person`);
  const byHash = new Map(
    z
      .array(personRow)
      .parse(rows)
      .map((row) => [row.hash, row.id]),
  );
  const bySerial = plan.people.map((person) => byHash.get(idNumberHash(ctx.secrets, person.idNumber)));
  return (person: PlannedPerson) => {
    const id = bySerial[person.serial];
    invariant(id !== undefined, 'everybody of the roster is in the register');
    return id;
  };
}
