import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangePlan, NewUnit } from '#app/organization/change/change-plan.ts';
import { subjectsOf } from '#app/organization/change/change-plan.ts';
import type { Absence } from '#app/organization/change/absence.ts';
import { decideBegin, decideReturn } from '#app/organization/change/absence.ts';
import { decideChange } from '#app/organization/change/decide-change.ts';
import type { ChangeEffect } from '#app/organization/change/decide-change.ts';
import type { OrgState } from '#app/organization/change/org-state.ts';
import { regionOn, structureFault, unitOn } from '#app/organization/change/org-state.ts';
import { decideRehoming } from '#app/organization/change/rehome.ts';
import { checkTransfer, decideTransfer } from '#app/organization/change/transfer.ts';
import type { HomeStretch, TimelineChange } from '#app/organization/person/home-timeline.ts';
import {
  applyChange,
  decideLeaving,
  decidePlacement,
  homeOn,
} from '#app/organization/person/home-timeline.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays } from '#app/platform/time/day.ts';

/**
 * Random histories of an organisation of two townships: mergers, splits, renames, abolitions, moves, transfers, leavings,
 * absences and late corrections in any order. What is checked after every step: trees without cycles or orphans on every
 * day, one home in a standing unit on every day of service, and everything before the step's day as it was.
 */

const FIRST: Day = '2026-01-01';
const LAST_OFFSET = 24;
const DAYS = Array.from({ length: LAST_OFFSET + 5 }, (_, offset) => addDays(FIRST, offset));

interface World {
  readonly state: OrgState;
  readonly people: ReadonlyMap<string, readonly HomeStretch[]>;
  readonly absences: ReadonlyMap<string, readonly Absence[]>;
  readonly serial: number;
}

let ids = 0;
const nextId = (): string => {
  ids += 1;
  return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
};

const post = (unitId: string) => ({
  unitId,
  establishment: 'admin' as const,
  position: null,
  department: null,
  isEnforcementPost: true,
  fieldCode: null,
  enforcementArea: null,
});
const SOURCE = { sourceKind: 'test', sourceId: null };

/** Rows get ids when they are written, as in the database. */
function written(effect: ChangeEffect): OrgState {
  const named = <R extends { readonly rowId: string | null }>(rows: readonly R[]): R[] =>
    rows.map((row) => (row.rowId === null ? { ...row, rowId: nextId() } : row));
  const { units, regions, entities, modes } = effect.state;
  return { units: named(units), regions: named(regions), entities: named(entities), modes: named(modes) };
}

function start(): World {
  const span = { validFrom: '2020-01-01', validTo: null, documentNo: null };
  const [county, townA, townB] = [nextId(), nextId(), nextId()];
  const region = (regionId: string, parentId: string | null, level: 'county' | 'township') => ({
    ...span,
    rowId: nextId(),
    regionId,
    parentId,
    name: regionId.slice(-3),
    level,
    kind: 'administrative' as const,
  });
  const unit = (regionId: string, parentId: string | null) => ({
    ...span,
    rowId: nextId(),
    unitId: nextId(),
    parentId,
    regionId,
    name: '某单位',
    unitType: 'township' as const,
    fieldCodes: [],
  });
  const tops = [unit(county, null), unit(townA, null), unit(townB, null)];
  const subs = tops.map((top) => unit(top.regionId, top.unitId));
  const units = [...tops, ...subs];
  const people = new Map(
    units.flatMap((one) => {
      const stretch = {
        ...post(one.unitId),
        ...SOURCE,
        validFrom: '2020-01-01',
        validTo: null,
        endReason: null,
      };
      return [0, 1].map(() => [nextId(), [{ ...stretch, linkId: nextId() }]] as const);
    }),
  );
  return {
    state: {
      units,
      regions: [
        region(county, null, 'county'),
        region(townA, county, 'township'),
        region(townB, county, 'township'),
      ],
      entities: [],
      modes: [],
    },
    people,
    absences: new Map(),
    serial: 0,
  };
}

const STEPS = [
  'merge',
  'split',
  'rename',
  'abolish',
  'move',
  'region_merge',
  'transfer',
  'leave',
  'correct',
  'absence',
] as const;
interface Asked {
  readonly step: (typeof STEPS)[number];
  readonly offset: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}
const asked: fc.Arbitrary<Asked> = fc.record({
  step: fc.constantFrom(...STEPS),
  offset: fc.integer({ min: 0, max: LAST_OFFSET }),
  a: fc.nat(1000),
  b: fc.nat(1000),
  c: fc.nat(1000),
});

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(list.length, 1)];

