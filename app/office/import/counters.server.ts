import { loadTree } from '#app/organization/tree/tree.store.server.ts';
import { assessmentsWork } from '#app/organization/register/import/apply-assessments.server.ts';
import { entitiesWork } from '#app/organization/register/import/apply-entities.server.ts';
import { personnelWork } from '#app/organization/register/import/apply-personnel.server.ts';
import { photosWork } from '#app/organization/register/import/apply-photos.server.ts';
import { reviewersWork } from '#app/organization/register/import/apply-reviewers.server.ts';
import { supervisorsWork } from '#app/organization/register/import/apply-supervisors.server.ts';
import { regionWork, unitWork } from '#app/organization/tree/import-tree.server.ts';
import { rosterWork } from '#app/organization/roster/apply-roster.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { flagBadPairs } from '../roster/grades.server.ts';
import { settleTasks } from '../task/open-tasks.server.ts';
import { counter, PLACE_SHAPE, REGION_SHAPE } from './counter.server.ts';

/** 年度考核 with the bureau's tasks for two bad years in a row. */
export const assessments = assessmentsWork(async (tx, ctx, graded) => {
  const now = ctx.clock.now();
  await flagBadPairs(tx, ctx, await loadTree(ctx.pool, dayOf(now), now), graded);
});

/** 人事变动 with the tasks of transfers that a file has overtaken. */
export const personnel = personnelWork(async (tx, ctx, returnedTransfers) => {
  await settleTasks(tx, ctx, { kind: 'transfer.accept', keys: returnedTransfers, outcome: 'withdrawn' });
});

const AS_OF = { label: '截至日期', hint: '表中内容自这一天起登记，不得晚于今天' } as const;

/** Regions and units are what later records stand on: whoever enters past hours or cards begins early enough. */
const SINCE = {
  label: '自何日起',
  hint: '没有写设立日期的，自这一天起登记；要补录以往学时、证件的，请写得足够早，如 2020-01-01',
} as const;

/** Every kind of file the office takes. A new kind is one line here (and one in scripts/import-kinds.ts). */
export const COUNTERS = [
  counter(rosterWork, {
    permission: 'roster.import',
    shape: REGION_SHAPE,
    day: {
      label: '花名册截至日期',
      hint: '表中的单位和职务自这一天起生效，不得晚于今天',
    },
  }),
  counter(regionWork, { permission: 'organization.change', shape: REGION_SHAPE, day: SINCE }),
  counter(unitWork, { permission: 'organization.change', shape: REGION_SHAPE, day: SINCE }),
  counter(entitiesWork, { permission: 'roster.import', shape: PLACE_SHAPE, day: AS_OF }),
  counter(personnel, { permission: 'roster.import', shape: PLACE_SHAPE, day: null }),
  counter(assessments, { permission: 'assessment.record', shape: PLACE_SHAPE, day: null }),
  counter(reviewersWork, { permission: 'roster.manage', shape: PLACE_SHAPE, day: AS_OF }),
  counter(supervisorsWork, { permission: 'supervisor.manage', shape: PLACE_SHAPE, day: AS_OF }),
  counter(photosWork, { permission: 'roster.manage', shape: PLACE_SHAPE, day: null }),
];
