import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { actOnChange } from '#app/office/change/confirm-change.server.ts';
import { fileChange } from '#app/office/change/file-change.server.ts';
import { reportLeaver } from '#app/office/change/leavers.server.ts';
import { answerTransferAs, fileTransfer } from '#app/office/change/transfers.server.ts';
import type { ChangePlan } from '#app/organization/change/change-plan.ts';
import { loadTree } from '#app/organization/tree/tree.store.server.ts';
import { unitsInRegion } from '#app/organization/tree/tree.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, dayOf, startOfDay } from '#app/platform/time/day.ts';
import { NO_PLACE } from '#app/reporting/completion/drill.ts';
import { unitCompletion } from '#app/reporting/completion/unit-completion-view.server.ts';
import { useWorld } from '#test/support/database.ts';
import { aCard, anHourEntry } from '#test/support/officers.ts';
import { aNewUnit, freshTree } from '#test/support/organisation.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

/**
 * Random histories through the real commands: one act after the other, each some days later, each effective on any day of
 * the weeks before. After every act the figures of several days are asked as known at that moment, and asked again for the
 * same moment at the end: what was known then stays. Days before an act's own day stay as they are also as known now.
 */
const world = useWorld();
const FIRST: Day = '2026-06-01';
const CREDIT_HOUR = 2700;
const PAGE = { sort: 'name', direction: 'asc', search: '', met: null, limit: 200, offset: 0 } as const;

interface County {
  readonly regionId: string;
  readonly maker: ActorCtx;
  readonly checker: ActorCtx;
  readonly people: readonly string[];
}

const bureauOf = (regionId: string) =>
  anActor(world.ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }] });

async function aCounty(): Promise<County> {
  const { ctx } = world;
  const regionId = await aRegion(ctx);
  const units: string[] = [];
  for (let n = 0; n < 3; n += 1) units.push(await aUnit(ctx, { regionId, name: `第${n}局` }));
  units.push(await aUnit(ctx, { regionId, name: '第0局大队', parentId: units[0] ?? '' }));
  const people: string[] = [];
  for (let n = 0; n < 8; n += 1) {
    const unitId = units[n % units.length] ?? '';
    const personId = await aPerson(ctx, { unitId, name: `张${n}` });
    people.push(personId);
    await aCard(ctx, { personId, unitId, regionId });
    const credit = n % 3 === 0 ? 60 : 20;
    await anHourEntry(ctx, { personId, unitId, creditSeconds: credit * CREDIT_HOUR, day: '2026-03-02' });
  }
  const [maker, checker] = [await bureauOf(regionId), await bureauOf(regionId)];
  freshTree(ctx);
  return { regionId, maker, checker, people };
}

/** The reporting query of the county and of one of its units on a day, as known at a moment; ids and numbers only. */
async function figures(county: County, day: Day, knownAt: Date): Promise<string> {
  const told: unknown[] = [];
  const tree = await loadTree(world.ctx.pool, day, knownAt);
  // The county's page counts every unit; one unit's page adds its people by name.
  const [unitId = null] = [...unitsInRegion(tree, county.regionId)].sort();
  const places = [NO_PLACE, { ...NO_PLACE, unitId }];
  for (const place of places) {
    const outcome = await unitCompletion(county.maker, { place, day, knownAt, persons: PAGE });
    if (!outcome.ok) throw new Error(`${outcome.code} on ${day}`);
    const { title, total, rows, persons } = outcome.value;
    const officers = persons?.rows.map((row) => [row.personId, row.unitName, row.totalSeconds]) ?? null;
    told.push([title, total, rows.map((row) => [row.label, row.counts]), officers]);
  }
  return JSON.stringify(told);
}

const KINDS = ['merge', 'split', 'rename', 'abolish', 'move', 'transfer', 'leave'] as const;
interface Asked {
  readonly kind: (typeof KINDS)[number];
  readonly daysBack: number;
  readonly a: number;
  readonly b: number;
}
const asked: fc.Arbitrary<Asked> = fc.record({
  kind: fc.constantFrom(...KINDS),
  daysBack: fc.integer({ min: 0, max: 30 }),
  a: fc.nat(100),
  b: fc.nat(100),
});
const pick = (list: readonly string[], n: number): string => list[n % Math.max(list.length, 1)] ?? '';

