import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { grantsConsumer } from '#app/accounts/grants/grants-consumer.server.ts';
import { organisationConsumer } from '#app/certificate/organisation/organisation-consumer.server.ts';
import { followUnitsConsumer as examFollows } from '#app/exam/organisation/follow-units-consumer.server.ts';
import { previewChange } from '#app/office/change/preview.server.ts';
import { NO_CHANGE_ID } from '#app/office/change/file-change.server.ts';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import type { ChangePlan } from '#app/organization/change/change-plan.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { UnitCompletion } from '#app/reporting/completion/unit-completion-view.server.ts';
import { unitCompletion } from '#app/reporting/completion/unit-completion-view.server.ts';
import { NO_PLACE } from '#app/reporting/completion/drill.ts';
import { followUnitsConsumer as trainingFollows } from '#app/training/organisation/follow-units-consumer.server.ts';
import { useWorld } from '#test/support/database.ts';
import { aCard, anHourEntry } from '#test/support/officers.ts';
import { aNewUnit, actFiledAndConfirmed, drainAll, freshTree, homesOn } from '#test/support/organisation.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

/** 合并乡镇: two townships of twenty people each become one, and the year before does not move. */
const world = useWorld('2026-11-23T01:00:00.000Z');
const DAY = '2026-11-23';
const YEAR_END = '2025-12-31';
const BEFORE = new Date('2026-11-22T00:00:00.000Z');
const CREDIT_HOUR = 2700;

let countyId = '';
let townA = '';
let townB = '';
let govA = '';
let govB = '';
let officeB = '';
let people: string[] = [];
let maker: ActorCtx;
let checker: ActorCtx;
let liaisonB: ActorCtx;
let merged = '';
let newTown = '';

const PAGE = { sort: 'name', direction: 'asc', search: '', met: null, limit: 100, offset: 0 } as const;

async function figures(day: string, knownAt: Date | null): Promise<UnitCompletion> {
  freshTree(world.ctx);
  const outcome = await unitCompletion(maker, { place: NO_PLACE, day, knownAt, persons: PAGE });
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value;
}

const told = ({ total, rows, title }: UnitCompletion) => ({ total, rows, title });

beforeAll(async () => {
  countyId = await aRegion(world.ctx, { name: '甲县' });
  const town = (name: string) => aRegion(world.ctx, { parentId: countyId, level: 'township', name });
  [townA, townB] = [await town('东镇'), await town('西镇')];
  govA = await aUnit(world.ctx, { regionId: townA, name: '东镇人民政府', unitType: 'township' });
  govB = await aUnit(world.ctx, { regionId: townB, name: '西镇人民政府', unitType: 'township' });
  officeB = await aUnit(world.ctx, { regionId: townB, name: '西镇司法所', unitType: 'justice_office' });
  for (let n = 0; n < 40; n += 1) {
    const [unitId, regionId] = n < 20 ? [govA, townA] : [govB, townB];
    const personId = await aPerson(world.ctx, { unitId, name: `张${n}` });
    people.push(personId);
    await aCard(world.ctx, { personId, unitId, regionId });
    const hours = n % 3 === 0 ? 60 : 30;
    await anHourEntry(world.ctx, { personId, unitId, creditSeconds: hours * CREDIT_HOUR, day: '2025-06-01' });
  }
  const bureau = () =>
    anActor(world.ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: countyId }] });
  [maker, checker] = [await bureau(), await bureau()];
  liaisonB = await anActor(world.ctx, {
    grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId: govB }],
  });
});
beforeEach(() => freshTree(world.ctx));

function plan(): ChangePlan {
  const unit = aNewUnit(townA, { name: '东西镇人民政府', unitType: 'township' });
  merged = unit.id;
  newTown = newId();
  return {
    kind: 'region_merge',
    regionIds: [townA, townB],
    target: {
      kind: 'new',
      region: { id: newTown, code: '990999', name: '东西镇', level: 'township', parentId: countyId },
    },
    groups: [{ unitIds: [govA, govB], target: { kind: 'new', unit } }],
  };
}

describe('two townships of forty people merge', () => {
  it('and nothing about last year moves, as known then and as known now', async () => {
    const before = told(await figures(YEAR_END, null));
    const yesterday = told(await figures('2026-11-22', null));
    expect(before.total).toMatchObject({ due: 40, met: 14 });
    const asked = plan();
    const preview = await previewChange(maker, {
      plan: asked,
      day: DAY,
      documentNo: '某政函〔2026〕9号',
      exceptId: NO_CHANGE_ID,
    });
    if (!preview.ok) throw new Error(preview.code);
    const sections = new Map(preview.value.sections.map((section) => [section.title, section.rows]));
    expect(preview.value.title).toBe('东镇、西镇合并设立东西镇');
    expect(sections.get('人员')?.map((row) => row.what)).toEqual([
      expect.stringContaining('人员 20 人'),
      expect.stringContaining('人员 20 人'),
    ]);
    expect(sections.get('授权')).toMatchObject([{ outcome: '授权自生效之日转为东西镇人民政府' }]);

    await actFiledAndConfirmed(
      { maker, checker },
      { plan: asked, day: DAY, documentNo: '某政函〔2026〕9号' },
    );
    expect(told(await figures(YEAR_END, null))).toEqual(before);
    expect(told(await figures(YEAR_END, BEFORE))).toEqual(before);
    expect(told(await figures('2026-11-22', null))).toEqual(yesterday);
    const today = await figures(DAY, null);
    expect(today.total.due).toBe(40);
    expect(today.rows.map((row) => [row.label, row.counts.due])).toEqual([['东西镇人民政府', 40]]);
  });

  it('everybody is at home in the new township, and in the old one the day before', async () => {
    const homes = await homesOn(world.ctx, people, DAY);
    expect([...homes.values()]).toEqual(people.map(() => [merged]));
    const before = await homesOn(world.ctx, people, '2026-11-22');
    expect([...before.values()].map((list) => list[0])).toEqual(people.map((_, n) => (n < 20 ? govA : govB)));
  });

  it('rights, cards and what is left of the old townships follow', async () => {
    const consumers = [
      grantsConsumer(world.ctx),
      organisationConsumer(world.ctx),
      trainingFollows(world.ctx),
      examFollows(world.ctx),
      taskConsumer,
    ];
    await drainAll(world.ctx, consumers);
    const grants = await world.ctx.pool.query(
      `select unit_id from role_grant where account_id = $1 and superseded_at is null and valid_to is null`,
      [liaisonB.actorId],
    );
    expect(grants.rows).toEqual([{ unit_id: merged }]);
    const cards = await world.ctx.pool.query(
      `select distinct unit_id, region_id, state from certificate where person_id = any($1::uuid[])`,
      [people],
    );
    expect(cards.rows).toEqual([{ unit_id: merged, region_id: newTown, state: 'active' }]);
    const office = await world.ctx.pool.query(
      `select region_id, valid_from from unit_version where unit_id = $1 and superseded_at is null order by valid_from`,
      [officeB],
    );
    expect(office.rows).toEqual([
      { region_id: townB, valid_from: '2020-01-01' },
      { region_id: newTown, valid_from: DAY },
    ]);
    const tasks = await world.ctx.pool.query(
      `select title from task where kind = 'transfer.card' and state = 'open'`,
    );
    expect(tasks.rows).toEqual([{ title: '办理 40 张证件变更：东镇、西镇合并设立东西镇' }]);
  });
});
