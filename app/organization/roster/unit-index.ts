import { normaliseHead } from '#app/platform/import/table/normalise-head.ts';

/** A unit that a roster of the region may name. */
export interface UnitFace {
  readonly id: string;
  readonly name: string;
  /** Name of its region, which tells 「司法局」 of one county from that of the next. */
  readonly regionName: string;
  readonly code: string;
  readonly fieldCodes: readonly string[];
}

export type UnitMatch =
  | { readonly is: 'found'; readonly unit: UnitFace }
  | { readonly is: 'ambiguous'; readonly units: readonly UnitFace[] }
  | { readonly is: 'unknown'; readonly nearest: readonly UnitFace[] };

export interface UnitIndex {
  /** Answers are remembered per text: a roster names few units many times. */
  match(text: string): UnitMatch;
  readonly byId: ReadonlyMap<string, UnitFace>;
}

const NEAREST = 3;
const MIN_LIKENESS = 0.3;

/** Finds units by name, by region and name together, or by code; width, blanks and signs do not matter. */
export function buildUnitIndex(units: readonly UnitFace[]): UnitIndex {
  const byKey = new Map<string, UnitFace[]>();
  const add = (key: string, unit: UnitFace): void => {
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [unit]);
    else if (!known.includes(unit)) known.push(unit);
  };
  for (const unit of units) {
    add(normaliseHead(unit.name), unit);
    add(normaliseHead(`${unit.regionName}${unit.name}`), unit);
    add(normaliseHead(unit.code), unit);
  }
  const answers = new Map<string, UnitMatch>();
  const match = (text: string): UnitMatch => {
    const key = normaliseHead(text);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = matchKey(key, byKey, units);
    answers.set(key, answer);
    return answer;
  };
  return { match, byId: new Map(units.map((unit) => [unit.id, unit])) };
}

function matchKey(
  key: string,
  byKey: ReadonlyMap<string, readonly UnitFace[]>,
  units: readonly UnitFace[],
): UnitMatch {
  const found = byKey.get(key) ?? [];
  const [unit] = found;
  if (unit !== undefined)
    return found.length === 1 ? { is: 'found', unit } : { is: 'ambiguous', units: found };
  return { is: 'unknown', nearest: nearestUnits(key, units) };
}

function nearestUnits(key: string, units: readonly UnitFace[]): readonly UnitFace[] {
  return units
    .map((unit) => ({ unit, likeness: likeness(key, normaliseHead(unit.name)) }))
    .filter((scored) => scored.likeness >= MIN_LIKENESS)
    .sort((a, b) => b.likeness - a.likeness || (a.unit.name < b.unit.name ? -1 : 1))
    .slice(0, NEAREST)
    .map(({ unit }) => unit);
}

/** Dice coefficient over pairs of neighbouring characters: 1 for equal texts, 0 for texts without a common pair. */
export function likeness(a: string, b: string): number {
  const pairsOfA = pairs(a);
  const pairsOfB = pairs(b);
  if (pairsOfA.length === 0 || pairsOfB.length === 0) return a === b ? 1 : 0;
  const left = [...pairsOfB];
  let shared = 0;
  for (const pair of pairsOfA) {
    const at = left.indexOf(pair);
    if (at < 0) continue;
    left.splice(at, 1);
    shared += 1;
  }
  return (2 * shared) / (pairsOfA.length + pairsOfB.length);
}

function pairs(text: string): readonly string[] {
  const characters = [...text];
  return characters.slice(1).map((character, at) => `${characters[at] ?? ''}${character}`);
}