function planOf({ kind, a, b }: Asked, units: readonly string[], regionId: string): ChangePlan | null {
  const [one, two] = [pick(units, a), pick(units, b)];
  switch (kind) {
    case 'merge':
      return {
        kind,
        unitIds: [one, two],
        target: { kind: 'new', unit: aNewUnit(regionId, { name: '合并局' }) },
      };
    case 'split':
      return {
        kind,
        unitId: one,
        parts: [aNewUnit(regionId, { name: '分出局' })],
        assignments: [],
        restTo: null,
      };
    case 'rename':
      return { kind, unitId: one, name: `更名局${a}` };
    case 'abolish':
      return { kind, unitId: one, receiverId: two, assignments: [] };
    case 'move':
      return { kind, unitId: one, parentId: two, regionId };
    case 'transfer':
    case 'leave':
      return null;
  }
}

const POST = {
  establishment: 'admin' as const,
  position: null,
  department: null,
  isEnforcementPost: true,
  fieldCode: 'URBAN',
  enforcementArea: null,
};

/** One step through the commands; a refusal is an answer too: then nothing has changed. @returns whether it was done */
async function take(county: County, one: Asked, day: Day): Promise<boolean> {
  const { maker, checker, regionId, people } = county;
  const today = dayOf(world.ctx.clock.now());
  freshTree(world.ctx);
  const tree = await loadTree(world.ctx.pool, today, world.ctx.clock.now());
  const units = [...unitsInRegion(tree, regionId)].sort();
  const plan = planOf(one, units, regionId);
  if (plan !== null) {
    const filed = await fileChange(maker, {
      plan,
      effectiveDay: day,
      documentNo: '某编发〔2026〕1号',
      commandId: newId(),
    });
    if (!filed.ok) return false;
    const { changeId } = filed.value;
    const input = { changeId, act: 'confirm' as const, note: null, expectedVersion: 1, commandId: newId() };
    return (await actOnChange(checker, input)).ok;
  }
  const personId = pick(people, one.a);
  const { rows } = await world.ctx.pool.query<{ unit_id: string }>(
    `select unit_id::text from person_unit_link where person_id = $1 and kind = 'home' and superseded_at is null
       and valid_to is null`,
    [personId],
  );
  const unitId = rows[0]?.unit_id ?? '';
  if (one.kind === 'leave') {
    const left = {
      personId,
      unitId,
      awayFromDay: day,
      reason: 'retired' as const,
      documentNo: '某〔2026〕1号',
    };
    return (await reportLeaver(maker, { ...left, note: null, commandId: newId() })).ok;
  }
  const filed = await fileTransfer(maker, {
    ...{ personId, fromUnitId: unitId, toUnitId: pick(units, one.b), effectiveDay: day },
    ...{ documentNo: null, reason: '工作需要', commandId: newId() },
  });
  if (!filed.ok) return false;
  const { transferId } = filed.value;
  return (await answerTransferAs(maker, { act: 'accept', transferId, post: POST, commandId: newId() })).ok;
}

describe('moving things later never changes figures of earlier days', () => {
  it('as known then: the reporting query of D known at K answers the same for ever', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { minLength: 2, maxLength: 3 }), async (history) => {
        world.clock.set(startOfDay(FIRST).toISOString());
        const county = await aCounty();
        const days = [-30, -10, 0].map((offset) => addDays(FIRST, offset));
        const remembered: { day: Day; knownAt: Date; told: string }[] = [];
        const remember = async (knownAt: Date) => {
          for (const day of days)
            remembered.push({ day, knownAt, told: await figures(county, day, knownAt) });
        };
        await remember(world.ctx.clock.now());
        for (const [index, one] of history.entries()) {
          const now = new Date(startOfDay(addDays(FIRST, (index + 1) * 3)).getTime() + 3_600_000);
          world.clock.set(now.toISOString());
          const day = addDays(dayOf(now), -one.daysBack);
          const earlier = days.filter((other) => other < day);
          const before = await Promise.all(earlier.map((other) => figures(county, other, now)));
          if (await take(county, one, day)) count += 1;
          freshTree(world.ctx);
          // A later moment than the act's own: known by then.
          const after = new Date(now.getTime() + 60_000);
          world.clock.set(after.toISOString());
          const now2 = await Promise.all(earlier.map((other) => figures(county, other, after)));
          expect(now2).toEqual(before);
          await remember(after);
        }
        for (const { day, knownAt, told } of remembered)
          expect(await figures(county, day, knownAt), `${day} known at ${knownAt.toISOString()}`).toBe(told);
      }),
      { numRuns: 8, endOnFailure: true },
    );
    // Most steps are really done: a test of refusals would prove nothing.
    expect(count).toBeGreaterThan(6);
  });
});
