import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';

const sentRow = z.object({ unitId: z.string(), daysBefore: z.number() });

/** Warnings of a year that have been sent, as `unit:days`. */
export async function listSentWarnings(pool: Pool, year: number): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'training-sent-warnings',
    text: `select unit_id as "unitId", days_before as "daysBefore" from hours_warning where year = $1`,
    values: [year],
  });
  return new Set(
    z
      .array(sentRow)
      .parse(rows)
      .map((row) => warningKey(row.unitId, row.daysBefore)),
  );
}

export const warningKey = (unitId: string, daysBefore: number): string => `${unitId}:${daysBefore}`;

const memberRow = z.object({ personId: z.string(), unitId: z.string(), name: z.string() });
export type UnitMember = z.infer<typeof memberRow>;

/** Who is at home in these units on the day, by name. */
export async function listMembers(pool: Pool, unitIds: readonly string[], day: Day): Promise<UnitMember[]> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'training-members-of-units',
    text: `select l.person_id as "personId", l.unit_id as "unitId", p.name
      from person_unit_link l join person p on p.id = l.person_id
      where l.unit_id = any($1::uuid[]) and l.kind = 'home' and l.superseded_at is null
        and l.valid_from <= $2::date and (l.valid_to is null or l.valid_to > $2::date)
      order by p.name_pinyin, p.id`,
    values: [[...unitIds], day],
  });
  return z.array(memberRow).parse(rows);
}

/** Notes that a unit has been warned. @returns false when another process did it first */
export async function insertWarning(
  tx: Tx,
  warning: {
    readonly unitId: string;
    readonly year: number;
    readonly daysBefore: number;
    readonly warned: number;
  },
): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    insert into hours_warning (id, unit_id, year, days_before, warned)
    values (${newId<'HoursWarning'>()}::uuid, ${warning.unitId}::uuid, ${warning.year}, ${warning.daysBefore},
      ${warning.warned})
    on conflict (unit_id, year, days_before) do nothing`;
  return inserted === 1;
}
