import { z } from 'zod';
import type { Db } from '#app/platform/db/db.server.ts';
import type { ApplicationRecord } from '../application/application.store.server.ts';
import { findApplication } from '../application/application.store.server.ts';

const OPEN = ['submitted', 'under_review', 'approved'] as const;
const idRow = z.object({ id: z.string() });

/** Applications of a unit that are on their way, in the order in which they were filed. */
export async function listOpenApplicationsOf(db: Db, unitId: string): Promise<ApplicationRecord[]> {
  const rows = await db.$queryRaw`
    select id::text from certificate_application
    where unit_id = ${unitId}::uuid and state = any(${[...OPEN]}::text[]) order by filed_at, id limit 500`;
  const found = await Promise.all(
    z
      .array(idRow)
      .parse(rows)
      .map(({ id }) => findApplication(db, id)),
  );
  return found.flatMap((application) => application ?? []);
}
