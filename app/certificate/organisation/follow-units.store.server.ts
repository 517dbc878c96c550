import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { UnitsChangedFact } from '#app/organization/change/organisation-facts.ts';
import { EXEMPTION } from '../register/qualification.store.server.ts';

/**
 * Cards and applications are looked after by the unit and region they name. Where those end, what takes their place looks
 * after them; what is printed on the card stays until it is amended (T14), and the application keeps who filed it.
 */
export async function followUnits(tx: Tx, fact: UnitsChangedFact): Promise<void> {
  const units = JSON.stringify(fact.successors.filter((pair) => pair.to !== null));
  const regions = JSON.stringify(fact.regionSuccessors.filter((pair) => pair.to !== null));
  const elsewhere = JSON.stringify(fact.regionsOfUnits);
  await tx.$executeRaw`
    update certificate c set region_id = r."regionId"
    from jsonb_to_recordset(${elsewhere}::jsonb) as r("unitId" uuid, "regionId" uuid) where c.unit_id = r."unitId"`;
  await tx.$executeRaw`
    update certificate c set region_id = r."to"
    from jsonb_to_recordset(${regions}::jsonb) as r("from" uuid, "to" uuid) where c.region_id = r."from"`;
  await tx.$executeRaw`
    update certificate c set unit_id = r."to"
    from jsonb_to_recordset(${units}::jsonb) as r("from" uuid, "to" uuid) where c.unit_id = r."from"`;
  await tx.$executeRaw`
    update certificate_application a set region_id = r."regionId"
    from jsonb_to_recordset(${elsewhere}::jsonb) as r("unitId" uuid, "regionId" uuid) where a.unit_id = r."unitId"`;
  await tx.$executeRaw`
    update certificate_application a set region_id = r."to"
    from jsonb_to_recordset(${regions}::jsonb) as r("from" uuid, "to" uuid) where a.region_id = r."from"`;
  await tx.$executeRaw`
    update certificate_application a set unit_id = r."to"
    from jsonb_to_recordset(${units}::jsonb) as r("from" uuid, "to" uuid) where a.unit_id = r."from"`;
}

const cardRow = z.object({
  id: z.string(),
  certificateNo: z.string(),
  regionId: z.string(),
  validToDay: z.string(),
  personName: z.string(),
  state: z.string(),
});
export type LiveCard = z.infer<typeof cardRow>;

/** Cards of a person that have not ended. */
export async function listLiveCards(tx: Tx, personId: string): Promise<LiveCard[]> {
  const rows = await tx.$queryRaw`
    select c.id::text, c.certificate_no as "certificateNo", c.region_id::text as "regionId",
      c.valid_to_day::text as "validToDay", p.name as "personName", c.state
    from certificate c join person p on p.id = c.person_id
    where c.person_id = ${personId}::uuid and c.state in ('pending_print', 'active', 'suspended', 'recovered')
    order by c.id`;
  return z.array(cardRow).parse(rows);
}

/** Cards issued before the day whose holders the act has moved: they still say the old unit. */
export async function countOutdatedCards(tx: Tx, changeId: string, day: string): Promise<number> {
  const rows = await tx.$queryRaw`
    select count(distinct c.id)::int as count from certificate c
      join person_unit_link l on l.person_id = c.person_id and l.source_kind = 'organisation_change'
        and l.source_id = ${changeId} and l.superseded_at is null
    where c.state in ('pending_print', 'active', 'suspended') and c.issued_day < ${day}::date`;
  return z.array(z.object({ count: z.number() })).parse(rows)[0]?.count ?? 0;
}

const sourceRow = z.object({ sourceKind: z.string(), sourceId: z.string(), day: z.string().nullable() });

/** Corrections of the holder's name or number: each may have opened a task about the card. */
export async function listHolderCorrections(tx: Tx, certificateId: string): Promise<string[]> {
  const rows = await tx.$queryRaw`
    select pc.id::text as id from certificate c join person_correction pc on pc.person_id = c.person_id
    where c.id = ${certificateId}::uuid and pc.state = 'applied'`;
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map((row) => row.id);
}

/** 免考 that the holder was granted: each, taken back, may have opened a task about the card. */
export async function listHolderExemptions(tx: Tx, certificateId: string): Promise<string[]> {
  const rows = await tx.$queryRaw`
    select q.source_id as id from certificate c join qualification q on q.person_id = c.person_id
    where c.id = ${certificateId}::uuid and q.source_kind = ${EXEMPTION}`;
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map((row) => row.id);
}

/** Acts, transfers and leavings that a card's holder has been through: what tasks about the card were opened for. */
export async function listHolderMoves(tx: Tx, certificateId: string): Promise<z.infer<typeof sourceRow>[]> {
  const rows = await tx.$queryRaw`
    select distinct l.source_kind as "sourceKind", l.source_id as "sourceId", oc.effective_day::text as day
    from certificate c join person_unit_link l on l.person_id = c.person_id
      left join organisation_change oc on oc.id::text = l.source_id
    where c.id = ${certificateId}::uuid and l.source_id is not null
      and l.source_kind in ('organisation_change', 'person_transfer', 'person_leaving')`;
  return z.array(sourceRow).parse(rows);
}
