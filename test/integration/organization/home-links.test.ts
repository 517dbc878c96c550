import { beforeAll, describe, expect, it } from 'vitest';
import type { LeavePostInput, LeavePostRefusal } from '#app/organization/change/leave-post.server.ts';
import { leavePostIn } from '#app/organization/change/leave-post.server.ts';
import type { HomePlace } from '#app/organization/person/home-timeline.ts';
import { placePerson, placePersons } from '#app/organization/person/place-person.server.ts';
import {
  findPersonCard,
  homeLinksOn,
  listPeopleOfUnits,
} from '#app/organization/person/person.store.server.ts';
import { diceFor } from '#app/demo/dice.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { addDays } from '#app/platform/time/day.ts';
import { useWorld } from '#test/support/database.ts';
import { aPerson, aRegion, aUnit } from '#test/support/world.ts';

const world = useWorld();
const SOURCE = { sourceKind: 'test', sourceId: null };
let units: string[] = [];
let regionId = '';

beforeAll(async () => {
  regionId = await aRegion(world.ctx);
  for (const name of ['甲局', '乙局', '丙局']) units.push(await aUnit(world.ctx, { regionId, name }));
});

const place = (unitId: string, position: string | null = null): HomePlace => ({
  unitId,
  establishment: 'admin',
  position,
  department: null,
  isEnforcementPost: true,
  fieldCode: 'URBAN',
  enforcementArea: null,
});
const unit = (index: number): string => units[index] ?? '';

/** Days with no home and with more than one, counted in the database. */
async function homesPerDay(
  personId: string,
  from: string,
  to: string,
): Promise<{ most: number; least: number }> {
  const { rows } = await world.ctx.pool.query<{ most: number; least: number }>(
    `select max(n)::int as most, min(n)::int as least from (
       select d, count(l.id) as n from generate_series($2::date, $3::date, '1 day') d
       left join person_unit_link l on l.person_id = $1 and l.kind = 'home' and l.superseded_at is null
         and l.valid_from <= d and (l.valid_to is null or l.valid_to > d)
       group by d) days`,
    [personId, from, to],
  );
  return rows[0] ?? { most: 0, least: 0 };
}

