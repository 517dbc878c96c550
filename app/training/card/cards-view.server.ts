import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { PeopleQuery } from '#app/organization/person/person.ts';
import { homeLinksOn, listPeopleOfUnits } from '#app/organization/person/person.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import { yearStandings } from '../target/year-standing.server.ts';
import type { Conclusion } from '../target/year-standing.ts';
import { findClosedYears } from '../year/closed-year.store.server.ts';
import { cardYear, yearsOffered } from './card-years.ts';
import type { CardsQuery } from './cards-table.ts';
import { cardDay } from './read-cards.server.ts';

export interface CardLine {
  readonly personId: string;
  readonly name: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly position: string | null;
  readonly totalSeconds: number;
  readonly targetSeconds: number;
  readonly conclusion: Conclusion;
  readonly sealNo: string | null;
}

export interface CardsPage {
  readonly year: number;
  readonly years: readonly number[];
  readonly asOfDay: Day;
  readonly rows: readonly CardLine[];
  readonly total: number;
  readonly page: number;
  readonly units: readonly { readonly value: string; readonly label: string }[];
  readonly mayDraw: boolean;
}

interface Asked {
  readonly unitIds: readonly string[];
  readonly day: Day;
  readonly people: Omit<PeopleQuery, 'page' | 'size'>;
}

/** The filter as a question to the register; a unit outside the reach gives nobody. */
async function askedOf(ctx: ActorCtx, year: number, query: CardsQuery): Promise<Asked> {
  const { unitIds } = await reachFor(ctx, 'hours.read_card');
  const { unit } = query.filters;
  return {
    unitIds: unit === undefined ? [...unitIds] : [...unitIds].filter((id) => id === unit),
    day: cardDay(year, ctx.clock.now()),
    people: { text: query.q, sort: query.sort },
  };
}

/** Units to choose from in a filter: more than these are found by typing. */
const MOST_UNITS = 300;

/** People of the units in reach with how their year stands. Refusal: FORBIDDEN. */
export async function viewCards(
  ctx: ActorCtx,
  yearText: string | null,
  query: CardsQuery,
): Promise<Outcome<CardsPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'hours.read_card')) return refused('FORBIDDEN');
  const today = dayOf(ctx.clock.now());
  const year = cardYear(yearText, today);
  const asked = await askedOf(ctx, year, query);
  const found = await listPeopleOfUnits(ctx.pool, asked.unitIds, asked.day, {
    ...asked.people,
    page: query.page,
    size: query.size,
  });
  const { page } = pageBounds(found.total, query.page, query.size);
  const ids = found.rows.map((row) => row.id);
  const standings = await yearStandings(ctx, ids, year, asked.day);
  const closed = await findClosedYears(ctx.pool, ids, year);
  const { unitIds, tree } = await reachFor(ctx, 'hours.read_card');
  const units = [...unitIds].flatMap((id) => tree.units.get(id) ?? []);
  return done({
    year,
    years: yearsOffered(today),
    asOfDay: asked.day,
    rows: found.rows.map(({ id, name, unitId, unitName, position }) => {
      const standing = standings.get(id);
      return {
        personId: id,
        name,
        unitId,
        unitName,
        position,
        totalSeconds: standing?.totalSeconds ?? 0,
        targetSeconds: standing?.targets.find((target) => target.kind === 'yearly')?.targetSeconds ?? 0,
        conclusion: standing?.conclusion ?? 'not_counted',
        sealNo: closed.get(id)?.sealNo ?? null,
      };
    }),
    total: found.total,
    page,
    units:
      units.length > MOST_UNITS
        ? []
        : units
            .sort((a, b) => a.namePinyin.localeCompare(b.namePinyin))
            .map((unit) => ({ value: unit.id, label: unit.name })),
    mayDraw: mayDo(ctx, 'document.draw'),
  });
}

export interface ChosenPerson {
  readonly id: string;
  readonly unitId: string;
}

/** Everybody the filter matches, up to `most`; one more tells that they are too many. */
export async function listMatching(
  ctx: ActorCtx,
  year: number,
  query: CardsQuery,
  most: number,
): Promise<ChosenPerson[]> {
  const asked = await askedOf(ctx, year, query);
  const question = { ...asked.people, page: 1, size: most + 1 };
  const { rows } = await listPeopleOfUnits(ctx.pool, asked.unitIds, asked.day, question);
  return rows.map(({ id, unitId }) => ({ id, unitId }));
}

/** Those of the ticked people who belong to a unit in reach on the card's day. */
export async function listTicked(
  ctx: ActorCtx,
  year: number,
  personIds: readonly string[],
): Promise<ChosenPerson[]> {
  const { unitIds } = await reachFor(ctx, 'hours.read_card');
  const homes = await homeLinksOn(ctx.pool, personIds, cardDay(year, ctx.clock.now()));
  return [...homes.values()]
    .filter((home) => unitIds.has(home.unitId))
    .map((home) => ({ id: home.personId, unitId: home.unitId }));
}
