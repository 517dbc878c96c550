import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Role } from '../role.ts';
import { ROLES } from '../role.ts';

const rolesRow = z.object({ personId: z.string(), roles: z.array(z.enum(ROLES)) });

/**
 * Roles granted to each of these persons on `day`, over all their accounts, as known now. One statement. Rights lent by
 * a colleague are not among them. A blocked account keeps its holder's roles: they tell the work, not who may sign in.
 */
export async function listRolesOfPersons(
  pool: Pick<Pool, 'query'>,
  personIds: readonly string[],
  day: Day,
): Promise<Map<string, readonly Role[]>> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'accounts-roles-of-persons',
    text: `select a.person_id::text as "personId", array_agg(distinct g.role order by g.role) as roles
           from role_grant g join account a on a.id = g.account_id
           where a.person_id = any($1::uuid[]) and g.superseded_at is null
             and g.valid_from <= $2::date and (g.valid_to is null or g.valid_to > $2::date)
           group by a.person_id`,
    values: [[...personIds], day],
  });
  return new Map(
    z
      .array(rolesRow)
      .parse(rows)
      .map((row) => [row.personId, row.roles]),
  );
}
