import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { REGION_LEVELS, UNIT_TYPES } from '#app/organization/tree/tree.ts';

const placeRow = z.object({
  personId: z.string(),
  fieldCode: z.string().nullable(),
  isEnforcementPost: z.boolean(),
  unitType: z.enum(UNIT_TYPES),
  regionLevel: z.enum(REGION_LEVELS),
});

const holdsOn = (alias: string): string =>
  `${alias}.superseded_at is null and ${alias}.valid_from <= $2::date
   and (${alias}.valid_to is null or ${alias}.valid_to > $2::date)`;

export type TraineePlace = z.infer<typeof placeRow>;

/** Where each person is at home on the day, as known now; who has no home that day is not in the map. */
export async function listTraineePlaces(
  pool: Pick<Pool, 'query'>,
  personIds: readonly string[],
  day: Day,
): Promise<Map<string, TraineePlace>> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'training-trainees',
    text: `select l.person_id::text as "personId", l.field_code as "fieldCode",
             l.is_enforcement_post as "isEnforcementPost", v.unit_type as "unitType", rv.level as "regionLevel"
           from person_unit_link l
           join unit_version v on v.unit_id = l.unit_id and ${holdsOn('v')}
           join region_version rv on rv.region_id = v.region_id and ${holdsOn('rv')}
           where l.person_id = any($1::uuid[]) and l.kind = 'home' and ${holdsOn('l')}`,
    values: [[...personIds], day],
  });
  return new Map(
    z
      .array(placeRow)
      .parse(rows)
      .map((place) => [place.personId, place]),
  );
}

/** Who of these persons is on the register of 法制审核人员 on the day. */
export async function listLegalReviewers(
  pool: Pick<Pool, 'query'>,
  personIds: readonly string[],
  day: Day,
): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'training-legal-reviewers',
    text: `select distinct r.person_id::text as "personId" from legal_reviewer r
           where r.person_id = any($1::uuid[]) and ${holdsOn('r')}`,
    values: [[...personIds], day],
  });
  const parsed = z.array(z.object({ personId: z.string() })).parse(rows);
  return new Set(parsed.map(({ personId }) => personId));
}
