import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';

const entryRow = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.string(),
  creditSeconds: z.number(),
  isReversed: z.boolean(),
});
export type FindingEntry = z.infer<typeof entryRow>;

/** Entries of one person out of one lesson on one day, oldest first. */
export async function findEntriesOfDay(
  pool: Pool,
  of: { personId: string; lessonVersionId: string; day: string },
): Promise<FindingEntry[]> {
  const { rows } = await pool.query({
    name: 'training-entries-of-finding',
    text: `select e.id::text, e.title, e.kind, e.credit_seconds as "creditSeconds", r.id is not null as "isReversed"
      from hour_entry e left join hour_entry r on r.reverses_entry_id = e.id
      where e.source_kind = 'lesson_version' and e.source_id = $2::uuid::text and e.person_id = $1
        and e.occurred_day = $3::date
      order by e.id`,
    values: [of.personId, of.lessonVersionId, of.day],
  });
  return z.array(entryRow).parse(rows);
}
