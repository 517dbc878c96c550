import { z } from 'zod';
import type { Pool, PoolClient, Tx } from '#app/platform/db/db.server.ts';

/** Name of the consumer that keeps officer_year; its cursor row is also the lock between projector and rebuild. */
export const OFFICER_YEAR_CONSUMER = 'reporting.officer_year';
export const OFFICER_YEAR_TOPICS = ['training.hours_recorded'] as const;

/** Totals per person and year, from the entries alone. `where` narrows the entries, alias `h`. */
const fromScratch = (where: string): string => `
  select h.person_id, extract(year from h.occurred_day)::int as year, sum(h.credit_seconds)::int as total_seconds,
    coalesce(sum(h.credit_seconds) filter (where h.category = 'public_law'), 0)::int as public_law_seconds,
    coalesce(sum(h.credit_seconds) filter (where h.category = 'specialised_law'), 0)::int as specialised_law_seconds,
    coalesce(sum(h.credit_seconds) filter (where h.category = 'business'), 0)::int as business_seconds,
    coalesce(sum(h.credit_seconds) filter (where h.category = 'skill'), 0)::int as skill_seconds,
    count(*)::int as entry_count
  from hour_entry h where ${where} group by h.person_id, extract(year from h.occurred_day)`;

const UPSERT = `
  on conflict (person_id, year) do update set total_seconds = excluded.total_seconds,
    public_law_seconds = excluded.public_law_seconds, specialised_law_seconds = excluded.specialised_law_seconds,
    business_seconds = excluded.business_seconds, skill_seconds = excluded.skill_seconds,
    entry_count = excluded.entry_count, updated_at = excluded.updated_at`;

const COLUMNS = `person_id, year, total_seconds, public_law_seconds, specialised_law_seconds, business_seconds,
  skill_seconds, entry_count`;

/** Makes the row of one person and year what the entries say. However often and in whatever order: same result. */
export async function recomputeOfficerYear(tx: Tx, personId: string, year: number): Promise<void> {
  await tx.$executeRawUnsafe(
    `insert into officer_year (${COLUMNS}, updated_at)
     select ${COLUMNS}, now() from (${fromScratch(
       `h.person_id = $1::uuid and h.occurred_day >= make_date($2::int, 1, 1)
        and h.occurred_day < make_date($2::int + 1, 1, 1)`,
     )}) fresh ${UPSERT}`,
    personId,
    year,
  );
}

/** Entries of the asked year, or of all years. */
const OF_YEAR = `($1::int is null or (h.occurred_day >= make_date($1::int, 1, 1)
  and h.occurred_day < make_date($1::int + 1, 1, 1)))`;

/** Keeps the projector out until commit; without a cursor (nothing registered yet) there is no projector to keep out. */
export async function lockProjector(client: PoolClient): Promise<void> {
  await client.query(`select 1 from outbox_cursor where consumer = $1 for update`, [OFFICER_YEAR_CONSUMER]);
}

/** Replaces the projection of a year (null: all years) by what the entries say. Call after `lockProjector`. */
export async function replaceOfficerYears(client: PoolClient, year: number | null): Promise<number> {
  await client.query(`delete from officer_year where $1::int is null or year = $1::int`, [year]);
  const { rowCount } = await client.query(
    `insert into officer_year (${COLUMNS}, updated_at) select ${COLUMNS}, now() from (${fromScratch(OF_YEAR)}) fresh`,
    [year],
  );
  return rowCount ?? 0;
}

const differenceRow = z.object({
  personId: z.string(),
  year: z.number(),
  projectedSeconds: z.number().nullable(),
  ledgerSeconds: z.number().nullable(),
});
/** Null on a side where there is no row. */
export type OfficerYearDifference = z.infer<typeof differenceRow>;

const DIFFERENCES_SHOWN = 20;

/** Compares every column of the projection with a computation from scratch, in one statement, hence in one snapshot. */
export async function compareOfficerYears(
  pool: Pool,
  year: number | null,
): Promise<{ compared: number; differences: number; first: OfficerYearDifference[] }> {
  const joined = `
    from (${fromScratch(OF_YEAR)}) f
    full join (select * from officer_year o where $1::int is null or o.year = $1::int) o using (person_id, year)`;
  const { rows } = await pool.query<Record<string, unknown>>(
    `with compared as (
       select person_id, year, o.total_seconds as projected, f.total_seconds as ledger,
         (o.total_seconds, o.public_law_seconds, o.specialised_law_seconds, o.business_seconds, o.skill_seconds,
           o.entry_count) is distinct from
         (f.total_seconds, f.public_law_seconds, f.specialised_law_seconds, f.business_seconds, f.skill_seconds,
           f.entry_count) as differs ${joined})
     select count(*) as compared, count(*) filter (where differs) as differences,
       coalesce((select json_agg(d) from (select person_id as "personId", year, projected as "projectedSeconds",
           ledger as "ledgerSeconds" from compared where differs order by year, person_id
           limit ${DIFFERENCES_SHOWN}) d), '[]') as first
     from compared`,
    [year],
  );
  return z
    .object({ compared: z.number(), differences: z.number(), first: z.array(differenceRow) })
    .parse(rows[0]);
}

const lagRow = z.object({ oldest: z.date().nullable(), parked: z.number() });

/** When the oldest fact that is not in the projection yet was recorded (null: none waits), and how many were parked. */
export async function findProjectionLag(pool: Pool): Promise<{ oldest: Date | null; parked: number }> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'reporting-projection-lag',
    text: `
      select (select e.recorded_at from outbox_event e
              where (e.recorded_tx, e.id) > (coalesce(c.position_tx, 0),
                  coalesce(c.position_id, '00000000-0000-0000-0000-000000000000'::uuid))
                and e.topic = any($2::text[])
              order by e.recorded_tx, e.id limit 1) as oldest,
        (select count(*) from outbox_parked p where p.consumer = $1) as parked
      from (select 1) one left join outbox_cursor c on c.consumer = $1`,
    values: [OFFICER_YEAR_CONSUMER, OFFICER_YEAR_TOPICS],
  });
  return lagRow.parse(rows[0]);
}

/** First year with any hours; null before the first entry. */
export async function findFirstYear(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'reporting-first-year',
    text: `select min(year) as year from officer_year`,
  });
  return z.object({ year: z.number().nullable() }).parse(rows[0]).year;
}
