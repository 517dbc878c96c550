import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { grantsConsumer } from '#app/accounts/grants/grants-consumer.server.ts';
import { applyDueChanges } from '#app/office/change/apply-due.server.ts';
import { actOnChange } from '#app/office/change/confirm-change.server.ts';
import { fileChange } from '#app/office/change/file-change.server.ts';
import type { ChangePlan } from '#app/organization/change/change-plan.ts';
import { findChange } from '#app/organization/change/change.store.server.ts';
import { loadTree } from '#app/organization/tree/tree.store.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { aNewUnit, actFiledAndConfirmed, drainAll, freshTree, homesOn } from '#test/support/organisation.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld('2026-11-23T01:00:00.000Z');
const TODAY = '2026-11-23';
const DOCUMENT = '甲编发〔2026〕12号';

let cityId = '';
let countyId = '';
let maker: ActorCtx;
let checker: ActorCtx;
let stranger: ActorCtx;

beforeAll(async () => {
  cityId = await aRegion(world.ctx, { level: 'city', name: '甲市' });
  countyId = await aRegion(world.ctx, { parentId: cityId });
  const otherId = await aRegion(world.ctx, { parentId: cityId });
  const bureau = (regionId: string) =>
    anActor(world.ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }] });
  maker = await bureau(countyId);
  checker = await bureau(countyId);
  stranger = await bureau(otherId);
});
beforeEach(() => freshTree(world.ctx));

const unit = (over: { name?: string; parentId?: string; unitType?: string } = {}) =>
  aUnit(world.ctx, { regionId: countyId, ...over });
const people = async (unitId: string, count: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push(await aPerson(world.ctx, { unitId }));
  return ids;
};
const file = (plan: ChangePlan, effectiveDay = TODAY, by = maker) =>
  fileChange(by, { plan, effectiveDay, documentNo: DOCUMENT, commandId: newId() });
const act = async (changeId: string, what: 'confirm' | 'decline' | 'cancel', by: ActorCtx) => {
  const expectedVersion = (await findChange(world.ctx.pool, changeId))?.version ?? 0;
  return actOnChange(by, { changeId, act: what, note: '按要求', expectedVersion, commandId: newId() });
};
const treeOn = (day: string) => loadTree(world.ctx.pool, day, new Date('2100-01-01'));
const bothPeople = () => ({ maker, checker });

