import type { Day } from '#app/platform/time/day.ts';
import { yearOf } from '#app/platform/time/day.ts';
import type { RegionNode } from '#app/organization/tree/tree.ts';
import { secondsByDay } from '../ledger/interval.ts';
import type { PersonCredit } from './credits.ts';
import type { Participant } from './roster.store.server.ts';
import type { Block } from './session.ts';

/** Somebody whose year is sealed (封账) and into which closing a class would write. */
export interface SealedPerson {
  readonly personId: string;
  readonly name: string;
  /** The unit at the time of the class. */
  readonly unitId: string;
  readonly year: number;
}

/** The years a class falls into, first one first. */
export function yearsOfBlocks(blocks: readonly Block[]): number[] {
  const days = [...secondsByDay(blocks.map((block) => block.interval)).keys()];
  return [...new Set(days.map(yearOf))].sort((a, b) => a - b);
}

/** Years of the class that may be sealed already: a year is closed after it is over (`decideOpening`). */
export const pastYears = (blocks: readonly Block[], today: Day): number[] =>
  yearsOfBlocks(blocks).filter((year) => year < yearOf(today));

/**
 * Into whose sealed year closing would write: by credit on a day of it, or by taking back study that overlaps the class.
 * @param sealed people whose year is sealed, by year
 * @param studied people with verified study at the time of the class
 */
export function sealedPeople(
  credits: readonly Pick<PersonCredit, 'personId' | 'days'>[],
  people: readonly Pick<Participant, 'personId' | 'name' | 'unitId'>[],
  sealed: ReadonlyMap<number, ReadonlySet<string>>,
  studied: ReadonlySet<string>,
): SealedPerson[] {
  const creditOf = new Map(credits.map((credit) => [credit.personId, credit]));
  return people.flatMap(({ personId, name, unitId }) => {
    const credited = new Set(creditOf.get(personId)?.days.map(({ day }) => yearOf(day)));
    return [...sealed]
      .filter(([year, ids]) => ids.has(personId) && (credited.has(year) || studied.has(personId)))
      .map(([year]) => ({ personId, name, unitId, year }));
  });
}

/** Accounts that noted the attendance, by person and day. */
export type Makers = ReadonlyMap<string, ReadonlyMap<Day, string>>;

/**
 * Whom an entry of a sealed year names as its recorder (design.md §3.11: two persons): of all who noted the blocks of its
 * day, whose mark is the newest, because with it the attendance of that day stood. The marks themselves name everybody.
 * @param markers of the marks that count, the oldest first
 */
export function makersByDay(
  markers: readonly { readonly personId: string; readonly blockId: string; readonly accountId: string }[],
  blocks: readonly Block[],
): Makers {
  const daysOf = new Map(blocks.map(({ id, interval }) => [id, [...secondsByDay([interval]).keys()]]));
  const makers = new Map<string, Map<Day, string>>();
  for (const { personId, blockId, accountId } of markers) {
    const own = makers.get(personId) ?? new Map<Day, string>();
    for (const day of daysOf.get(blockId) ?? []) own.set(day, accountId);
    makers.set(personId, own);
  }
  return makers;
}

/** 「张某、李某等 12 人」 */
export function sealedNames(sealed: readonly SealedPerson[]): string {
  const names = [...new Map(sealed.map(({ personId, name }) => [personId, name])).values()];
  return names.length > 5 ? `${names.slice(0, 5).join('、')}等 ${names.length} 人` : names.join('、');
}

/** The years, 「2024、2025」. */
export const sealedYears = (sealed: readonly SealedPerson[]): string =>
  [...new Set(sealed.map(({ year }) => year))].sort((a, b) => a - b).join('、');

/** The lowest region that holds all of these; null when they have none in common. @param pathsUp each region and those
 *  above it, the lowest first */
export function commonRegion(pathsUp: readonly (readonly RegionNode[])[]): string | null {
  const [first = [], ...others] = pathsUp;
  const common = first.find(({ id }) => others.every((path) => path.some((region) => region.id === id)));
  return common?.id ?? null;
}
