import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { RowChanges, Stretch } from '../change/stretch.ts';
import { ADMITTED_ESTABLISHMENTS } from '../person/card-admission.ts';
import type { Reader } from '../person/rows.store.server.ts';
import { readRows } from '../person/rows.store.server.ts';
import type { OrganReview, WorkMode } from './reviewer.ts';
import { WORK_MODES } from './reviewer.ts';

/** What the register says of a reviewer in one unit. A type, not an interface: terms compare by field. */
export type ReviewerValues = {
  readonly workMode: WorkMode;
  readonly qualificationNo: string | null;
  /** Year of the first review; null when nobody knows. */
  readonly sinceYear: number | null;
};
export type ReviewerTerm = Stretch & ReviewerValues;

export interface ReviewerKey {
  readonly personId: string;
  readonly unitId: string;
}

const termRow = z.object({
  personId: z.string(),
  unitId: z.string(),
  rowId: z.string(),
  workMode: z.enum(WORK_MODES),
  qualificationNo: z.string().nullable(),
  sinceYear: z.number().nullable(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
});

/** Terms of these persons as known now, by person and unit. Call after locking the persons. */
export async function listReviewerTerms(
  reader: Reader,
  personIds: readonly string[],
): Promise<(ReviewerKey & ReviewerTerm)[]> {
  const rows = await readRows(
    reader,
    `select person_id::text as "personId", unit_id::text as "unitId", id::text as "rowId", work_mode as "workMode",
       qualification_no as "qualificationNo", since_year as "sinceYear", valid_from::text as "validFrom",
       valid_to::text as "validTo"
     from legal_reviewer where person_id = any($1::uuid[]) and superseded_at is null order by valid_from`,
    [[...personIds]],
  );
  return z.array(termRow).parse(rows);
}

export interface RegisterSource {
  readonly sourceKind: string;
  readonly sourceId: string | null;
  readonly actorId: string | null;
  readonly at: Date;
}

export interface ReviewerChange extends ReviewerKey {
  readonly changes: RowChanges<ReviewerTerm>;
}

/** Writes what the rules decided: old rows superseded, new ones inserted. */
export async function writeReviewerChanges(
  tx: Tx,
  changed: readonly ReviewerChange[],
  source: RegisterSource,
): Promise<void> {
  const gone = changed.flatMap(({ changes }) => changes.supersede);
  if (gone.length > 0)
    await tx.$executeRaw`update legal_reviewer set superseded_at = ${source.at} where id = any(${gone}::uuid[])`;
  const rows = changed.flatMap(({ personId, unitId, changes }) =>
    changes.insert.map((term) => ({ ...term, id: newId<'LegalReviewer'>(), personId, unitId })),
  );
  if (rows.length === 0) return;
  await tx.$executeRaw`
    insert into legal_reviewer (id, person_id, unit_id, work_mode, qualification_no, since_year, valid_from, valid_to,
      source_kind, source_id, recorded_by, recorded_at)
    select r.id, r."personId", r."unitId", r."workMode", r."qualificationNo", r."sinceYear", r."validFrom", r."validTo",
      ${source.sourceKind}, ${source.sourceId}, ${source.actorId}::uuid, ${source.at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "personId" uuid, "unitId" uuid,
      "workMode" text, "qualificationNo" text, "sinceYear" int, "validFrom" date, "validTo" date)`;
}

const reviewerRow = termRow.omit({ rowId: true }).extend({
  personName: z.string(),
  unitName: z.string(),
  /** Home unit when it is another one: a reviewer lent by 法制审核协作. */
  homeUnitName: z.string().nullable(),
  hasLegalQualification: z.boolean(),
});
export type ReviewerRow = z.infer<typeof reviewerRow>;

/** Rows of a dated table that hold on day `$2`, as known now. */
const holds = (alias: string): string =>
  `${alias}.superseded_at is null and ${alias}.valid_from <= $2::date and (${alias}.valid_to is null or ${alias}.valid_to > $2::date)`;

/** Reviewers of these units on a day who are still in post anywhere; who has left no longer reviews. */
export async function listReviewersOf(
  reader: Reader,
  unitIds: readonly string[],
  day: Day,
): Promise<ReviewerRow[]> {
  const rows = await readRows(
    reader,
    `select r.person_id::text as "personId", r.unit_id::text as "unitId", r.work_mode as "workMode",
       r.qualification_no as "qualificationNo", r.since_year as "sinceYear", r.valid_from::text as "validFrom",
       r.valid_to::text as "validTo", p.name as "personName", u.name as "unitName",
       case when h.unit_id <> r.unit_id then hu.name end as "homeUnitName", p.legal_qualification as "hasLegalQualification"
     from legal_reviewer r join person p on p.id = r.person_id
       join unit_version u on u.unit_id = r.unit_id and ${holds('u')}
       join person_unit_link h on h.person_id = r.person_id and h.kind = 'home' and ${holds('h')}
       left join unit_version hu on hu.unit_id = h.unit_id and ${holds('hu')}
     where r.unit_id = any($1::uuid[]) and ${holds('r')}
     order by u.name_pinyin, r.unit_id, p.name_pinyin, p.id`,
    [[...unitIds], day],
  );
  return z.array(reviewerRow).parse(rows);
}

const figureRow = z.object({
  unitId: z.string(),
  officers: z.number(),
  reviewers: z.number(),
  qualified: z.number(),
});

/** Officers and reviewers of single units on a day; units with neither are left out. */
export async function countReviewers(
  reader: Reader,
  unitIds: readonly string[],
  day: Day,
): Promise<OrganReview[]> {
  const rows = await readRows(
    reader,
    `with asked as (select unnest($1::uuid[]) as unit_id),
      officer as (select l.unit_id, count(*)::int as n from person_unit_link l
        where l.kind = 'home' and l.is_enforcement_post and l.establishment = any($3::text[])
          and l.unit_id = any($1::uuid[]) and ${holds('l')} group by 1),
      reviewer as (select r.unit_id, count(*)::int as n,
          count(*) filter (where r.qualification_no is not null or p.legal_qualification)::int as qualified
        from legal_reviewer r join person p on p.id = r.person_id
        where r.unit_id = any($1::uuid[]) and ${holds('r')}
          and exists (select 1 from person_unit_link h where h.person_id = r.person_id and h.kind = 'home' and ${holds('h')})
        group by 1)
     select a.unit_id::text as "unitId", coalesce(o.n, 0) as officers, coalesce(v.n, 0) as reviewers,
       coalesce(v.qualified, 0) as qualified
     from asked a left join officer o using (unit_id) left join reviewer v using (unit_id)
     where o.n is not null or v.n is not null`,
    [[...unitIds], day, [...ADMITTED_ESTABLISHMENTS]],
  );
  return z.array(figureRow).parse(rows);
}

/** Units that are 执法主体 on a day. */
export async function listEntityUnits(reader: Reader, day: Day): Promise<ReadonlySet<string>> {
  const rows = await readRows(
    reader,
    `select distinct e.unit_id::text as id from entity_version e
     where e.superseded_at is null and e.valid_from <= $1::date and (e.valid_to is null or e.valid_to > $1::date)`,
    [day],
  );
  return new Set(
    z
      .array(z.object({ id: z.string() }))
      .parse(rows)
      .map((row) => row.id),
  );
}
