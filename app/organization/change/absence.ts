import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';

/** Ways of being away while one still belongs to the unit (domain.md §11.4): the card is kept, no timer runs. */
export const ABSENCE_KINDS = [
  'secondment',
  'temporary_post',
  'village_post',
  'maternity',
  'long_illness',
] as const;
export type AbsenceKind = (typeof ABSENCE_KINDS)[number];

export const ABSENCE_LABELS: Readonly<Record<AbsenceKind, string>> = {
  secondment: '借调',
  temporary_post: '挂职',
  village_post: '驻村',
  maternity: '产假',
  long_illness: '长病假',
};

export interface Absence {
  readonly absenceId: string;
  readonly personId: string;
  readonly kind: AbsenceKind;
  /** Where to; null for leave. */
  readonly destination: string | null;
  readonly documentNo: string | null;
  /** Who keeps the card meanwhile (代管); null when the holder keeps it. */
  readonly cardKeeper: string | null;
  /** Day on which the person is expected back. */
  readonly expectedReturnDay: Day;
  readonly validFrom: Day;
  /** Day of return; null while away. */
  readonly validTo: Day | null;
}

export type AbsenceRefusal =
  | 'AWAY_ALREADY'
  | 'RETURN_BEFORE_BEGIN'
  | 'RETURN_IN_FUTURE'
  | 'NOT_LATER'
  | 'BACK_ALREADY'
  | 'NOTHING_CORRECTED';

const overlaps = (a: Absence, from: Day, to: Day | null): boolean =>
  (a.validTo === null || a.validTo > from) && (to === null || a.validFrom < to);

/** Refusals: AWAY_ALREADY (another absence of the person reaches into this one), RETURN_BEFORE_BEGIN. */
export function decideBegin(
  known: readonly Absence[],
  asked: Pick<Absence, 'validFrom' | 'expectedReturnDay'>,
): Outcome<null, AbsenceRefusal> {
  if (asked.expectedReturnDay <= asked.validFrom) return refused('RETURN_BEFORE_BEGIN');
  const other = known.find((absence) => overlaps(absence, asked.validFrom, null));
  return other === undefined ? done(null) : refused('AWAY_ALREADY', { from: other.validFrom });
}

/** A later day is expected. Refusals: BACK_ALREADY, NOT_LATER. */
export function decideExtension(absence: Absence, expectedReturnDay: Day): Outcome<Absence, AbsenceRefusal> {
  if (absence.validTo !== null) return refused('BACK_ALREADY');
  if (expectedReturnDay <= absence.expectedReturnDay)
    return refused('NOT_LATER', { day: absence.expectedReturnDay });
  return done({ ...absence, expectedReturnDay });
}

/** Back on the day. Refusals: BACK_ALREADY, RETURN_BEFORE_BEGIN, RETURN_IN_FUTURE. */
export function decideReturn(absence: Absence, day: Day, today: Day): Outcome<Absence, AbsenceRefusal> {
  if (absence.validTo !== null) return refused('BACK_ALREADY');
  if (day <= absence.validFrom) return refused('RETURN_BEFORE_BEGIN');
  return day > today ? refused('RETURN_IN_FUTURE') : done({ ...absence, validTo: day });
}

export type AbsenceStanding = 'coming' | 'away' | 'overdue' | 'back';

export function absenceStanding(absence: Absence, today: Day): AbsenceStanding {
  if (absence.validTo !== null && absence.validTo <= today) return 'back';
  if (absence.validFrom > today) return 'coming';
  return absence.expectedReturnDay < today ? 'overdue' : 'away';
}
