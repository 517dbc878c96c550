import { z } from 'zod';
import { ABSENCE_KINDS } from '#app/organization/change/absence.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays } from '#app/platform/time/day.ts';
import type { ExemptionReason } from './exemption.ts';
import { monthsAway, reasonOfAbsence } from './exemption.ts';

/** An absence of the year for which nothing has been asked: what could be asked. It decides nothing. */
export interface ProposedExemption {
  readonly absenceId: string;
  readonly personId: string;
  readonly personName: string;
  readonly reason: ExemptionReason;
  readonly documentNo: string | null;
  /** The part of the absence that lies in the year, both days included. */
  readonly fromDay: Day;
  readonly toDay: Day;
  readonly months: number;
}

const row = z.object({
  absenceId: z.string(),
  personId: z.string(),
  personName: z.string(),
  kind: z.enum(ABSENCE_KINDS),
  documentNo: z.string().nullable(),
  validFrom: z.string(),
  /** Day of return, or the day on which it is expected. */
  untilDay: z.string(),
});

const MOST = 100;

/** Absences of people at home in these units that cover at least a month of the year and have no request over their days. */
export async function listProposals(
  pool: Pool,
  unitIds: readonly string[],
  year: number,
): Promise<ProposedExemption[]> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'training-exemption-proposals',
    text: `select a.absence_id as "absenceId", a.person_id as "personId", p.name as "personName", a.kind,
        a.document_no as "documentNo", a.valid_from as "validFrom",
        coalesce(a.valid_to, a.expected_return_day) as "untilDay"
      from person_absence a join person p on p.id = a.person_id
        join person_unit_link l on l.person_id = a.person_id and l.kind = 'home' and l.superseded_at is null
          and l.valid_to is null
      where l.unit_id = any($1::uuid[]) and a.superseded_at is null and a.valid_from <= make_date($2::int, 12, 31)
        and coalesce(a.valid_to, a.expected_return_day) > make_date($2::int, 1, 1)
        and not exists (select 1 from exemption_request r where r.person_id = a.person_id and r.year = $2::int
          and r.state in ('filed', 'approved') and (r.effect = 'exempt' or r.absence_id = a.absence_id
            or (r.from_day < coalesce(a.valid_to, a.expected_return_day) and r.to_day >= a.valid_from)))
      order by a.valid_from, p.name_pinyin limit $3`,
    values: [[...unitIds], year, MOST],
  });
  const [first, last]: [Day, Day] = [`${year}-01-01`, `${year}-12-31`];
  return z
    .array(row)
    .parse(rows)
    .map(({ kind, validFrom, untilDay, ...rest }) => {
      const end = addDays(untilDay, -1);
      const fromDay = validFrom > first ? validFrom : first;
      const toDay = end < last ? end : last;
      return {
        ...rest,
        reason: reasonOfAbsence(kind),
        fromDay,
        toDay,
        months: monthsAway(year, fromDay, toDay),
      };
    })
    .filter((proposal) => proposal.months > 0);
}
