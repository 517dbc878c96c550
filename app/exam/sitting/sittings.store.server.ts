import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { SittingSort } from './sitting-list.ts';
import { SITTING_STATUSES } from './sitting-list.ts';
import { WAS_EXPECTED } from './was-expected.ts';

const sittingRow = z.object({
  sittingId: z.string(),
  title: z.string(),
  regionId: z.string(),
  opensAt: z.date(),
  hardEndAt: z.date(),
  startMode: z.enum(['own', 'bell']),
  status: z.enum(SITTING_STATUSES),
  isDemo: z.boolean(),
  registered: z.number(),
  approved: z.number(),
  started: z.number(),
  graded: z.number(),
  passed: z.number(),
  total: z.number(),
});
export type SittingRow = z.infer<typeof sittingRow>;

/** Closed list from column names to SQL; what a person asks for never becomes SQL. */
const SORT_SQL: Readonly<Record<SittingSort, string>> = {
  opensAt: 's.opens_at',
  title: 's.title',
  registered: 'registered',
  started: 'started',
  passed: 'passed',
};

export interface SittingQuery {
  readonly regionIds: readonly string[];
  /** Part of the title; empty = all. */
  readonly text: string;
  /** A `SittingPhase`; null = all. */
  readonly phase: string | null;
  readonly now: Date;
  readonly sort: { readonly field: SittingSort; readonly direction: 'asc' | 'desc' };
  readonly limit: number;
  readonly offset: number;
}

/**
 * Sittings of these regions with their figures, counted by person: registered (not withdrawn), approved, started,
 * graded, passed in the latest result version. `total` is the number of sittings that match.
 */
export async function listSittings(pool: Pool, query: SittingQuery): Promise<SittingRow[]> {
  const { field, direction } = query.sort;
  const { rows } = await pool.query(
    `select s.id as "sittingId", s.title, s.region_id as "regionId", s.opens_at as "opensAt",
       s.hard_end_at as "hardEndAt", s.start_mode as "startMode", s.status, s.is_demo as "isDemo",
       coalesce(f.registered, 0) as registered, coalesce(f.approved, 0) as approved,
       coalesce(f.started, 0) as started, coalesce(f.graded, 0) as graded, coalesce(f.passed, 0) as passed,
       count(*) over ()::int as total
     from exam_sitting s
     left join lateral (
       select count(*) filter (where r.status <> 'withdrawn')::int as registered,
         count(*) filter (where ${WAS_EXPECTED})::int as approved,
         count(*) filter (where a.attempts > 0)::int as started,
         count(*) filter (where a.graded > 0)::int as graded,
         count(*) filter (where a.passed > 0)::int as passed
       from exam_registration r
       left join lateral (
         select count(*) as attempts, count(e.passed) as graded, count(*) filter (where e.passed) as passed
         from attempt t left join lateral (select x.passed from exam_result x where x.attempt_id = t.id
           order by x.version_no desc limit 1) e on true
         where t.registration_id = r.id and t.state <> 'void') a on true
       where r.sitting_id = s.id) f on true
     where s.region_id = any($1::uuid[]) and ($2 = '' or strpos(s.title, $2) > 0)
       and ($3::text is null or $3 = case when s.status in ('draft', 'cancelled') then s.status
         when s.status = 'closed' or s.hard_end_at < $6 then 'over'
         when s.opens_at > $6 then 'ahead' else 'running' end)
     order by ${SORT_SQL[field]} ${direction === 'asc' ? 'asc' : 'desc'}, s.id limit $4 offset $5`,
    [query.regionIds, query.text, query.phase, query.limit, query.offset, query.now],
  );
  return z.array(sittingRow).parse(rows);
}
