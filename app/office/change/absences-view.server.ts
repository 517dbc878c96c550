import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Absence, AbsenceStanding } from '#app/organization/change/absence.ts';
import { ABSENCE_KINDS, absenceStanding } from '#app/organization/change/absence.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';

const lineRow = z.object({
  absenceId: z.string(),
  personId: z.string(),
  name: z.string(),
  unitName: z.string(),
  kind: z.enum(ABSENCE_KINDS),
  destination: z.string().nullable(),
  documentNo: z.string().nullable(),
  cardKeeper: z.string().nullable(),
  expectedReturnDay: z.string(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
});

export interface AbsenceLine extends Absence {
  readonly name: string;
  readonly unitName: string;
  readonly standing: AbsenceStanding;
}

const MOST = 300;

/**
 * Who of the actor's units is away, who was expected back, and who came back within a year; overdue first. Refusal:
 * FORBIDDEN.
 */
export async function viewAbsences(ctx: ActorCtx): Promise<Outcome<AbsenceLine[], 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'absence.manage')) return refused('FORBIDDEN');
  const { unitIds } = await reachFor(ctx, 'absence.manage');
  const today = dayOf(ctx.clock.now());
  const { rows } = await ctx.pool.query<Record<string, unknown>>({
    name: 'office-absences',
    text: `select a.absence_id as "absenceId", a.person_id as "personId", p.name, v.name as "unitName", a.kind,
             a.destination, a.document_no as "documentNo", a.card_keeper as "cardKeeper",
             a.expected_return_day as "expectedReturnDay", a.valid_from as "validFrom", a.valid_to as "validTo"
           from person_absence a join person p on p.id = a.person_id
             join person_unit_link l on l.person_id = a.person_id and l.kind = 'home' and l.superseded_at is null
               and l.valid_from <= $2::date and (l.valid_to is null or l.valid_to > $2::date)
             join unit_version v on v.unit_id = l.unit_id and v.superseded_at is null and v.valid_from <= $2::date
               and (v.valid_to is null or v.valid_to > $2::date)
           where l.unit_id = any($1::uuid[]) and a.superseded_at is null
             and (a.valid_to is null or a.valid_to > $2::date - 365)
           order by a.valid_to is not null, a.expected_return_day, p.name_pinyin limit $3`,
    values: [[...unitIds], today, MOST],
  });
  return done(
    z
      .array(lineRow)
      .parse(rows)
      .map((row) => ({ ...row, standing: absenceStanding(row, today) })),
  );
}