describe('a person’s home', () => {
  it('is exactly one on every day after any history of moves and corrections', async () => {
    const dice = diceFor('random histories');
    for (let person = 0; person < 4; person += 1) {
      const personId = await aPerson(world.ctx, { unitId: unit(0) });
      for (let step = 0; step < 10; step += 1) {
        const fromDay = addDays('2020-01-01', dice.below(900));
        const placement = { personId, place: place(unit(dice.below(3))), fromDay, source: SOURCE };
        const outcome = await placePerson(world.ctx, placement);
        expect(outcome.ok).toBe(true);
        const home = (await homeLinksOn(world.ctx.pool, [personId], fromDay)).get(personId);
        expect(home?.unitId).toBe(placement.place.unitId);
      }
      expect(await homesPerDay(personId, '2020-01-01', '2023-12-31')).toEqual({ most: 1, least: 1 });
    }
  });

  it('ends on the day of leaving and is none afterwards; earlier days keep it (HY11)', async () => {
    const personId = await aPerson(world.ctx, { unitId: unit(0) });
    const leaving: LeavePostInput = {
      personId,
      unitId: unit(0),
      awayFromDay: '2026-06-01',
      reason: 'retired',
      documentNo: '甲人社退〔2026〕5号',
      note: null,
    };
    const leave = () =>
      inTransaction<unknown, LeavePostRefusal>(world.ctx, 'leave', (tx, refuse) =>
        leavePostIn(tx, world.ctx, leaving, refuse),
      );
    expect((await leave()).ok).toBe(true);
    expect(await leave()).toMatchObject({ ok: false, code: 'NOT_IN_POST' });
    expect((await homeLinksOn(world.ctx.pool, [personId], '2026-06-01')).size).toBe(0);
    expect((await homeLinksOn(world.ctx.pool, [personId], '2026-05-31')).get(personId)?.unitId).toBe(unit(0));
    const { rows } = await world.ctx.pool.query<{ action: string }>(
      `select action from audit_event where subject_id = $1`,
      [personId],
    );
    expect(rows).toEqual([{ action: 'person.leave' }]);
  });

  it('leaves the former state readable as it was known', async () => {
    const personId = await aPerson(world.ctx, { unitId: unit(0) });
    await placePerson(world.ctx, { personId, place: place(unit(1)), fromDay: '2026-01-01', source: SOURCE });
    const { rows } = await world.ctx.pool.query<{ kept: number; gone: number }>(
      `select count(*) filter (where superseded_at is null)::int as kept,
         count(*) filter (where superseded_at is not null)::int as gone
       from person_unit_link where person_id = $1`,
      [personId],
    );
    expect(rows).toEqual([{ kept: 2, gone: 1 }]);
  });

  it('has one winner on each day when two place the same person at once', async () => {
    const personId = await aPerson(world.ctx, { unitId: unit(0) });
    const fromDay = '2026-03-01';
    const outcomes = await Promise.all(
      [1, 2, 1, 2].map((index) =>
        placePerson(world.ctx, { personId, place: place(unit(index)), fromDay, source: SOURCE }),
      ),
    );
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    expect(await homesPerDay(personId, '2026-01-01', '2026-12-31')).toEqual({ most: 1, least: 1 });
  });

  it('is refused for a person nobody knows', async () => {
    const placement = { personId: newId(), place: place(unit(0)), fromDay: '2026-03-01', source: SOURCE };
    expect(await placePerson(world.ctx, placement)).toMatchObject({ ok: false, code: 'PERSON_NOT_FOUND' });
  });

  it('of many people is placed in one transaction, which tells whose changed', async () => {
    const people = await Promise.all([0, 1, 2].map(() => aPerson(world.ctx, { unitId: unit(0) })));
    const changed = await inTransaction(world.ctx, 'test', (tx) =>
      placePersons(
        tx,
        people.map((personId, index) => ({
          personId,
          place: index === 0 ? { ...place(unit(0)), position: null } : place(unit(index)),
          fromDay: '2026-02-01',
          source: SOURCE,
        })),
        world.ctx.clock.now(),
      ),
    );
    expect(changed.ok && [...changed.value].sort()).toEqual(people.slice(1).sort());
  });
});

describe('people of units', () => {
  it('are listed page by page for the asked day, searched and sorted', async () => {
    const own = await aUnit(world.ctx, { regionId, name: '丁局' });
    const ids = [];
    for (const name of ['赵一', '钱二', '孙三']) ids.push(await aPerson(world.ctx, { unitId: own, name }));
    const query = {
      page: 1,
      size: 2,
      sort: { field: 'name', direction: 'asc' },
      text: '',
    } as const;
    const list = (change: object) =>
      listPeopleOfUnits(world.ctx.pool, [own], '2026-11-01', { ...query, ...change });
    expect(await list({})).toMatchObject({ total: 3, rows: [{ unitName: '丁局' }, {}] });
    expect((await list({ page: 2 })).rows).toHaveLength(1);
    expect(await list({ page: 9 })).toEqual({ total: 3, rows: [] });
    expect((await list({ text: '钱' })).rows.map((row) => row.name)).toEqual(['钱二']);
    expect((await list({ text: '%' })).total).toBe(0);
    expect((await list({ establishment: 'contract' })).total).toBe(0);
    expect((await listPeopleOfUnits(world.ctx.pool, [], '2026-11-01', query)).total).toBe(0);
    expect((await listPeopleOfUnits(world.ctx.pool, [own], '2019-12-31', query)).total).toBe(0);
    const card = await findPersonCard(world.ctx.pool, ids[0] ?? '');
    expect(card).toMatchObject({ name: '赵一' });
    expect(card?.idNumberMasked).toMatch(/^99\d{2}\*{10}.{4}$/);
  });

  it('are found inside a transaction as well', async () => {
    const personId = await aPerson(world.ctx, { unitId: unit(0) });
    const found = await inTransaction(world.ctx, 'test', (tx) => homeLinksOn(tx, [personId], '2026-11-01'));
    expect(found.ok && found.value.get(personId)).toMatchObject({
      unitId: unit(0),
      regionId,
      validFrom: '2020-01-01',
    });
  });
});
