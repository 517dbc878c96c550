import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import { ENTITY_TYPES, entityDetailsSchema } from '../../entity/entity.ts';
import type { EntityFact, KnownEntity } from './entities-kind.ts';

const knownRow = z.object({
  entityId: z.string(),
  unitId: z.string(),
  creditCode: z.string().nullable(),
  rowId: z.string().nullable(),
  name: z.string(),
  entityType: z.enum(ENTITY_TYPES),
  legalBasis: z.string(),
  entrustingUnitId: z.string().nullable(),
  confirmationNo: z.string().nullable(),
  details: entityDetailsSchema,
  validTo: z.string().nullable(),
});

/** The bodies of these units, and whoever has these codes, with what holds on the day (or held last). */
export async function listEntities(
  tx: Tx,
  asked: { readonly unitIds: readonly string[]; readonly creditCodes: readonly string[] },
  day: Day,
): Promise<KnownEntity[]> {
  const rows = await tx.$queryRaw`
    select distinct on (e.id) e.id::text as "entityId", v.unit_id::text as "unitId", e.credit_code as "creditCode",
      case when v.valid_from <= ${day}::date and (v.valid_to is null or v.valid_to > ${day}::date)
        then v.id::text end as "rowId",
      v.name, v.entity_type as "entityType", v.legal_basis as "legalBasis",
      v.entrusting_unit_id::text as "entrustingUnitId", v.confirmation_no as "confirmationNo", v.details,
      v.valid_to::text as "validTo"
    from entity e join entity_version v on v.entity_id = e.id and v.superseded_at is null
    where v.unit_id = any(${[...asked.unitIds]}::uuid[]) or e.credit_code = any(${[...asked.creditCodes]}::text[])
    order by e.id, (v.valid_from <= ${day}::date and (v.valid_to is null or v.valid_to > ${day}::date)) desc,
      v.valid_from desc`;
  return z.array(knownRow).parse(rows);
}

/** What holds from a day on: later rows give way, the row that covers the day is cut there. */
export async function writeEntity(tx: Tx, fact: EntityFact, at: Date): Promise<string> {
  const entityId = fact.entityId ?? newId<'Entity'>();
  if (fact.entityId === null)
    await tx.$executeRaw`
      insert into entity (id, credit_code, created_at) values (${entityId}::uuid, ${fact.creditCode}, ${at})`;
  else
    await tx.$executeRaw`
      update entity set credit_code = coalesce(credit_code, ${fact.creditCode}) where id = ${entityId}::uuid`;
  const { fromDay } = fact;
  await tx.$executeRaw`
    insert into entity_version (id, entity_id, unit_id, entrusting_unit_id, name, entity_type, legal_basis,
      confirmation_no, announced_day, details, valid_from, valid_to, recorded_at)
    select ${newId<'EntityVersion'>()}::uuid, entity_id, unit_id, entrusting_unit_id, name, entity_type, legal_basis,
      confirmation_no, announced_day, details, valid_from, ${fromDay}::date, ${at}
    from entity_version where entity_id = ${entityId}::uuid and superseded_at is null and valid_from < ${fromDay}::date
      and (valid_to is null or valid_to > ${fromDay}::date)`;
  await tx.$executeRaw`
    update entity_version set superseded_at = ${at} where entity_id = ${entityId}::uuid and superseded_at is null
      and (valid_to is null or valid_to > ${fromDay}::date)`;
  await tx.$executeRaw`
    insert into entity_version (id, entity_id, unit_id, entrusting_unit_id, name, entity_type, legal_basis,
      confirmation_no, details, valid_from, valid_to, recorded_at)
    values (${newId<'EntityVersion'>()}::uuid, ${entityId}::uuid, ${fact.unitId}::uuid, ${fact.entrustingUnitId}::uuid,
      ${fact.name}, ${fact.entityType}, ${fact.legalBasis}, ${fact.confirmationNo},
      ${JSON.stringify(fact.details)}::jsonb, ${fromDay}::date, ${fact.validTo}::date, ${at})`;
  return entityId;
}