describe('units', () => {
  it('merge into a new one: people, sub-units and names as of the day, earlier days as they were', async () => {
    const [a, b] = [await unit({ name: '甲局' }), await unit({ name: '乙局' })];
    const team = await unit({ name: '甲局执法队', parentId: a });
    const ids = [...(await people(a, 3)), ...(await people(b, 2)), ...(await people(team, 1))];
    freshTree(world.ctx);
    const part = aNewUnit(countyId, { name: '甲乙局' });
    await actFiledAndConfirmed(bothPeople(), {
      plan: { kind: 'merge', unitIds: [a, b], target: { kind: 'new', unit: part } },
      day: TODAY,
    });
    const after = await treeOn(TODAY);
    expect([after.units.has(a), after.units.has(b)]).toEqual([false, false]);
    expect(after.units.get(part.id)?.name).toBe('甲乙局');
    expect(after.units.get(team)?.parentId).toBe(part.id);
    const before = await treeOn('2026-11-22');
    expect(before.units.get(a)?.name).toBe('甲局');
    expect(before.units.get(team)?.parentId).toBe(a);
    expect(before.units.has(part.id)).toBe(false);
    const homes = await homesOn(world.ctx, ids, TODAY);
    expect([...homes.values()].map((list) => list.length)).toEqual(ids.map(() => 1));
    expect([...homes.values()].slice(0, 5)).toEqual(Array.from({ length: 5 }, () => [part.id]));
    expect((await homesOn(world.ctx, ids, '2026-11-22')).get(ids[0] ?? '')).toEqual([a]);
  });

  it('split: named people go to the new unit, the others stay', async () => {
    const a = await unit({ name: '丙局' });
    const [first = '', second = ''] = await people(a, 2);
    freshTree(world.ctx);
    const part = aNewUnit(countyId, { name: '丙局分局' });
    const plan: ChangePlan = {
      kind: 'split',
      unitId: a,
      parts: [part],
      assignments: [{ personId: first, unitId: part.id }],
      restTo: null,
    };
    await actFiledAndConfirmed(bothPeople(), { plan, day: TODAY });
    const homes = await homesOn(world.ctx, [first, second], TODAY);
    expect([homes.get(first), homes.get(second)]).toEqual([[part.id], [a]]);
    const outsider = await aPerson(world.ctx, { unitId: await unit() });
    const again = aNewUnit(countyId);
    expect(
      await file({
        ...plan,
        parts: [again],
        assignments: [{ personId: outsider, unitId: again.id }],
      }),
    ).toMatchObject({ ok: false, code: 'PERSON_NOT_OF_UNIT' });
  });

  it('split that ends the old unit: who is not named goes to the part that takes the rest', async () => {
    const a = await unit({ name: '丁局' });
    const [first = '', second = ''] = await people(a, 2);
    freshTree(world.ctx);
    const [north, south] = [aNewUnit(countyId, { name: '丁北' }), aNewUnit(countyId, { name: '丁南' })];
    await actFiledAndConfirmed(bothPeople(), {
      plan: {
        kind: 'split',
        unitId: a,
        parts: [north, south],
        assignments: [{ personId: first, unitId: north.id }],
        restTo: south.id,
      },
      day: TODAY,
    });
    const homes = await homesOn(world.ctx, [first, second], TODAY);
    expect([homes.get(first), homes.get(second)]).toEqual([[north.id], [south.id]]);
    expect((await treeOn(TODAY)).units.has(a)).toBe(false);
  });

  it('are renamed with the entity that is called like them', async () => {
    const a = await unit({ name: '戊局' });
    freshTree(world.ctx);
    await world.ctx.db.entity.create({
      data: {
        id: newId(),
        versions: {
          create: {
            id: newId(),
            unitId: a,
            name: '戊局',
            entityType: 'organ',
            legalBasis: '某法第一条',
            validFrom: new Date('2020-01-01'),
          },
        },
      },
    });
    await actFiledAndConfirmed(bothPeople(), {
      plan: { kind: 'rename', unitId: a, name: '戊委员会' },
      day: TODAY,
    });
    expect((await treeOn(TODAY)).units.get(a)?.name).toBe('戊委员会');
    expect((await treeOn('2026-11-22')).units.get(a)?.name).toBe('戊局');
    const { rows } = await world.ctx.pool.query<{ name: string }>(
      `select name from entity_version where unit_id = $1 and superseded_at is null order by valid_from`,
      [a],
    );
    expect(rows.map((row) => row.name)).toEqual(['戊局', '戊委员会']);
  });

  it('are abolished only when everybody in them has a place', async () => {
    const [a, b] = [await unit({ name: '己局' }), await unit({ name: '庚局' })];
    const [first = '', second = ''] = await people(a, 2);
    freshTree(world.ctx);
    const place = { personId: first, unitId: b };
    const plan: ChangePlan = { kind: 'abolish', unitId: a, receiverId: null, assignments: [place] };
    expect(await file(plan)).toMatchObject({ ok: false, code: 'PEOPLE_WITHOUT_PLACE', detail: { count: 1 } });
    const placed: ChangePlan = { ...plan, assignments: [place, { personId: second, unitId: b }] };
    await actFiledAndConfirmed(bothPeople(), { plan: placed, day: TODAY });
    expect((await homesOn(world.ctx, [first, second], TODAY)).get(second)).toEqual([b]);
    expect((await treeOn(TODAY)).units.has(a)).toBe(false);
  });

  it('are moved below another unit, never below one of their own', async () => {
    const [a, b] = [await unit({ name: '辛局' }), await unit({ name: '壬局' })];
    const team = await unit({ name: '辛局队', parentId: a });
    freshTree(world.ctx);
    const below: ChangePlan = { kind: 'move', unitId: a, parentId: team, regionId: countyId };
    expect(await file(below)).toMatchObject({ ok: false, code: 'WOULD_MAKE_CYCLE' });
    await actFiledAndConfirmed(bothPeople(), {
      plan: { kind: 'move', unitId: team, parentId: b, regionId: countyId },
      day: TODAY,
    });
    expect((await treeOn(TODAY)).units.get(team)?.parentId).toBe(b);
  });

  it('RA1, RA2: a township changes its mode with a day and a document', async () => {
    const town = await unit({ name: '某镇人民政府', unitType: 'township' });
    freshTree(world.ctx);
    const plan: ChangePlan = { kind: 'mode', unitId: town, mode: 'empowerment' };
    await actFiledAndConfirmed(bothPeople(), { plan, day: TODAY, documentNo: DOCUMENT });
    expect(await file(plan)).toMatchObject({ ok: false, code: 'MODE_UNCHANGED' });
    const { rows } = await world.ctx.pool.query<{ mode: string; document_no: string }>(
      `select mode, document_no from township_mode where unit_id = $1 and superseded_at is null`,
      [town],
    );
    expect(rows).toEqual([{ mode: 'empowerment', document_no: DOCUMENT }]);
  });
});

