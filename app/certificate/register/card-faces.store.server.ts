import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { CERTIFICATE_STATES } from './certificate.ts';

const faceRow = z.object({
  id: z.string(),
  personId: z.string(),
  regionId: z.string(),
  certificateNo: z.string(),
  fieldCode: z.string(),
  state: z.enum(CERTIFICATE_STATES),
  isLost: z.boolean(),
  validToDay: z.string(),
});

/** All cards of some persons, as they stand now. */
export async function listCardFaces(
  pool: Pool,
  personIds: readonly string[],
): Promise<z.infer<typeof faceRow>[]> {
  const { rows } = await pool.query({
    name: 'certificate-card-faces',
    text: `select id, person_id as "personId", region_id as "regionId", certificate_no as "certificateNo",
             field_code as "fieldCode", state, is_lost as "isLost", valid_to_day as "validToDay"
           from certificate where person_id = any($1::uuid[])`,
    values: [personIds],
  });
  return z.array(faceRow).parse(rows);
}
