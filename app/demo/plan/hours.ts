import { DEFAULT_RULES } from '#app/organization/rules/region-rules.ts';
import type { Category as HourCategory } from '#app/training/ledger/hours.ts';
import type { EntryBasis, EntryKind } from '#app/training/ledger/entry.ts';
import type { Day } from '#app/platform/time/day.ts';
import { yearOf } from '#app/platform/time/day.ts';
import { diceFor } from '../dice.ts';
import type { Dice } from '../dice.ts';
import type { PlannedClass } from './classes.ts';
import { classBook, roundOf } from './classes.ts';
import type { PlannedUnit } from './city.ts';
import type { PeoplePlan, PlannedPerson } from './people.ts';

/** One line of the hour ledger, brought along from the old 台账. */
export interface PlannedEntry {
  readonly key: string;
  readonly person: PlannedPerson;
  readonly unit: PlannedUnit;
  readonly creditSeconds: number;
  readonly category: HourCategory;
  readonly day: Day;
  readonly kind: EntryKind;
  readonly sourceId: string;
  readonly title: string;
  readonly basis: EntryBasis;
  /** For a reversal and its correction: key of the entry that was wrong. */
  readonly corrects: string | null;
}

/** How diligent a unit is in a year: percent of its people who miss nothing. */
const DILIGENCE = { past: [66, 98], present: [48, 90] } as const;
const PERCENT_PARTIAL = 4;
const PERCENT_MAKE_UP = 50;
/** One entry in this many was wrong and was put right. */
const CORRECTED_EVERY = 4_000;
const AUXILIARY_CLASSES = 2;
/** The demo's own officer still owes hours this year: there is something to do. */
const OFFICER_MISSES: ReadonlySet<number> = new Set([4, 6, 7]);

/** Unit of the person on a day; null before joining and after leaving. */
export function unitOn(person: PlannedPerson, day: Day): PlannedUnit | null {
  if (day < person.joinedDay || (person.left !== null && day >= person.left.day)) return null;
  return person.moved !== null && day < person.moved.day ? person.moved.fromUnit : person.unit;
}

function missedClasses(dice: Dice, count: number, diligence: number): ReadonlySet<number> {
  if (dice.chance(diligence)) return new Set();
  const missed = dice.between(1, Math.max(1, Math.floor(count / 2)));
  return new Set(Array.from({ length: missed }, () => dice.below(count)));
}

function entryOf(dice: Dice, person: PlannedPerson, unit: PlannedUnit, attended: PlannedClass): PlannedEntry {
  const percent = dice.chance(PERCENT_PARTIAL) ? dice.between(80, 96) : 100;
  const { statedSeconds, category, kind, day, title } = attended;
  return {
    key: `history:${attended.key}:${person.serial}`,
    person,
    unit,
    creditSeconds: Math.floor((statedSeconds * percent) / 100),
    category,
    day,
    kind,
    sourceId: attended.key,
    title,
    basis: { statedSeconds, attendancePercent: percent },
    corrects: null,
  };
}

/** 冲正 and the right entry beside it: the wrong one stays (domain.md §4.2 case 13). */
function correctionOf(entry: PlannedEntry): PlannedEntry[] {
  const reason = '登记时多记学时';
  const common = { ...entry, corrects: entry.key } as const;
  return [
    {
      ...common,
      key: `reversal:${entry.key}`,
      kind: 'reversal',
      creditSeconds: -entry.creditSeconds,
      basis: { reason },
    },
    {
      ...common,
      key: `correction:${entry.key}`,
      kind: 'correction',
      creditSeconds: Math.floor(entry.creditSeconds / 2),
      basis: { reason },
    },
  ];
}

interface Book {
  readonly plan: PeoplePlan;
  readonly classes: ReturnType<typeof classBook>;
  readonly areaCodes: ReadonlyMap<string, string>;
  readonly keyFields: ReadonlySet<string>;
}

function yearEntries(book: Book, person: PlannedPerson, year: number): PlannedEntry[] {
  const { seedDay } = book.plan.calendar;
  const { unit } = person;
  const isPresent = year === yearOf(seedDay);
  const round = roundOf(unit.code);
  const isKeyField = unit.field !== null && book.keyFields.has(unit.field);
  const { regular, makeUp } = book.classes(book.areaCodes.get(unit.regionKey) ?? '', year, round, isKeyField);
  const [least, most] = isPresent ? DILIGENCE.present : DILIGENCE.past;
  const diligence = diceFor(`diligence:${unit.key}:${year}`).between(least, most);
  const dice = diceFor(`hours:${person.serial}:${year}`);
  const isOfficer = person.cast === 'officer' && isPresent;
  const missed = isOfficer ? OFFICER_MISSES : missedClasses(dice, regular.length, diligence);
  const wanted = person.category === 'auxiliary' ? regular.slice(0, AUXILIARY_CLASSES) : regular;
  const attended = wanted.filter((_, index) => !missed.has(index));
  if (missed.size > 0 && dice.chance(PERCENT_MAKE_UP)) attended.push(makeUp);
  return attended.flatMap((one) => {
    const unitThen = unitOn(person, one.day);
    if (unitThen === null || one.day > seedDay) return [];
    const entry = entryOf(dice, person, unitThen, one);
    return dice.below(CORRECTED_EVERY) === 0 ? [entry, ...correctionOf(entry)] : [entry];
  });
}

/** County code before the township's: classes are held by the county (HY: township staff are trained by the county). */
function areaCodesOf(plan: PeoplePlan): ReadonlyMap<string, string> {
  return new Map(plan.plan.regions.map((region) => [region.key, region.code.slice(0, 6)]));
}

/** All entries of everybody, person by person, year by year: made as they are taken, so a province fits into memory. */
export function* planHours(plan: PeoplePlan): Generator<PlannedEntry> {
  const book: Book = {
    plan,
    classes: classBook(),
    areaCodes: areaCodesOf(plan),
    keyFields: new Set(DEFAULT_RULES.keyFields.value),
  };
  for (const person of plan.people) {
    if (person.category === 'office') continue;
    for (let year = plan.calendar.firstYear; year <= yearOf(plan.calendar.seedDay); year += 1)
      yield* yearEntries(book, person, year);
  }
}