describe('an act', () => {
  it('takes two people, and only those of its region', async () => {
    const a = await unit();
    freshTree(world.ctx);
    const plan: ChangePlan = { kind: 'rename', unitId: a, name: '改名局' };
    expect(await file(plan, TODAY, stranger)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    const filed = await file(plan);
    if (!filed.ok) throw new Error(filed.code);
    const { changeId } = filed.value;
    expect(await act(changeId, 'confirm', stranger)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    expect(await act(changeId, 'confirm', maker)).toMatchObject({ ok: false, code: 'MAKER_IS_CHECKER' });
    expect(await act(changeId, 'confirm', checker)).toEqual({ ok: true, value: { state: 'applied' } });
    expect(await act(changeId, 'confirm', checker)).toMatchObject({
      ok: false,
      code: 'STATE_DOES_NOT_ALLOW',
    });
  });

  it('sent twice is filed once; the same id with another content is refused', async () => {
    const a = await unit();
    freshTree(world.ctx);
    const input = {
      plan: { kind: 'rename', unitId: a, name: '两次局' } as const,
      effectiveDay: TODAY,
      documentNo: DOCUMENT,
      commandId: newId(),
    };
    const [one, two] = await Promise.all([fileChange(maker, input), fileChange(maker, input)]);
    expect(one).toEqual(two);
    expect(one.ok).toBe(true);
    const other = { ...input, plan: { ...input.plan, name: '三次局' } };
    expect(await fileChange(maker, other)).toMatchObject({ ok: false, code: 'COMMAND_REUSED' });
  });

  it('has one winner when two confirm at once', async () => {
    const a = await unit();
    const third = await anActor(world.ctx, {
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: countyId }],
    });
    freshTree(world.ctx);
    const filed = await file({ kind: 'rename', unitId: a, name: '并发局' });
    if (!filed.ok) throw new Error(filed.code);
    const outcomes = await Promise.all([
      act(filed.value.changeId, 'confirm', checker),
      act(filed.value.changeId, 'confirm', third),
    ]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  });

  it('planned for a later day changes nothing before it and is done on it', async () => {
    const [a, b] = [await unit({ name: '远甲' }), await unit({ name: '远乙' })];
    const [first = ''] = await people(a, 1);
    freshTree(world.ctx);
    const plan: ChangePlan = { kind: 'merge', unitIds: [a], target: { kind: 'existing', unitId: b } };
    const changeId = await actFiledAndConfirmed(bothPeople(), { plan, day: '2026-12-01' });
    expect((await findChange(world.ctx.pool, changeId))?.state).toBe('planned');
    expect(await applyDueChanges(world.ctx)).toBe(0);
    expect((await homesOn(world.ctx, [first], '2026-12-05')).get(first)).toEqual([a]);
    // Somebody who comes in between goes along.
    const late = await aPerson(world.ctx, { unitId: a });
    world.clock.set('2026-12-01T00:30:00.000Z');
    expect(await applyDueChanges(world.ctx)).toBe(1);
    expect(await applyDueChanges(world.ctx)).toBe(0);
    world.clock.set('2026-11-23T01:00:00.000Z');
    const homes = await homesOn(world.ctx, [first, late], '2026-12-01');
    expect([homes.get(first), homes.get(late)]).toEqual([[b], [b]]);
    expect((await homesOn(world.ctx, [first], '2026-11-30')).get(first)).toEqual([a]);
  });

  it('planned is cancelled before its day; what touches the same unit has to wait until then', async () => {
    const [a, b] = [await unit({ name: '约甲' }), await unit({ name: '约乙' })];
    freshTree(world.ctx);
    const plan: ChangePlan = { kind: 'merge', unitIds: [a], target: { kind: 'existing', unitId: b } };
    const changeId = await actFiledAndConfirmed(bothPeople(), { plan, day: '2026-12-01' });
    const rename: ChangePlan = { kind: 'rename', unitId: a, name: '约丙' };
    expect(await file(rename)).toMatchObject({
      ok: false,
      code: 'CONFLICTS_WITH_PLANNED',
      detail: { title: '约甲并入约乙' },
    });
    expect(await act(changeId, 'cancel', maker)).toEqual({ ok: true, value: { state: 'cancelled' } });
    expect((await file(rename)).ok).toBe(true);
    world.clock.set('2026-12-02T00:30:00.000Z');
    expect(await applyDueChanges(world.ctx)).toBe(0);
    world.clock.set('2026-11-23T01:00:00.000Z');
  });

  it('that can no longer be done on its day is blocked with the reason, and nothing is half done', async () => {
    const [a, b] = [await unit({ name: '阻甲' }), await unit({ name: '阻乙' })];
    freshTree(world.ctx);
    const plan: ChangePlan = { kind: 'abolish', unitId: a, receiverId: null, assignments: [] };
    const changeId = await actFiledAndConfirmed(bothPeople(), { plan, day: '2026-12-03' });
    const late = await aPerson(world.ctx, { unitId: a });
    world.clock.set('2026-12-03T00:30:00.000Z');
    expect(await applyDueChanges(world.ctx)).toBe(0);
    const blocked = await findChange(world.ctx.pool, changeId);
    expect(blocked).toMatchObject({ state: 'blocked', blockedCode: 'PEOPLE_WITHOUT_PLACE' });
    expect((await homesOn(world.ctx, [late], '2026-12-03')).get(late)).toEqual([a]);
    expect((await treeOn('2026-12-03')).units.has(a)).toBe(true);
    expect(b).not.toBe(a);
    world.clock.set('2026-11-23T01:00:00.000Z');
  });

  it('moves rights over the ended unit to its successor, from the same day', async () => {
    const [a, b] = [await unit({ name: '权甲' }), await unit({ name: '权乙' })];
    freshTree(world.ctx);
    const liaison = await anActor(world.ctx, {
      grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId: a }],
    });
    await actFiledAndConfirmed(bothPeople(), {
      plan: { kind: 'merge', unitIds: [a], target: { kind: 'existing', unitId: b } },
      day: TODAY,
    });
    await drainAll(world.ctx, [grantsConsumer(world.ctx)]);
    const { rows } = await world.ctx.pool.query<{
      unit_id: string;
      valid_from: string;
      valid_to: string | null;
    }>(
      `select unit_id, valid_from, valid_to from role_grant where account_id = $1 and superseded_at is null
       order by valid_from`,
      [liaison.actorId],
    );
    expect(rows).toEqual([
      { unit_id: a, valid_from: '2020-01-01', valid_to: TODAY },
      { unit_id: b, valid_from: TODAY, valid_to: null },
    ]);
  });
});
