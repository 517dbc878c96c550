import { z } from 'zod';
import { ABSENCE_KINDS } from '#app/organization/change/absence.ts';
import { GRADES } from '#app/organization/register/assessment.ts';
import type { Db, Tx } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { startOfDay } from '#app/platform/time/day.ts';
import type { DeclaredSanction } from './sanction.ts';

/** One person whom a unit would register or has registered. */
export interface AskedCandidate {
  readonly personId: string;
  /** The unit that registers the person. */
  readonly unitId: string;
  readonly sanction: DeclaredSanction | null;
}

/** What of a batch the rules depend on. */
export interface AskedBatch {
  /** The batch itself does not stand in its own way; null before it is stored. */
  readonly id: string | null;
  readonly regionId: string;
  readonly blueprintCode: string;
  readonly preconditionCourse: string | null;
}

export type FactsReader = Db | Tx;

const personRow = z.object({
  personId: z.string(),
  hasLegalQualification: z.boolean(),
  hasPhoto: z.boolean(),
  absenceKind: z.enum(ABSENCE_KINDS).nullable(),
  expectedReturnDay: z.string().nullable(),
  assessedYear: z.number().nullable(),
  grade: z.enum(GRADES).nullable(),
});

/** What the register of persons says: absence on the day, latest 年度考核 that stands, 法律职业资格, photo. */
export async function listPersonFacts(
  db: FactsReader,
  personIds: readonly string[],
  day: Day,
): Promise<Map<string, z.infer<typeof personRow>>> {
  const rows = await db.$queryRaw`
    select p.id::text as "personId", p.legal_qualification as "hasLegalQualification",
      exists (select from person_photo f where f.person_id = p.id) as "hasPhoto",
      b.kind as "absenceKind", b.expected_return_day::text as "expectedReturnDay",
      g.year as "assessedYear", g.grade
    from person p
    left join lateral (select kind, expected_return_day from person_absence a
      where a.person_id = p.id and a.superseded_at is null and a.valid_from <= ${day}::date
        and (a.valid_to is null or a.valid_to > ${day}::date) order by a.valid_from desc limit 1) b on true
    left join lateral (select year, grade from assessment a
      where a.person_id = p.id and a.state = 'stands'
        and not exists (select from assessment c where c.corrects_id = a.id)
      order by a.year desc limit 1) g on true
    where p.id = any(${[...personIds]}::uuid[])`;
  return new Map(
    z
      .array(personRow)
      .parse(rows)
      .map((row) => [row.personId, row]),
  );
}

const otherRow = z.object({ personId: z.string(), title: z.string(), isDeferral: z.boolean() });

/**
 * Registrations of the same kind elsewhere that still lead to an exam, and the last 缓考 after which nobody has sat. Those of
 * an open batch count, and of a closed one as long as their sitting is not over; who has no sitting there counts until
 * every sitting of that batch is over. Whoever has sat there already is through with it, and may register again who has
 * failed. @param day a sitting that ends on it is not over yet
 */
export async function listOtherRegistrations(
  db: FactsReader,
  personIds: readonly string[],
  batch: AskedBatch,
  day: Day,
): Promise<z.infer<typeof otherRow>[]> {
  const from = startOfDay(day);
  const rows = await db.$queryRaw`
    select r.person_id::text as "personId", b.title, r.status = 'deferred' as "isDeferral"
    from exam_registration r join exam_batch b on b.id = r.batch_id
    where r.person_id = any(${[...personIds]}::uuid[]) and b.blueprint_code = ${batch.blueprintCode}
      and b.id is distinct from ${batch.id}::uuid
      and ((r.status in ('registered', 'first_checked', 'approved') and (b.status = 'open'
          or (b.status = 'closed' and not exists (
            select from attempt a where a.registration_id = r.id and a.state = 'finalised') and case when r.sitting_id is null
            then not exists (select from exam_sitting o where o.batch_id = b.id)
              or exists (select from exam_sitting o where o.batch_id = b.id and o.hard_end_at > ${from})
            else exists (select from exam_sitting o where o.id = r.sitting_id and o.hard_end_at > ${from}) end)))
        or (r.status = 'deferred' and not exists (
          select from exam_registration n join exam_batch m on m.id = n.batch_id
          where n.person_id = r.person_id and m.blueprint_code = b.blueprint_code
            and m.id is distinct from ${batch.id}::uuid
            and n.registered_at > r.registered_at and n.status not in ('withdrawn', 'refused'))))
    order by b.created_at`;
  return z.array(otherRow).parse(rows);
}
