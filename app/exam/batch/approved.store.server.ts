import { z } from 'zod';
import type { Reader } from '#app/organization/person/rows.store.server.ts';
import { readRows } from '#app/organization/person/rows.store.server.ts';

const approvedRow = z.object({
  registrationId: z.string(),
  personId: z.string(),
  personName: z.string(),
  unitId: z.string(),
  unitName: z.string(),
});
export type ApprovedRegistration = z.infer<typeof approvedRow>;

/** Who is approved in a batch and has no sitting yet, by unit and name: what 考场编排 lays out. */
export async function listApproved(reader: Reader, batchId: string): Promise<ApprovedRegistration[]> {
  const rows = await readRows(
    reader,
    `select r.id::text as "registrationId", r.person_id::text as "personId", p.name as "personName",
       r.unit_id::text as "unitId", u.name as "unitName"
     from exam_registration r join person p on p.id = r.person_id
       join lateral (select name, name_pinyin from unit_version where unit_id = r.unit_id and superseded_at is null
         order by valid_from desc limit 1) u on true
     where r.batch_id = $1::uuid and r.status = 'approved' and r.sitting_id is null
     order by u.name_pinyin, u.name, p.name_pinyin, r.id`,
    [batchId],
  );
  return z.array(approvedRow).parse(rows);
}
