import { z } from 'zod';
import type { UnitType } from '#app/organization/tree/tree.ts';
import type { Db, Tx } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';

/** Units that act in the name of the unit above them (局队合一, YC7–YC8): for these the entity is looked for upwards. */
const ACTS_FOR_PARENT = [
  'team',
  'township_team',
  'dispatched_team',
  'legal_unit',
  'justice_office',
] as const satisfies readonly UnitType[];

/** Team → bureau → …: deeper chains do not exist; a broken one ends here. */
const MAX_STEPS_UP = 4;

const entityRow = z.object({
  unitId: z.string(),
  unitName: z.string(),
  name: z.string().nullable(),
  entityType: z.enum(['organ', 'authorised', 'entrusted']).nullable(),
  entrustingUnitName: z.string().nullable(),
  confirmationNo: z.string().nullable(),
  legalBasis: z.string().nullable(),
});

export interface UnitEntity {
  readonly name: string;
  readonly entityType: 'organ' | 'authorised' | 'entrusted';
  readonly entrustingUnitName: string | null;
  readonly confirmationNo: string | null;
  readonly legalBasis: string;
}

export interface UnitStanding {
  readonly unitName: string;
  /** The confirmed body in whose name the unit acts; null when there is none on that day. */
  readonly entity: UnitEntity | null;
}

/** Name and 执法主体资格 of units on a day, as known now. */
export async function unitStandingsOn(
  db: Db | Tx,
  unitIds: readonly string[],
  day: Day,
): Promise<Map<string, UnitStanding>> {
  const rows = await db.$queryRaw`
    with recursive held_unit as (
      select unit_id, parent_id, name, unit_type from unit_version
      where superseded_at is null and valid_from <= ${day}::date and (valid_to is null or valid_to > ${day}::date)),
    line (start_id, unit_id, depth) as (
      select asked, asked, 0 from unnest(${[...new Set(unitIds)]}::uuid[]) as asked
      union all
      select line.start_id, v.parent_id, line.depth + 1
      from line join held_unit v on v.unit_id = line.unit_id
      where v.parent_id is not null and v.unit_type = any(${[...ACTS_FOR_PARENT]}::text[]) and line.depth < ${MAX_STEPS_UP}),
    found as (
      select distinct on (line.start_id) line.start_id, e.name, e.entity_type, e.confirmation_no, e.legal_basis,
        e.entrusting_unit_id
      from line join entity_version e on e.unit_id = line.unit_id and e.superseded_at is null
        and e.valid_from <= ${day}::date and (e.valid_to is null or e.valid_to > ${day}::date)
      order by line.start_id, line.depth, e.id)
    select u.unit_id::text as "unitId", u.name as "unitName", f.name, f.entity_type as "entityType",
      f.confirmation_no as "confirmationNo", f.legal_basis as "legalBasis", w.name as "entrustingUnitName"
    from held_unit u left join found f on f.start_id = u.unit_id
      left join held_unit w on w.unit_id = f.entrusting_unit_id
    where u.unit_id = any(${[...new Set(unitIds)]}::uuid[])`;
  return new Map(
    z
      .array(entityRow)
      .parse(rows)
      .map((row) => [row.unitId, toStanding(row)]),
  );
}

function toStanding(row: z.infer<typeof entityRow>): UnitStanding {
  const { unitName, name, entityType, entrustingUnitName, confirmationNo, legalBasis } = row;
  const isKnown = name !== null && entityType !== null && legalBasis !== null;
  return {
    unitName,
    entity: isKnown ? { name, entityType, entrustingUnitName, confirmationNo, legalBasis } : null,
  };
}
