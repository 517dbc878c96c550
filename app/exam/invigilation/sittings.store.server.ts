import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';

const row = z.object({
  sittingId: z.string(),
  title: z.string(),
  regionId: z.string(),
  opensAt: z.date(),
  hardEndAt: z.date(),
  roomNames: z.array(z.string()),
  candidates: z.number(),
  running: z.number(),
  paused: z.number(),
  ended: z.number(),
});
export type InvigilatedSitting = z.infer<typeof row>;

const MAX_LISTED = 100;

/**
 * Sittings that go on or come, and those with a paused attempt whenever they were, the next first: of these regions, or
 * with a room this account watches. Figures cover what is within reach.
 * @param endedAfter sittings that ended earlier are left out
 */
export async function listInvigilated(
  pool: Pool,
  input: { regionIds: readonly string[]; accountId: string; endedAfter: Date },
): Promise<InvigilatedSitting[]> {
  const { rows } = await pool.query({
    name: 'invigilation-sittings',
    text: `
      with mine as (
        select m.sitting_id, m.id as room_id, m.no, m.name from exam_room_invigilator i
        join exam_room m on m.id = i.room_id where i.account_id = $2
      ), reach as (
        select s.*, s.region_id = any($1::uuid[]) as is_bureau from exam_sitting s
        where s.status = 'published' and (s.region_id = any($1::uuid[])
          or exists (select 1 from mine where mine.sitting_id = s.id))
      )
      select s.id as "sittingId", s.title, s.region_id as "regionId", s.opens_at as "opensAt",
        s.hard_end_at as "hardEndAt", coalesce(n.names, '{}') as "roomNames", coalesce(f.candidates, 0)::int as candidates,
        coalesce(f.running, 0)::int as running, coalesce(f.paused, 0)::int as paused, coalesce(f.ended, 0)::int as ended
      from reach s
      left join lateral (select array_agg(m.name order by m.no) as names from exam_room m where m.sitting_id = s.id
        and (s.is_bureau or m.id in (select room_id from mine))) n on true
      left join lateral (
        select count(*) as candidates, count(*) filter (where a.state = 'in_progress') as running,
          count(*) filter (where a.state = 'in_progress' and a.paused_at is not null) as paused,
          count(*) filter (where a.state <> 'in_progress') as ended
        from exam_registration r left join lateral (select x.state, x.paused_at from attempt x
          where x.registration_id = r.id order by x.attempt_no desc limit 1) a on true
        where r.sitting_id = s.id and r.status = 'approved'
          and (s.is_bureau or r.room_id in (select room_id from mine))) f on true
      where s.hard_end_at > $3 or f.paused > 0
      order by s.opens_at, s.id limit ${MAX_LISTED}`,
    values: [input.regionIds, input.accountId, input.endedAfter],
  });
  return z.array(row).parse(rows);
}
