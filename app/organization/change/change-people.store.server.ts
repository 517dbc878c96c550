import { z } from 'zod';
import type { Day } from '#app/platform/time/day.ts';
import type { Reader } from '../person/rows.store.server.ts';
import { readRows } from '../person/rows.store.server.ts';

const memberRow = z.object({
  personId: z.string(),
  unitId: z.string(),
  name: z.string(),
  kind: z.enum(['home', 'posted']),
});
/** A person who belongs to (home) or works in (posted) a unit on the day or later, as known now. */
export type Member = z.infer<typeof memberRow>;

export async function listMembers(reader: Reader, unitIds: readonly string[], day: Day): Promise<Member[]> {
  const rows = await readRows(
    reader,
    `select distinct l.person_id::text as "personId", l.unit_id::text as "unitId", p.name, l.kind
     from person_unit_link l join person p on p.id = l.person_id
     where l.unit_id = any($1::uuid[]) and l.superseded_at is null and (l.valid_to is null or l.valid_to > $2::date)
     order by p.name, "personId"`,
    [[...unitIds], day],
  );
  return z.array(memberRow).parse(rows);
}
