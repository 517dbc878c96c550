import { z } from 'zod';
import { CATEGORIES } from '../ledger/hours.ts';
import type { Reader } from '../rows.store.server.ts';
import { readRows } from '../rows.store.server.ts';

const text = z.string().nullable();

const sourceRow = z.object({
  personId: z.string(),
  entryId: z.string(),
  day: z.string(),
  title: z.string(),
  kind: z.enum(['lesson', 'course', 'session', 'external', 'exam', 'lecture', 'correction', 'reversal']),
  category: z.enum(CATEGORIES),
  creditSeconds: z.number(),
  sourceKind: z.string(),
  basis: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  recordedByName: text,
  approvedByName: text,
  sessionForm: text,
  sessionPlace: text,
  sessionUnitName: text,
  sessionLecturer: text,
  sessionStatedSeconds: z.number().nullable(),
  courseTitle: text,
  lessonTitle: text,
  lessonNominalSeconds: z.number().nullable(),
  courseStatedSeconds: z.number().nullable(),
  claimForm: text,
  claimOrganiser: text,
  claimPlace: text,
  claimFromDay: text,
  claimToDay: text,
  claimStatedKind: text,
  claimStatedAmount: z.number().nullable(),
  claimResult: text,
  claimProofs: z.number(),
  /** False: it is among the entries behind the sealed figure, or the year is open. */
  isAdjustment: z.boolean(),
});
export type CardSource = z.infer<typeof sourceRow>;

/** Ids as text, so that a source of another kind never fails to compare. */
const SOURCES = `
  left join training_session ts on e.source_kind = 'training_session' and ts.id::text = e.source_id
  left join lesson_version lv on e.source_kind = 'lesson_version' and lv.id::text = e.source_id
  left join course_version cv on cv.id::text = case e.source_kind
    when 'course_version' then e.source_id when 'lesson_version' then lv.course_version_id::text end
  left join external_claim cl on e.source_kind = 'claim' and cl.id::text = e.source_id
  left join account m on m.id = e.recorded_by
  left join account k on k.id = e.approved_by
  left join year_snapshot_row sr on sr.person_id = e.person_id and sr.year = $2::int`;

/** Every entry of these people in the year with what its source knows, oldest day first; an entry and its reversal in the
 *  order in which they were written. */
export async function listCardSources(
  reader: Reader,
  personIds: readonly string[],
  year: number,
): Promise<CardSource[]> {
  const rows = await readRows(
    reader,
    `select e.person_id::text as "personId", e.id::text as "entryId", e.occurred_day::text as day, e.title, e.kind,
       e.category, e.credit_seconds as "creditSeconds", e.source_kind as "sourceKind", e.basis,
       m.display_name as "recordedByName", k.display_name as "approvedByName", ts.form as "sessionForm",
       ts.place as "sessionPlace", ts.lecturer as "sessionLecturer",
       ts.stated_credit_seconds as "sessionStatedSeconds",
       (select v.name from unit_version v where v.unit_id = ts.unit_id and v.superseded_at is null
        and v.valid_from <= e.occurred_day order by v.valid_from desc limit 1) as "sessionUnitName",
       cv.title as "courseTitle", lv.title as "lessonTitle", lv.nominal_seconds as "lessonNominalSeconds",
       cv.stated_credit_seconds as "courseStatedSeconds", cl.form as "claimForm", cl.organiser as "claimOrganiser",
       cl.place as "claimPlace", cl.from_day::text as "claimFromDay", cl.to_day::text as "claimToDay",
       cl.stated_kind as "claimStatedKind", cl.stated_amount as "claimStatedAmount", cl.result as "claimResult",
       (select count(*)::int from external_claim_proof p where p.claim_id = cl.id and p.removed_at is null) as "claimProofs",
       sr.person_id is not null and e.id <> all(sr.entry_ids) as "isAdjustment"
     from hour_entry e ${SOURCES}
     where e.person_id = any($1::uuid[])
       and e.occurred_day between make_date($2::int, 1, 1) and make_date($2::int, 12, 31)
     order by e.person_id, e.occurred_day, e.id`,
    [[...personIds], year],
  );
  return z.array(sourceRow).parse(rows);
}

const sealRow = z.object({
  personId: z.string(),
  sealNo: z.string(),
  closedDay: z.string(),
  publicLaw: z.number(),
  specialisedLaw: z.number(),
  business: z.number(),
  skill: z.number(),
  totalSeconds: z.number(),
  conclusion: z.enum(['met', 'not_met', 'exempt', 'not_counted']),
});
export type SealOfPerson = z.infer<typeof sealRow>;

/** What was sealed for these people. */
export async function listSealsOf(
  reader: Reader,
  personIds: readonly string[],
  year: number,
): Promise<Map<string, SealOfPerson>> {
  const rows = await readRows(
    reader,
    `select r.person_id::text as "personId", s.seal_no as "sealNo", s.closed_day::text as "closedDay",
       r.public_law_seconds as "publicLaw", r.specialised_law_seconds as "specialisedLaw",
       r.business_seconds as business, r.skill_seconds as skill, r.total_seconds as "totalSeconds", r.conclusion
     from year_snapshot_row r join year_snapshot s on s.closing_id = r.closing_id
     where r.person_id = any($1::uuid[]) and r.year = $2::int`,
    [[...personIds], year],
  );
  return new Map(
    z
      .array(sealRow)
      .parse(rows)
      .map((row) => [row.personId, row]),
  );
}
