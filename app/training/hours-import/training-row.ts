import type { EntryKind } from '../ledger/entry.ts';
import type { Category } from '../ledger/hours.ts';
import type { Day } from '#app/platform/time/day.ts';

/** One person's share in one training, as a file of any shape says it. */
export interface TrainingRow {
  readonly name: string;
  readonly unitText: string | null;
  readonly idNumber: string | null;
  readonly phone: string | null;
  readonly from: Day;
  readonly to: Day;
  readonly title: string;
  readonly organiser: string;
  readonly place: string | null;
  readonly mode: string | null;
  /** Hundredths of a 学时; 0 means that the person did not take part. */
  readonly hundredths: number;
  readonly category: Category;
  readonly kind: EntryKind;
}

/** What is to be written for one row: plain data, the same for the same row and register. */
export interface TrainingFact {
  /** Of person, day, title and organiser (domain.md §4.2 case 16). */
  readonly key: string;
  readonly personId: string;
  readonly from: Day;
  readonly to: Day;
  readonly title: string;
  readonly organiser: string;
  readonly place: string | null;
  readonly mode: string | null;
  readonly creditSeconds: number;
  readonly category: Category;
  readonly kind: EntryKind;
  /** Unit of the time by the last day of each calendar year the training touches. */
  readonly units: readonly { readonly day: Day; readonly unitId: string }[];
}

/** Ledgers go back at most to the time before the platform. */
export const EARLIEST_DAY: Day = '2015-01-01';

/** Two rows of a file about the same person and training. */
export const rowKey = ({ name, unitText, idNumber, phone, from, title, organiser }: TrainingRow): string =>
  [idNumber ?? phone ?? `${name}|${unitText ?? ''}`, from, title, organiser].join('|');
