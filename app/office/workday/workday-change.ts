import type { Day } from '#app/platform/time/day.ts';
import { yearOf } from '#app/platform/time/day.ts';
import type { WorkdayExceptions, WorkdayKind } from './workday.ts';
import { isWorkday } from './workday.ts';
import type { WorkdayEntry } from './workday-lines.ts';

/** One exception as the register holds it. */
export interface KnownException {
  readonly id: string;
  readonly day: Day;
  readonly kind: WorkdayKind;
  readonly name: string;
  /** The notice it stands in. */
  readonly basis: string;
}

/** `replace_year`: the text is the whole notice of its years, what it leaves out no longer holds. `supplement`: it only adds. */
export const IMPORT_MODES = ['replace_year', 'supplement'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

export interface WorkdayDecision {
  readonly added: readonly WorkdayEntry[];
  readonly changed: readonly { readonly before: KnownException; readonly after: WorkdayEntry }[];
  readonly removed: readonly KnownException[];
  readonly sameCount: number;
  /** A single 休 on a weekend, 班 on a weekday: allowed, but worth a second look. */
  readonly idle: readonly WorkdayEntry[];
}

/** Years the text speaks about. */
export function yearsOf(entries: readonly WorkdayEntry[]): number[] {
  return [...new Set(entries.map((entry) => yearOf(entry.day)))].sort((a, b) => a - b);
}

const THE_WEEK_ALONE: WorkdayExceptions = new Map();

function saysNothingNew(entry: WorkdayEntry): boolean {
  const isWorked = isWorkday(entry.day, THE_WEEK_ALONE);
  return entry.kind === 'workday' ? isWorked : !isWorked && !entry.isOfRange;
}

/**
 * What an import would change. Pure: the dry run shows it, the confirmation applies the same.
 * @param known exceptions as known now, at least of all years the entries speak about
 */
export function decideWorkdays(
  entries: readonly WorkdayEntry[],
  known: readonly KnownException[],
  input: { readonly mode: ImportMode; readonly basis: string },
): WorkdayDecision {
  const knownByDay = new Map(known.map((exception) => [exception.day, exception]));
  const added: WorkdayEntry[] = [];
  const changed: { before: KnownException; after: WorkdayEntry }[] = [];
  let sameCount = 0;
  for (const entry of entries) {
    const before = knownByDay.get(entry.day);
    if (before === undefined) added.push(entry);
    else if (before.kind === entry.kind && before.name === entry.name && before.basis === input.basis)
      sameCount += 1;
    else changed.push({ before, after: entry });
  }
  const years = new Set(yearsOf(entries));
  const named = new Set(entries.map((entry) => entry.day));
  const removed =
    input.mode === 'supplement'
      ? []
      : known.filter((exception) => years.has(yearOf(exception.day)) && !named.has(exception.day));
  const idle = entries.filter(saysNothingNew);
  return { added, changed, removed, sameCount, idle };
}
