import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { ServerPlace } from './reading-place.ts';

const placeRow = z.object({ permille: z.number(), at: z.date() });

/** Where the person last was in this text, as the beats told it; null when the page was never scrolled. */
export async function findLastPlace(
  pool: Pool,
  personId: string,
  lessonVersionId: string,
): Promise<ServerPlace | null> {
  const { rows } = await pool.query({
    name: 'training-last-place',
    text: `select position_permille as permille, last_beat_at as at from study_visit
      where person_id = $1 and lesson_version_id = $2 and position_permille > 0
      order by last_beat_at desc limit 1`,
    values: [personId, lessonVersionId],
  });
  const [row] = z.array(placeRow).parse(rows);
  return row ? { permille: row.permille, at: row.at.getTime() } : null;
}
