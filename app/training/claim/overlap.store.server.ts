import { z } from 'zod';
import type { Day } from '#app/platform/time/day.ts';
import type { Reader } from '../rows.store.server.ts';
import { readRows } from '../rows.store.server.ts';

/** Most facts of one kind that are told. */
const SHOWN = 20;

const fact = z.object({
  id: z.string(),
  is: z.enum(['claim', 'entry', 'class']),
  title: z.string(),
  fromDay: z.string(),
  toDay: z.string(),
  creditSeconds: z.number().nullable(),
});

/** Something else the person did on days of a claimed training. A fact for whoever decides, never a refusal. */
export type OverlapFact = z.infer<typeof fact>;

/**
 * What one person has on these days besides a claim: credited study, classes and trainings, classes not closed yet, other
 * claims (domain.md §4.2 case 10: overlapping times are flagged).
 */
export async function listOverlaps(
  reader: Reader,
  asked: { readonly personId: string; readonly claimId: string; readonly fromDay: Day; readonly toDay: Day },
): Promise<OverlapFact[]> {
  const rows = await readRows(
    reader,
    `(select c.id::text, 'claim' as is, c.title, c.from_day::text as "fromDay", c.to_day::text as "toDay",
        c.credit_seconds as "creditSeconds"
      from external_claim c where c.person_id = $1::uuid and c.id <> $2::uuid
        and c.state in ('filed', 'returned', 'approved') and c.from_day <= $4::date and c.to_day >= $3::date
      order by c.from_day, c.id limit ${SHOWN})
     union all
     (select max(s.id::text), 'class', s.title, min(d.day)::text, max(d.day)::text, null
      from session_enrolment e join training_session s on s.id = e.session_id and s.status = 'scheduled'
        join session_block b on b.session_id = s.id
        cross join lateral (select (b.starts_at at time zone 'Asia/Shanghai')::date as day) d
      where e.person_id = $1::uuid and e.status <> 'cancelled' and d.day between $3::date and $4::date
      group by s.id, s.title order by 4 limit ${SHOWN})
     union all
     (select max(e.id::text), 'entry', e.title, min(e.occurred_day)::text, max(e.occurred_day)::text,
        sum(e.credit_seconds)::int
      from hour_entry e where e.person_id = $1::uuid and e.occurred_day between $3::date and $4::date
        and e.source_kind <> 'claim'
      group by e.source_kind, e.source_id, e.title having sum(e.credit_seconds) > 0 order by 4 limit ${SHOWN})`,
    [asked.personId, asked.claimId, asked.fromDay, asked.toDay],
  );
  return z.array(fact).parse(rows);
}

/** Which of these claims fall on days with something else, for the mark in lists. */
export async function claimsWithOverlap(reader: Reader, claimIds: readonly string[]): Promise<Set<string>> {
  const rows = await readRows(
    reader,
    `select c.id::text from external_claim c where c.id = any($1::uuid[]) and (
       exists (select 1 from external_claim o where o.person_id = c.person_id and o.id <> c.id
         and o.state in ('filed', 'returned', 'approved') and o.from_day <= c.to_day and o.to_day >= c.from_day)
       or exists (select 1 from hour_entry e where e.person_id = c.person_id and e.source_kind <> 'claim'
         and e.occurred_day between c.from_day and c.to_day)
       or exists (select 1 from session_enrolment n join training_session s on s.id = n.session_id
           and s.status = 'scheduled' join session_block b on b.session_id = s.id
         where n.person_id = c.person_id and n.status <> 'cancelled'
           and (b.starts_at at time zone 'Asia/Shanghai')::date between c.from_day and c.to_day))`,
    [[...claimIds]],
  );
  return new Set(
    z
      .array(z.object({ id: z.string() }))
      .parse(rows)
      .map(({ id }) => id),
  );
}
