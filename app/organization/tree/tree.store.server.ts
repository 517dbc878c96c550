import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { OrgTree } from './tree.ts';
import { buildTree, REGION_LEVELS, UNIT_TYPES } from './tree.ts';

const regionRow = z.object({
  id: z.string(),
  code: z.string(),
  parentId: z.string().nullable(),
  name: z.string(),
  level: z.enum(REGION_LEVELS),
  kind: z.enum(['administrative', 'functional_zone']),
});

const unitRow = z.object({
  id: z.string(),
  code: z.string(),
  parentId: z.string().nullable(),
  regionId: z.string(),
  name: z.string(),
  namePinyin: z.string(),
  unitType: z.enum(UNIT_TYPES),
  fieldCodes: z.array(z.string()),
});

/** Valid on day $1 as known at $2. */
const CURRENT = `v.valid_from <= $1::date and (v.valid_to is null or v.valid_to > $1::date)
  and v.recorded_at <= $2 and (v.superseded_at is null or v.superseded_at > $2)`;

/**
 * The organisation valid on `day` as known at `knownAt`.
 * @param knownAt an instant; pass the clock's now for "as known today"
 */
export async function loadTree(pool: Pool, day: Day, knownAt: Date): Promise<OrgTree> {
  const regions = await pool.query({
    name: 'organization-tree-regions',
    text: `select r.id, r.code, v.parent_id as "parentId", v.name, v.level, v.kind
           from region r join region_version v on v.region_id = r.id where ${CURRENT} order by r.code`,
    values: [day, knownAt],
  });
  const units = await pool.query({
    name: 'organization-tree-units',
    text: `select u.id, u.code, v.parent_id as "parentId", v.region_id as "regionId", v.name,
             v.name_pinyin as "namePinyin", v.unit_type as "unitType", v.field_codes as "fieldCodes"
           from unit u join unit_version v on v.unit_id = u.id where ${CURRENT} order by u.code`,
    values: [day, knownAt],
  });
  return buildTree(day, z.array(regionRow).parse(regions.rows), z.array(unitRow).parse(units.rows));
}

/** 执法领域 in their fixed order. */
export async function listFields(pool: Pool): Promise<{ code: string; name: string }[]> {
  const { rows } = await pool.query(`select code, name from field order by sort_order`);
  return z.array(z.object({ code: z.string(), name: z.string() })).parse(rows);
}
