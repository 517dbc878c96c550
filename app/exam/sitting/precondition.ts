import type { Pool } from '#app/platform/db/db.server.ts';

/**
 * Whether a person has completed a course; the training slice knows, the exam may not import it. Handed in by the
 * composition root.
 */
export interface CoursePrecondition {
  hasCompleted(pool: Pool, personId: string, courseSlug: string): Promise<boolean>;
}
