import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { HomeStretch, TimelineChange } from './home-timeline.ts';
import { END_REASONS } from './home-timeline.ts';
import { ESTABLISHMENTS } from './person.ts';

const stretchRow = z.object({
  linkId: z.string(),
  personId: z.string(),
  unitId: z.string(),
  establishment: z.enum(ESTABLISHMENTS),
  position: z.string().nullable(),
  department: z.string().nullable(),
  isEnforcementPost: z.boolean(),
  fieldCode: z.string().nullable(),
  enforcementArea: z.string().nullable(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  endReason: z.enum(END_REASONS).nullable(),
  sourceKind: z.string(),
  sourceId: z.string().nullable(),
});

/** Locks the persons' rows in a fixed order, so that two writers of the same homes come one after the other.
 *  @returns the ids that exist */
export async function lockPersons(tx: Tx, personIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw`
    select id::text from person where id = any(${[...personIds]}::uuid[]) order by id for update`;
  return new Set(
    z
      .array(z.object({ id: z.string() }))
      .parse(rows)
      .map((row) => row.id),
  );
}

/**
 * Keeps these persons from `lockPersons` until the transaction ends, in the same order. The weakest lock there is: holders
 * do not wait for each other, nor study, enrolment and new hours for them. Who locks a row that others reach through a
 * person (a class, a lesson's progress) holds the person first, so that nobody waits in a circle.
 */
export async function holdPersons(tx: Tx, personIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`
    select 1 as held from person where id = any(${[...personIds]}::uuid[]) order by id for key share`;
}

/** Where a person belongs (home), and where a person works besides (posted). */
export type LinkKind = 'home' | 'posted';

/** Home (or posted) stretches as known now, per person. Call after `lockPersons`: what is read then stays true until
 *  commit. */
export async function loadHomeTimelines(
  tx: Tx,
  personIds: readonly string[],
  kind: LinkKind = 'home',
): Promise<Map<string, HomeStretch[]>> {
  const rows = await tx.$queryRaw`
    select id::text as "linkId", person_id::text as "personId", unit_id::text as "unitId", establishment, position,
      department, is_enforcement_post as "isEnforcementPost", field_code as "fieldCode",
      enforcement_area as "enforcementArea", valid_from::text as "validFrom", valid_to::text as "validTo",
      end_reason as "endReason", source_kind as "sourceKind", source_id as "sourceId"
    from person_unit_link
    where person_id = any(${[...personIds]}::uuid[]) and kind = ${kind} and superseded_at is null`;
  const timelines = new Map<string, HomeStretch[]>();
  for (const { personId, ...stretch } of z.array(stretchRow).parse(rows)) {
    const known = timelines.get(personId);
    if (known) known.push(stretch);
    else timelines.set(personId, [stretch]);
  }
  return timelines;
}

/**
 * Keeps these units from ending until the transaction does, and says which of them no longer stand on the day or later.
 * Who places people takes this lock first, then the persons' (an act that ends a unit takes the opposite one first, too).
 */
export async function lockStandingUnits(
  tx: Tx,
  unitIds: readonly string[],
  day: Day,
): Promise<{ readonly standing: ReadonlySet<string> }> {
  await tx.$queryRaw`select id::text from unit where id = any(${[...unitIds]}::uuid[]) order by id for share`;
  const rows = await tx.$queryRaw`
    select distinct unit_id::text as id from unit_version where unit_id = any(${[...unitIds]}::uuid[])
      and superseded_at is null and (valid_to is null or valid_to > ${day}::date)`;
  return {
    standing: new Set(
      z
        .array(z.object({ id: z.string() }))
        .parse(rows)
        .map((row) => row.id),
    ),
  };
}

/** Writes what the rules decided: old rows are superseded at `now`, new ones inserted; nothing is edited. */
export async function writeTimelineChanges(
  tx: Tx,
  changes: ReadonlyMap<string, TimelineChange>,
  now: Date,
  kind: LinkKind = 'home',
): Promise<void> {
  const gone = [...changes.values()].flatMap((change) => change.supersede);
  if (gone.length > 0)
    await tx.$executeRaw`update person_unit_link set superseded_at = ${now} where id = any(${gone}::uuid[])`;
  const rows = [...changes].flatMap(([personId, change]) =>
    change.insert.map((stretch) => ({ id: newId<'PersonUnitLink'>(), personId, ...stretch })),
  );
  if (rows.length === 0) return;
  await tx.$executeRaw`
    insert into person_unit_link (id, person_id, unit_id, kind, establishment, position, department,
      is_enforcement_post, field_code, enforcement_area, valid_from, valid_to, end_reason, source_kind, source_id,
      recorded_at)
    select r.id, r."personId", r."unitId", ${kind}, r.establishment, r.position, r.department, r."isEnforcementPost",
      r."fieldCode", r."enforcementArea", r."validFrom", r."validTo", r."endReason", r."sourceKind", r."sourceId", ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "personId" uuid, "unitId" uuid,
      establishment text, position text, department text, "isEnforcementPost" boolean, "fieldCode" text,
      "enforcementArea" text, "validFrom" date, "validTo" date, "endReason" text, "sourceKind" text, "sourceId" text)`;
}
