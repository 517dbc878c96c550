import { z } from 'zod';
import { changeEffectSchema } from '#app/organization/change/change.store.server.ts';
import { UNIT_TYPES } from '#app/organization/tree/tree.ts';
import type { UnitNode } from '#app/organization/tree/tree.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Reader } from '../rows.store.server.ts';
import { readRows } from '../rows.store.server.ts';

const unitRow = z.object({
  id: z.string(),
  code: z.string(),
  parentId: z.string().nullable(),
  regionId: z.string(),
  name: z.string(),
  namePinyin: z.string(),
  unitType: z.enum(UNIT_TYPES),
  fieldCodes: z.array(z.string()),
}) satisfies z.ZodType<UnitNode>;

/** Units that stood on the last day of the year and stand no more today, as they were on that day. */
export async function listEndedUnits(reader: Reader, year: number, today: Day): Promise<UnitNode[]> {
  const rows = await readRows(
    reader,
    `select u.id::text, u.code, v.parent_id::text as "parentId", v.region_id::text as "regionId", v.name,
       v.name_pinyin as "namePinyin", v.unit_type as "unitType", v.field_codes as "fieldCodes"
     from unit u join unit_version v on v.unit_id = u.id
     where v.superseded_at is null and v.valid_from <= make_date($1::int, 12, 31)
       and v.valid_to > make_date($1::int, 12, 31) and v.valid_to <= $2::date
       and not exists (select 1 from unit_version n where n.unit_id = u.id and n.superseded_at is null
         and (n.valid_to is null or n.valid_to > $2::date))
     order by u.code`,
    [year, today],
  );
  return z.array(unitRow).parse(rows);
}

/** Units that stand no more today, as they were last, by code. @param unitIds only these; null for all */
export async function listUnitsGone(
  reader: Reader,
  today: Day,
  unitIds: readonly string[] | null,
): Promise<UnitNode[]> {
  const rows = await readRows(
    reader,
    `select distinct on (u.code) u.id::text, u.code, v.parent_id::text as "parentId",
       v.region_id::text as "regionId", v.name, v.name_pinyin as "namePinyin", v.unit_type as "unitType",
       v.field_codes as "fieldCodes"
     from unit u join unit_version v on v.unit_id = u.id
     where v.superseded_at is null and v.valid_to <= $1::date and ($2::uuid[] is null or u.id = any($2::uuid[]))
       and not exists (select 1 from unit_version n where n.unit_id = u.id and n.superseded_at is null
         and (n.valid_to is null or n.valid_to > $1::date))
     order by u.code, v.valid_to desc`,
    [today, unitIds === null ? null : [...unitIds]],
  );
  return z.array(unitRow).parse(rows);
}

/** What took the place of units and regions that ended after a day, oldest act first; null: nothing did. */
export async function listSuccessions(reader: Reader, after: Day): Promise<Map<string, string | null>> {
  const rows = await readRows(
    reader,
    `select effect from organisation_change
     where state = 'applied' and effect is not null and effective_day > $1::date
     order by effective_day, applied_at`,
    [after],
  );
  const parsed = z.array(z.object({ effect: changeEffectSchema })).parse(rows);
  return new Map(
    parsed.flatMap(({ effect }) =>
      [...effect.closedUnits, ...effect.closedRegions].map(({ from, to }) => [from, to] as const),
    ),
  );
}
