import { flagBadPairs } from '#app/office/roster/grades.server.ts';
import { twoBadYears } from '#app/organization/register/assessment.ts';
import { loadTree } from '#app/organization/tree/tree.store.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { CopyValue } from '../bulk.server.ts';
import { copyRows, once } from '../bulk.server.ts';
import { demoId } from '../demo-id.server.ts';
import type { PlannedPerson } from '../plan/people.ts';
import { planGrades, planHonours, planReviewers, planSupervisors } from '../plan/registers.ts';
import type { PersonIds, SeedRun } from '../seed-run.server.ts';
import { regionId, unitId, withOwner } from '../seed-run.server.ts';

const SOURCE_KIND = 'history';
/** YC11: the first invited supervisors of a city. */
const INVITED = ['李某', '王某某', '赵某', '钱某某', '孙某'] as const;

/** The registers beside the roster, in bulk: reviewers, supervision cards, assessments, honours, invited supervisors. */
export async function seedRegisters(run: SeedRun, ids: PersonIds): Promise<void> {
  const { plan, size } = run;
  const reviewers = planReviewers(plan);
  const [first] = reviewers;
  if (first === undefined) return;
  await withOwner(run, (client) =>
    once(client, { table: 'legal_reviewer', id: demoId(`reviewer:${first.person.serial}`) }, async () => {
      await copyRows(client, 'legal_reviewer', REVIEWER_COLUMNS, reviewerRows(run, ids));
      await copyRows(client, 'supervision_card', CARD_COLUMNS, cardRows(run, ids));
      await copyRows(client, 'assessment', GRADE_COLUMNS, gradeRows(run, ids));
      await copyRows(client, 'honour', HONOUR_COLUMNS, honourRows(run, ids));
      await copyRows(client, 'invited_supervisor', INVITED_COLUMNS, invitedRows(run));
    }),
  );
  await flagPairs(run, ids);
  run.progress(`名册：法制审核 ${reviewers.length} 人，监督证 ${size.supervisors * size.cities} 个`);
}

/** What entering the grades by hand would have opened: the bureau's tasks for two bad years in a row. */
async function flagPairs(run: SeedRun, ids: PersonIds): Promise<void> {
  const { ctx, plan } = run;
  const bad = new Map<PlannedPerson, number[]>();
  for (const { person, year, grade } of planGrades(plan))
    if (grade === 'incompetent') bad.set(person, [...(bad.get(person) ?? []), year]);
  const badPairs = [...bad].flatMap(([person, years]) => {
    const pair = twoBadYears(years.map((year) => ({ year, grade: 'incompetent' })));
    return pair === null ? [] : [{ personId: ids(person), unitId: unitId(person.unit.key), ...pair }];
  });
  const now = ctx.clock.now();
  const tree = await loadTree(ctx.pool, dayOf(now), now);
  const outcome = await inTransaction(ctx, 'demo-bad-pairs', (tx) =>
    flagBadPairs(tx, ctx, tree, { badPairs, clearedPairs: [] }),
  );
  invariant(outcome.ok, 'tasks are refused by no rule');
}

const REVIEWER_COLUMNS = [
  'id',
  'person_id',
  'unit_id',
  'work_mode',
  'qualification_no',
  'since_year',
  'valid_from',
  'source_kind',
  'recorded_at',
] as const;

function* reviewerRows({ plan, ctx }: SeedRun, ids: PersonIds): Generator<CopyValue[]> {
  const known = ctx.clock.now();
  for (const { person, unitKey, workMode, qualificationNo, sinceYear, validFrom } of planReviewers(plan))
    yield [
      demoId(`reviewer:${person.serial}`),
      ids(person),
      unitId(unitKey),
      workMode,
      qualificationNo,
      sinceYear,
      validFrom,
      SOURCE_KIND,
      known,
    ];
}

const CARD_COLUMNS = [
  'id',
  'person_id',
  'unit_id',
  'card_no',
  'valid_from',
  'valid_to',
  'source_kind',
  'recorded_at',
] as const;

function* cardRows({ plan, size, ctx }: SeedRun, ids: PersonIds): Generator<CopyValue[]> {
  const known = ctx.clock.now();
  for (const { person, cardNo, validFrom, validTo } of planSupervisors(plan, size))
    yield [
      demoId(`supervision-card:${person.serial}`),
      ids(person),
      unitId(person.unit.key),
      cardNo,
      validFrom,
      validTo,
      SOURCE_KIND,
      known,
    ];
}

const GRADE_COLUMNS = ['id', 'person_id', 'year', 'unit_id', 'grade', 'source_kind', 'occurred_at'] as const;

function* gradeRows({ plan }: SeedRun, ids: PersonIds): Generator<CopyValue[]> {
  for (const { person, year, grade } of planGrades(plan)) {
    const closedDay = `${year + 1}-01-20`;
    yield [
      demoId(`grade:${person.serial}:${year}`, closedDay),
      ids(person),
      year,
      unitId(person.unit.key),
      grade,
      SOURCE_KIND,
      `${closedDay}T01:00:00.000Z`,
    ];
  }
}

const HONOUR_COLUMNS = [
  'id',
  'person_id',
  'unit_id',
  'title',
  'awarded_by',
  'awarded_day',
  'occurred_at',
] as const;

function* honourRows({ plan }: SeedRun, ids: PersonIds): Generator<CopyValue[]> {
  for (const { key, person, unitKey, title, awardedBy, awardedDay } of planHonours(plan))
    yield [
      demoId(key),
      person === null ? null : ids(person),
      unitId(unitKey),
      title,
      awardedBy,
      awardedDay,
      `${awardedDay}T01:00:00.000Z`,
    ];
}

const INVITED_COLUMNS = [
  'id',
  'supervisor_id',
  'region_id',
  'name',
  'affiliation',
  'valid_from',
  'valid_to',
  'recorded_at',
] as const;

function* invitedRows({ plan, ctx }: SeedRun): Generator<CopyValue[]> {
  const year = Number(plan.calendar.seedDay.slice(0, 4));
  const known = ctx.clock.now();
  for (const city of plan.plan.regions.filter(({ level }) => level === 'city'))
    for (const [index, name] of INVITED.entries()) {
      const label = `invited:${city.key}:${index}`;
      yield [
        demoId(label),
        demoId(`${label}:who`),
        regionId(city.key),
        name,
        ['人大代表', '政协委员', '执业律师', '行业协会', '高校教师'][index] ?? '社会人士',
        `${year - 1}-07-16`,
        `${year + 1}-07-16`,
        known,
      ];
    }
}