function planFor(world: World, { step, a, b, c }: Asked, day: Day): ChangePlan | null {
  const units = [...new Set(world.state.units.map((row) => row.unitId))].filter((id) =>
    unitOn(world.state, id, day),
  );
  const regions = [...new Set(world.state.regions.map((row) => row.regionId))].filter((id) =>
    regionOn(world.state, id, day),
  );
  const [one, two] = [pick(units, a), pick(units, b)];
  if (one === undefined || two === undefined) return null;
  const model = unitOn(world.state, one, day);
  const fresh = (): NewUnit => ({
    id: nextId(),
    code: `N${ids}`,
    name: '新单位',
    unitType: 'department',
    fieldCodes: [],
    parentId: model?.parentId ?? null,
    regionId: model?.regionId ?? '',
  });
  switch (step) {
    case 'merge':
      return {
        kind: 'merge',
        unitIds: [one, two],
        target: c % 2 === 0 ? { kind: 'existing', unitId: two } : { kind: 'new', unit: fresh() },
      };
    case 'split': {
      const parts = [fresh(), fresh()];
      const members = [...world.people].filter(([, timeline]) => homeOn(timeline, day)?.unitId === one);
      const assignments = members.slice(0, 1).map(([personId]) => ({ personId, unitId: parts[0]?.id ?? '' }));
      return {
        kind: 'split',
        unitId: one,
        parts,
        assignments,
        restTo: c % 2 === 0 ? null : (parts[1]?.id ?? null),
      };
    }
    case 'rename':
      return { kind: 'rename', unitId: one, name: `更名${a}${b}${c}` };
    case 'abolish':
      return { kind: 'abolish', unitId: one, receiverId: two, assignments: [] };
    case 'move':
      return {
        kind: 'move',
        unitId: one,
        parentId: c % 3 === 0 ? null : two,
        regionId: pick(regions, c) ?? '',
      };
    case 'region_merge': {
      const towns = regions.filter((id) => regionOn(world.state, id, day)?.level === 'township');
      const [from, to] = [pick(towns, a), pick(towns, b)];
      if (from === undefined || to === undefined) return null;
      return {
        kind: 'region_merge',
        regionIds: [from, to],
        target: { kind: 'existing', regionId: to },
        groups: [],
      };
    }
    case 'transfer':
    case 'leave':
    case 'correct':
    case 'absence':
      return null;
  }
}

function changed(history: readonly HomeStretch[], change: TimelineChange): readonly HomeStretch[] {
  return applyChange(history, change, nextId);
}

function act(world: World, plan: ChangePlan, day: Day): World {
  const decided = decideChange(world.state, plan, { day, documentNo: '某编发〔2026〕1号' });
  if (!decided.ok) return world;
  const effect = decided.value;
  const successor = new Map(effect.closedUnits.map(({ from, to }) => [from, to]));
  const named = new Map(effect.assignments.map((one) => [one.personId, one.unitId]));
  const from = plan.kind === 'split' || plan.kind === 'abolish' ? plan.unitId : null;
  const people = new Map(
    [...world.people].map(([personId, history]) => {
      const change = decideRehoming(history, {
        day,
        goesTo: (unitId) =>
          (unitId === from ? named.get(personId) : undefined) ?? successor.get(unitId) ?? null,
        reason: () => 'unit_abolished',
        source: SOURCE,
      });
      return [personId, change.insert.length === 0 ? history : changed(history, change)];
    }),
  );
  return { ...world, state: written(effect), people };
}

/** Units that stand on a day and on every later one, as far as known: what the commands allow people into. */
const isLasting = (state: OrgState, unitId: string, day: Day): boolean =>
  DAYS.filter((other) => other >= day).every((other) => unitOn(state, unitId, other) !== null);

