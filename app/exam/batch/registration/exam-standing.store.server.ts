import { z } from 'zod';
import type { Reader } from '#app/organization/person/rows.store.server.ts';
import { readRows } from '#app/organization/person/rows.store.server.ts';

const standingRow = z.object({ hasAttempt: z.boolean(), isEntryOver: z.boolean() });
/** How far the exam of a registration has gone. */
export type ExamStanding = z.infer<typeof standingRow>;

/**
 * SQL condition on a registration `r`: the person has sat. An attempt made void counts where misconduct was the ground: that
 * is no absence.
 */
const HAS_SAT = `exists (select from attempt a where a.registration_id = r.id
  and (a.state <> 'void' or a.void_ground = 'misconduct'))`;

/** SQL condition on its sitting `s`, which may be missing: not called off, and the last entry is over at the parameter. */
const isEntryOver = (now: `$${number}`): string =>
  `coalesce(s.status <> 'cancelled' and s.latest_entry_at <= ${now}::timestamptz, false)`;

/** SQL condition on a registration `r` and its sitting `s`, which may be missing: the exam is through at the parameter. */
export const isThrough = (now: `$${number}`): string => `(${HAS_SAT} or ${isEntryOver(now)})`;

/**
 * Whether the person has sat, and whether the last entry to their sitting is over at `now`; neither without a sitting, nor in
 * one that was called off.
 */
export async function examStanding(reader: Reader, registrationId: string, now: Date): Promise<ExamStanding> {
  const rows = await readRows(
    reader,
    `select ${HAS_SAT} as "hasAttempt", ${isEntryOver('$2')} as "isEntryOver"
     from exam_registration r left join exam_sitting s on s.id = r.sitting_id where r.id = $1::uuid`,
    [registrationId, now.toISOString()],
  );
  return z.array(standingRow).parse(rows)[0] ?? { hasAttempt: false, isEntryOver: false };
}

/**
 * Registrations of a batch whose exam is through: they have sat, or the last entry to their sitting is over at `now`.
 * @param among asks about these alone; left out, about the whole batch
 */
export async function listThrough(
  reader: Reader,
  batchId: string,
  now: Date,
  among?: readonly string[],
): Promise<ReadonlySet<string>> {
  if (among?.length === 0) return new Set();
  const rows = await readRows(
    reader,
    `select r.id::text from exam_registration r left join exam_sitting s on s.id = r.sitting_id
     where r.batch_id = $1::uuid and ${isThrough('$2')} ${among === undefined ? '' : 'and r.id = any($3::uuid[])'}`,
    [batchId, now.toISOString(), ...(among === undefined ? [] : [[...among]])],
  );
  return new Set(
    z
      .array(z.object({ id: z.string() }))
      .parse(rows)
      .map((row) => row.id),
  );
}
