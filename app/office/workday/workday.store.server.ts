import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { KnownException } from './workday-change.ts';
import type { WorkdayEntry } from './workday-lines.ts';
import type { WorkdayExceptions } from './workday.ts';
import { WORKDAY_KINDS } from './workday.ts';

const exceptionRow = z.object({
  id: z.string(),
  day: z.string(),
  kind: z.enum(WORKDAY_KINDS),
  name: z.string(),
  basis: z.string(),
});

/** Exceptions of the years, as known now, by day. */
export async function listExceptions(pool: Pool, years: readonly number[]): Promise<KnownException[]> {
  const { rows } = await pool.query({
    name: 'office-workday-exceptions',
    text: `select id, day, kind, name, basis from workday_exception
           where superseded_at is null and extract(year from day) = any($1::int[]) order by day`,
    values: [[...years]],
  });
  return z.array(exceptionRow).parse(rows);
}

/** What `addWorkdays` and `isWorkday` need for periods between the two days. */
export async function loadWorkdayExceptions(pool: Pool, from: Day, to: Day): Promise<WorkdayExceptions> {
  const { rows } = await pool.query({
    name: 'office-workday-span',
    text: `select id, day, kind, name, basis from workday_exception
           where superseded_at is null and day between $1::date and $2::date`,
    values: [from, to],
  });
  return new Map(
    z
      .array(exceptionRow)
      .parse(rows)
      .map((row) => [row.day, row.kind]),
  );
}

/** Years for which a calendar is known. */
export async function listKnownYears(pool: Pool): Promise<number[]> {
  const { rows } = await pool.query(
    `select distinct extract(year from day)::int as year from workday_exception
     where superseded_at is null order by year`,
  );
  return z
    .array(z.object({ year: z.number() }))
    .parse(rows)
    .map((row) => row.year);
}

/** Keeps other imports out until the transaction ends (reading goes on): two notices are applied one after the other. */
export async function lockCalendar(tx: Tx): Promise<void> {
  await tx.$executeRaw`lock table workday_exception in share row exclusive mode`;
}

export async function listExceptionsIn(tx: Tx, years: readonly number[]): Promise<KnownException[]> {
  const rows = await tx.$queryRaw`
    select id::text, day::text, kind, name, basis from workday_exception
    where superseded_at is null and extract(year from day) = any(${[...years]}::int[]) order by day`;
  return z.array(exceptionRow).parse(rows);
}

export async function supersedeExceptions(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx.workdayException.updateMany({ where: { id: { in: [...ids] } }, data: { supersededAt: now } });
}

export async function insertExceptions(
  tx: Tx,
  entries: readonly WorkdayEntry[],
  input: { readonly basis: string; readonly now: Date },
): Promise<void> {
  if (entries.length === 0) return;
  await tx.workdayException.createMany({
    data: entries.map((entry) => ({
      id: newId<'WorkdayException'>(),
      day: new Date(`${entry.day}T00:00:00.000Z`),
      kind: entry.kind,
      name: entry.name,
      basis: input.basis,
      recordedAt: input.now,
    })),
  });
}
