import type { RowDecision } from '#app/platform/import/kind.ts';
import type { FieldProblem } from '#app/platform/import/report.ts';
import { rowProblem } from '#app/organization/register/import/who.ts';
import type { Day } from '#app/platform/time/day.ts';
import { formatHours } from '#app/platform/ui/text/format.ts';
import { splitOverYears } from '../claim/claim.ts';
import { duplicateKey } from '../claim/duplicate-key.ts';
import { statedHoursToSeconds } from '../ledger/hours.ts';
import type { MatchContext } from './match-person.ts';
import { matchPerson, unitOn } from './match-person.ts';
import type { TrainingFact, TrainingRow } from './training-row.ts';
import { EARLIEST_DAY } from './training-row.ts';

/** A training that stands already, as a claim or from an earlier file. */
export interface RecordedTraining {
  readonly is: 'claim' | 'entry';
  readonly creditSeconds: number;
}

export interface HoursContext extends MatchContext {
  readonly today: Day;
  /** Recorded trainings by duplicate key. */
  readonly recorded: ReadonlyMap<string, RecordedTraining>;
  /** `person|year` of closed years: what comes later goes through the bureau. */
  readonly closed: ReadonlySet<string>;
}

type Decision = RowDecision<TrainingFact>;

const refused = (...problems: readonly FieldProblem[]): Decision => ({ verdict: 'refused', problems });
const same = (code: string, reason: string, fix: string | null = null): Decision => ({
  verdict: 'same',
  warnings: [rowProblem('title', code, reason, fix)],
});

/** One decision per row. What is recorded, by whatever way, is never written a second time (domain.md §4.2 case 16). */
export function decideHours(rows: readonly TrainingRow[], context: HoursContext): readonly Decision[] {
  const seen = new Set<string>();
  return rows.map((row) => decide(row, context, seen));
}

function decide(row: TrainingRow, context: HoursContext, seen: Set<string>): Decision {
  const wrongDay = checkDays(row, context.today);
  if (wrongDay !== null) return refused(wrongDay);
  if (row.hundredths === 0) return same('HOURS_ZERO', '学时为 0 或没有填，视为没有参加，不记入');
  const match = matchPerson(row, context);
  if (!match.ok) return { verdict: 'refused', problems: match.problems };
  const { personId } = match.person;
  const creditSeconds = statedHoursToSeconds(row.hundredths);
  const parts = splitOverYears(row.from, row.to, creditSeconds);
  const units = parts.flatMap(({ day }) => {
    const unitId = unitOn(match.person, day) ?? unitOn(match.person, row.from);
    return unitId === undefined ? [] : [{ day, unitId }];
  });
  if (units.length < parts.length)
    return refused(
      rowProblem('day', 'NOT_IN_POST', '该人员在培训日期不在册', '请核对日期；调入前的学时由原单位导入'),
    );
  const shut = parts.find(({ year }) => context.closed.has(`${personId}|${year}`));
  if (shut !== undefined)
    return refused(
      rowProblem(
        'day',
        'YEAR_CLOSED',
        `${shut.year} 年度学时已封账，不能再导入`,
        '请按学时认定或学时更正办理，由司法局审核',
      ),
    );
  const key = duplicateKey({ ...row, personId, day: row.from });
  const known = context.recorded.get(key);
  if (known !== undefined) return recordedAlready(known, creditSeconds);
  if (seen.has(key))
    return refused(
      rowProblem('name', 'DUPLICATE_IN_FILE', '与前面某一行是同一人的同一次培训', '请删去重复的一行'),
    );
  seen.add(key);
  const { from, to, title, organiser, place, mode, category, kind } = row;
  const what = { from, to, title, organiser, place, mode, category, kind };
  return {
    verdict: 'new',
    fact: { key, personId, ...what, creditSeconds, units },
    warnings: match.warnings,
  };
}

function checkDays({ from, to }: TrainingRow, today: Day): FieldProblem | null {
  if (to > today) return rowProblem('day', 'DAY_IN_FUTURE', '培训日期晚于今天', '请核对日期');
  if (from < EARLIEST_DAY) return rowProblem('day', 'DAY_TOO_EARLY', '只收 2015 年以来的学时', '请核对日期');
  return null;
}

function recordedAlready(known: RecordedTraining, creditSeconds: number): Decision {
  const where = known.is === 'claim' ? '学时认定申请中已有这次培训' : '这次培训已导入过';
  if (known.creditSeconds === creditSeconds) return same('RECORDED_ALREADY', `${where}，不重复记入`);
  return same(
    'RECORDED_OTHERWISE',
    `${where}，当时为 ${formatHours(known.creditSeconds)}，本表为 ${formatHours(creditSeconds)}，未作变更`,
    '需要更正的，请按学时更正办理',
  );
}