function personal(world: World, { step, a, b, c }: Asked, day: Day): World {
  const person = pick([...world.people], a);
  const unitId = pick(
    [...new Set(world.state.units.map((row) => row.unitId))].filter((id) => isLasting(world.state, id, day)),
    b,
  );
  if (person === undefined || unitId === undefined) return world;
  const [personId, history] = person;
  const keep = (timeline: readonly HomeStretch[]): World => ({
    ...world,
    people: new Map([...world.people, [personId, timeline]]),
  });
  const home = homeOn(history, day);
  switch (step) {
    case 'transfer': {
      const course = { fromUnitId: home?.unitId ?? '', toUnitId: unitId, day };
      if (!checkTransfer(history, course).ok) return world;
      const { unitId: _, ...place } = post(unitId);
      const decided = decideTransfer(history, course, { post: place, source: SOURCE });
      return decided.ok ? keep(changed(history, decided.value)) : world;
    }
    case 'leave': {
      const decided = decideLeaving(history, { awayFromDay: day, reason: 'retired', source: SOURCE });
      return decided.ok && decided.value.insert.length > 0 ? keep(changed(history, decided.value)) : world;
    }
    case 'correct': {
      const change = decidePlacement(history, {
        place: { ...post(unitId), position: `职务${c}` },
        fromDay: day,
        source: SOURCE,
      });
      return change.insert.length > 0 ? keep(changed(history, change)) : world;
    }
    case 'absence': {
      const known = world.absences.get(personId) ?? [];
      const open = known.find((absence) => absence.validTo === null);
      const back = open === undefined ? null : decideReturn(open, day, DAYS.at(-1) ?? day);
      if (back?.ok)
        return {
          ...world,
          absences: new Map([
            ...world.absences,
            [personId, known.map((one) => (one === open ? back.value : one))],
          ]),
        };
      const next = { validFrom: day, expectedReturnDay: addDays(day, 30) };
      if (home === null || !decideBegin(known, next).ok) return world;
      const absence: Absence = {
        ...next,
        absenceId: nextId(),
        personId,
        kind: 'secondment',
        destination: null,
        documentNo: null,
        cardKeeper: null,
        validTo: null,
      };
      return { ...world, absences: new Map([...world.absences, [personId, [...known, absence]]]) };
    }
    case 'merge':
    case 'split':
    case 'rename':
    case 'abolish':
    case 'move':
    case 'region_merge':
      return world;
  }
}

function step(world: World, one: Asked): World {
  const day = addDays(FIRST, one.offset);
  const plan = planFor(world, one, day);
  return plan === null ? personal(world, one, day) : act(world, plan, day);
}

/** Who belongs where on a day, and the shape of the organisation: everything figures are counted by. */
function picture(world: World, day: Day): string {
  const people = [...world.people].map(([id, timeline]) => `${id}@${homeOn(timeline, day)?.unitId ?? '-'}`);
  const units = [...new Set(world.state.units.map((row) => row.unitId))].sort().flatMap((id) => {
    const row = unitOn(world.state, id, day);
    return row === null ? [] : [`${id}<${row.parentId ?? ''}<${row.regionId}:${row.name}`];
  });
  return [...people.sort(), ...units].join('\n');
}

const HISTORIES = fc.array(asked, { minLength: 1, maxLength: 16 });
const RUNS = { numRuns: 120 };

describe('any history of an organisation', () => {
  it('keeps the trees free of cycles and orphans on every day', () => {
    fc.assert(
      fc.property(HISTORIES, (history) => {
        let world = start();
        for (const one of history) {
          world = step(world, one);
          expect(structureFault(world.state, '2020-01-01')).toBeNull();
        }
      }),
      RUNS,
    );
  });

  it('gives every person exactly one home on every day of service, in a unit that stands', () => {
    fc.assert(
      fc.property(HISTORIES, (history) => {
        const world = history.reduce(step, start());
        for (const [, timeline] of world.people) {
          for (const day of DAYS) {
            const homes = timeline.filter(
              (stretch) => stretch.validFrom <= day && (stretch.validTo === null || day < stretch.validTo),
            );
            expect(homes.length).toBeLessThanOrEqual(1);
            const [home] = homes;
            if (home) expect(unitOn(world.state, home.unitId, day)).not.toBeNull();
          }
        }
      }),
      RUNS,
    );
  });

  it('never moves a day before the step: people and places of earlier days stay as they were', () => {
    fc.assert(
      fc.property(HISTORIES, (history) => {
        let world = start();
        for (const one of history) {
          const day = addDays(FIRST, one.offset);
          const earlier = DAYS.filter((other) => other < day);
          const before = earlier.map((other) => picture(world, other));
          const next = step(world, one);
          const after = earlier.map((other) => picture(next, other));
          expect(after).toEqual(before);
          world = next;
        }
      }),
      RUNS,
    );
  });

  it('lets nobody be away twice on a day', () => {
    fc.assert(
      fc.property(HISTORIES, (history) => {
        const world = history.reduce(step, start());
        for (const [, absences] of world.absences)
          for (const day of DAYS)
            expect(
              absences.filter((one) => one.validFrom <= day && (one.validTo === null || day < one.validTo))
                .length,
            ).toBeLessThanOrEqual(1);
      }),
      RUNS,
    );
  });

  it('names what it touches: a plan on a unit always has that unit among its subjects', () => {
    fc.assert(
      fc.property(asked, (one) => {
        const plan = planFor(start(), one, FIRST);
        if (plan !== null) expect(subjectsOf(plan).changed.size).toBeGreaterThan(0);
      }),
    );
  });
});
